"""Next term's activity from this term's: the copy form, and the way to it."""

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets.button import Button

from activities.slugs import free_slug


class ActivityCopyForm(CopyForm):
    """Asks for a title and a place. A copy has no dates, so it cannot be published
    here; its address follows from the title and is never one that is taken."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
        title = self.fields["new_title"]
        title.label = gettext_lazy("副本的名字")
        title.help_text = gettext_lazy(
            "改成新一期的名字，例如加上“春季班”；不改也可以。"
            "日期和报名时间不会复制，下一步再填。"
        )
        title.widget.attrs["autofocus"] = True
        self.fields["new_parent_page"].label = gettext_lazy("放在哪个网点")
        self.fields["new_parent_page"].help_text = ""
        slug = self.fields["new_slug"]
        slug.initial = free_slug(self.page.title, self.page.get_parent())
        slug.required = False
        slug.widget = forms.HiddenInput()

    def clean(self):
        typed = self.cleaned_data.get("new_slug")
        title = self.cleaned_data.get("new_title")
        if title and typed in ("", self.fields["new_slug"].initial):
            parent = self.cleaned_data.get("new_parent_page") or self.page.get_parent()
            self.cleaned_data["new_slug"] = free_slug(title, parent)
        return super().clean()


def is_activity(page) -> bool:
    from activities.models import ActivityPage

    return issubclass(page.specific_class or type(page), ActivityPage)


@hooks.register("register_page_listing_buttons")
def copy_button(page, user, next_url=None):
    if is_activity(page) and page.permissions_for_user(user).can_copy():
        yield Button(
            _("复制"),
            reverse("wagtailadmin_pages:copy", args=[page.pk]),
            attrs={"aria-label": _("复制「%(title)s」") % {"title": page.title}},
            priority=36,
        )


@hooks.register("after_copy_page")
def go_on_with_the_copy(request, page, new_page):
    """Straight to its form: without a new date it is of no use to anybody."""
    if not is_activity(new_page):
        return None
    messages.warning(
        request, _("这是副本，还没有公开。请填新的开始时间和报名时间，再发布。")
    )
    return redirect("wagtailadmin_pages:edit", new_page.pk)
