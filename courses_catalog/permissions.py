"""Who may do what with a course: the role on its owner node decides, nothing else."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.permission_policies import ModelPermissionPolicy

from courses_catalog.models import Course
from home.models import NodeRole, Role
from home.network import ancestors_of
from home.permissions import can_act_under, nodes_of

ROLES = (Role.EDITOR,)


def choosable_courses(user):
    """The public courses whose runs `user` may announce: those owned by her own
    subtree, and those of the nodes above it, which are meant for everybody below.

    Choosing one changes nothing about it; editing stays with its owner.
    """
    courses = Course.objects.public()
    if user.is_active and user.is_superuser:
        return courses
    offered = Q(pk__in=[])
    for node in nodes_of(user, Role.EDITOR):
        offered |= Q(owner_node__path__startswith=node.path)
        offered |= Q(owner_node__in=ancestors_of(node))
    return courses.filter(offered)


class OwnerNodePolicy(ModelPermissionPolicy):
    """Editors act on what their own subtree owns; administrators on everything.

    Model permissions of groups give nothing: they would hold for every county.
    """

    def user_has_permission(self, user, action):
        if not user.is_active or user.is_anonymous:
            return False
        return user.is_superuser or bool(nodes_of(user, Role.EDITOR))

    def user_has_permission_for_instance(self, user, action, instance):
        if not instance.owner_node_id:
            return self.user_has_permission(user, action)
        return can_act_under(user, instance.owner_node.path, ROLES)

    def instances_user_has_any_permission_for(self, user, actions):
        courses = self.model._default_manager.all()
        if user.is_active and user.is_superuser:
            return courses
        owned = Q(pk__in=[])
        for node in nodes_of(user, Role.EDITOR):
            owned |= Q(owner_node__path__startswith=node.path)
        return courses.filter(owned)

    def users_with_any_permission(self, actions):
        return self._users(NodeRole.objects.filter(role__in=ROLES))

    def users_with_any_permission_for_instance(self, actions, instance):
        above = instance.owner_node.get_ancestors(inclusive=True)
        return self._users(NodeRole.objects.filter(role__in=ROLES, node__in=above))

    def _users(self, roles):
        users = get_user_model()._default_manager.filter(is_active=True)
        return users.filter(Q(is_superuser=True) | Q(pk__in=roles.values("user")))
