"""Who may do what with a record: the role on its owner node decides, nothing else."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from wagtail.permission_policies import ModelPermissionPolicy

from courses_catalog.models import Teacher, TeacherLoan
from courses_catalog.vocabulary import ShareScope
from home.models import NodeRole, Role
from home.network import ancestors_of
from home.permissions import can_act_under, nodes_of

ROLES = (Role.EDITOR,)


# What a node takes over from the nodes above it, and from any other.
FROM_ABOVE = (ShareScope.SUBTREE, ShareScope.NETWORK, ShareScope.ALLIANCE)
FROM_ANYWHERE = (ShareScope.NETWORK, ShareScope.ALLIANCE)


def choosable(model, user):
    """The published records of `model` that `user` may use in what she publishes:
    those of her own subtree, what other nodes share so widely (`ShareScope`), and
    the teachers they have lent to hers.

    What is public is offered from her own subtree and from above alone: the lists
    would hold the whole city otherwise. Using one changes nothing about it.
    """
    records = model.objects.published()
    if user.is_active and user.is_superuser:
        return records
    offered = Q(pk__in=[])
    for node in nodes_of(user, Role.EDITOR):
        offered |= Q(owner_node__path__startswith=node.path)
        offered |= Q(
            owner_node__in=ancestors_of(node),
            share_scope__in=(*FROM_ABOVE, ShareScope.PUBLIC),
        )
        offered |= Q(share_scope__in=FROM_ANYWHERE)
    if model is Teacher:
        offered |= Q(translation_key__in=_borrowed(nodes_of(user, Role.EDITOR)))
    return records.filter(offered)


def _borrowed(nodes):
    loans = TeacherLoan.objects.asked_by(nodes).in_force(on=timezone.localdate())
    return loans.values("teacher__translation_key")


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
