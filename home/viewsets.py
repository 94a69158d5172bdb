"""The roles in the admin: who acts where."""

import django_filters
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from home.models import NetworkNodePage, NodeRole, Role
from home.network import with_places
from home.role_forms import NodeChooser, NodeRoleForm


class RoleFilterSet(WagtailFilterSet):
    """By person, by place with everything below it, by role."""

    user = django_filters.CharFilter(
        label=_("账号（用户名）"), field_name="user__username", lookup_expr="iexact"
    )
    node = django_filters.ModelChoiceFilter(
        label=_("网点（包括下面的）"),
        queryset=NetworkNodePage.objects.all(),
        widget=NodeChooser,
        method="under",
    )
    role = django_filters.ChoiceFilter(
        label=_("角色"), choices=Role.choices, empty_label=_("全部")
    )

    class Meta:
        model = NodeRole
        fields = []

    def under(self, queryset, name, node):
        return queryset.filter(node__path__startswith=node.path) if node else queryset


class RoleList(generic.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("user", "node")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        with_places(held.node for held in context["object_list"])
        return context


class GiveRole(generic.CreateView):
    """From the page of an account the person is already named."""

    def get_initial_form_instance(self):
        name = self.request.GET.get("user", "")
        user = get_user_model().objects.filter(username=name, is_active=True).first()
        return NodeRole(user=user) if user else NodeRole()


class NodeRoleViewSet(ModelViewSet):
    """For administrators alone: nobody else holds Django's permissions on roles."""

    model = NodeRole
    name = "node_roles"
    url_prefix = "node-roles"
    menu_label = _("网点角色")
    icon = "group"
    add_to_settings_menu = True
    index_view_class = RoleList
    add_view_class = GiveRole
    list_display = [
        "user",
        Column("node", label=_("网点"), accessor="node.full_name"),
        Column("role", label=_("角色"), accessor="get_role_display", sort_key="role"),
    ]
    filterset_class = RoleFilterSet
    search_fields = [
        "user__username",
        "user__last_name",
        "user__first_name",
        "node__title",
        "node__short_name",
    ]
    search_backend_name = None
    inspect_view_enabled = False
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return NodeRoleForm
