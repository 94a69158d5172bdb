"""The access log in the admin: administrators read it, nobody writes it."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from learners import access_log, staff_accounts
from learners.models import AccessEntry


class SuperusersRead(BasePermissionPolicy):
    """Only administrators, and only to look."""

    def user_has_permission(self, user, action) -> bool:
        return action == "view" and user.is_active and user.is_superuser

    def user_has_any_permission(self, user, actions) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions):
        return []


register_permission_policy(AccessEntry, SuperusersRead(AccessEntry))


class AccessEntryList(generic.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("user")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        entries = context["object_list"]
        words = access_log.in_words(entry.subject for entry in entries)
        for entry in entries:
            entry.subject_in_words = words[entry.subject]
        return context


class AccessEntryViewSet(ModelViewSet):
    model = AccessEntry
    index_view_class = AccessEntryList
    name = "access_log"
    url_prefix = "access-log"
    menu_label = _("查阅记录")
    icon = "history"
    add_to_settings_menu = True
    list_display = [
        "at",
        "user",
        Column("act", label=_("做了什么"), accessor="get_act_display"),
        Column("subject", label=_("看的是"), accessor="subject_in_words"),
        "count",
    ]
    list_filter = ["act", "at"]
    list_export = ["at", "user", "act", "subject", "count"]
    ordering = ["-at"]
    inspect_view_enabled = False
    copy_view_enabled = False
    form_fields = []


@hooks.register("register_admin_viewset")
def register_access_log():
    return AccessEntryViewSet()


hooks.register("register_user_listing_buttons", staff_accounts.role_button)
