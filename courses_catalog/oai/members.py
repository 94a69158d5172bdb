"""The members of the alliance in the admin, for administrators alone."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from courses_catalog.models import AllianceMember


class AllianceMemberForm(WagtailAdminModelForm):
    with_token = forms.BooleanField(
        label=gettext_lazy("发新的采集口令"),
        required=False,
        help_text=gettext_lazy("口令只显示一次。发了新的，原来的就不能再用。"),
    )

    class Meta:
        model = AllianceMember
        fields = ["name", "is_active"]


class ShowsTokenOnce:
    """A view whose form may ask for a token: it is told after saving, never again."""

    token = ""

    def save_instance(self):
        if self.form.cleaned_data["with_token"]:
            self.token = self.form.instance.new_token()
        return super().save_instance()

    def save_action(self):
        response = super().save_action()
        if self.token:
            told = _("请把这个采集口令交给“%(name)s”，它只显示这一次：%(token)s")
            named = {"name": self.object.name, "token": self.token}
            messages.warning(self.request, told % named)
        return response


class MemberCreateView(ShowsTokenOnce, CreateView):
    pass


class MemberEditView(ShowsTokenOnce, EditView):
    pass


class AllianceMemberViewSet(ModelViewSet):
    """Nobody but administrators holds Django's permissions on members."""

    model = AllianceMember
    name = "alliance_members"
    url_prefix = "alliance-members"
    icon = "group"
    menu_label = gettext_lazy("联盟成员")
    menu_order = 910
    add_to_settings_menu = True
    list_display = ["name", "is_active"]
    search_fields = ["name"]
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class = MemberCreateView
    edit_view_class = MemberEditView

    def get_form_class(self, for_update=False):
        return AllianceMemberForm
