"""Giving a role: the person is named by account, the place is looked up."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser

from home.models import NetworkNodePage, NodeRole
from home.network import full_name


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


class NodeChooser(AdminPageChooser):
    """Walks down or searches the network; names repeat, so the way down is shown."""

    choose_one_text = _("选择网点")
    choose_another_text = _("换一个网点")
    link_to_chosen_text = _("打开这个网点")

    def __init__(self, **kwargs):
        super().__init__(target_models=[NetworkNodePage], **kwargs)
        # Wagtail adds the name of the page type, which the words say already
        self.choose_one_text = type(self).choose_one_text

    def get_display_title(self, instance):
        return full_name(instance)


class NodeRoleForm(WagtailAdminModelForm):
    user = AccountField(label=_("账号（用户名）"))
    node = forms.ModelChoiceField(
        label=_("网点"),
        queryset=NetworkNodePage.objects.all(),
        widget=NodeChooser,
        help_text=_("在这个网点和它下面的所有网点都有效。可以按名称搜索。"),
    )

    class Meta:
        model = NodeRole
        fields = ["user", "node", "role"]

    def clean_node(self) -> NetworkNodePage:
        """The node itself where one of its translations was chosen: roles and pages
        are looked up below the original."""
        return self.cleaned_data["node"].original
