"""The network in the admin: who acts where."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from home.models import NodeRole
from home.role_forms import NodeRoleForm


class NodeRoleViewSet(ModelViewSet):
    """For administrators alone: nobody else holds Django's permissions on roles."""

    model = NodeRole
    name = "node_roles"
    url_prefix = "node-roles"
    menu_label = _("网点角色")
    icon = "group"
    add_to_settings_menu = True
    list_display = ["user", "node", "role"]
    list_filter = ["role"]
    search_fields = ["user__username", "node__title", "node__short_name"]
    search_backend_name = None
    inspect_view_enabled = False
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return NodeRoleForm


@hooks.register("register_admin_viewset")
def node_roles():
    return NodeRoleViewSet()
