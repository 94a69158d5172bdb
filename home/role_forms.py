"""Giving a role: the person is named by account, never picked from all residents."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from home.models import NodeRole


class AccountField(forms.ModelChoiceField):
    """An account typed by its user name: a list would show every resident."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid_choice": _("没有这个账号，请核对用户名。"),
    }

    def __init__(self, **kwargs):
        users = get_user_model()._default_manager.filter(is_active=True)
        super().__init__(queryset=users, to_field_name="username", **kwargs)

    def prepare_value(self, value):
        if isinstance(value, int):
            found = self.queryset.filter(pk=value).first()
            return found.get_username() if found else ""
        return super().prepare_value(value)


class NodeRoleForm(WagtailAdminModelForm):
    user = AccountField(label=_("账号（用户名）"))

    class Meta:
        model = NodeRole
        fields = ["user", "node", "role"]
