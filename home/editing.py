"""The editor's form of a place: its address is made from its name in pinyin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

# not Wagtail's widget, which would make the address in the browser, without pinyin
TITLE = forms.TextInput(attrs={"placeholder": _("网点的名字*")})


def address_panel(help_text) -> MultiFieldPanel:
    """What nobody need look at, folded: the page's address and what finds it."""
    return MultiFieldPanel(
        [
            FieldPanel("slug", heading=_("网址最后一段"), help_text=help_text),
            FieldPanel("seo_title"),
            FieldPanel("search_description"),
        ],
        heading=_("网址（一般不用管）"),
        icon="link",
        classname="collapsed",
    )


ADDRESS = address_panel(_("空着就用简称的拼音；公布以后最好不要再改。"))


class NodePageForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
