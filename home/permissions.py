"""Who may do what in the network: roles on nodes, turned into page permissions.

An editor holds one to three nodes (a test goes to 150); every permission holds for
the node and everything below it. Wagtail's own group permissions stay honoured.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.models import NetworkNodePage, NodeRole, Role

# What each role may do below its node, in Wagtail's words. DESK sees the tree, so
# that it finds its rosters, and changes nothing.
ACTIONS = {
    Role.EDITOR: ("add", "change", "publish", "lock", "unlock"),
    Role.DESK: (),
}
EXPLORING = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}


@dataclass(frozen=True)
class Codename:
    """The part of Django's Permission that Wagtail reads."""

    codename: str


@dataclass(frozen=True)
class RolePermission:
    """One action of one role, shaped like Wagtail's GroupPagePermission."""

    page: NetworkNodePage
    permission: Codename
    is_from_role: bool = True

    @property
    def page_id(self) -> int:
        return self.page.pk


def _has_roles(user) -> bool:
    return user.is_active and not user.is_anonymous and not user.is_superuser


def nodes_of(user, role: Role | None = None) -> list[NetworkNodePage]:
    """The nodes `user` holds `role` (any, when None) on; nothing for superusers.

    Asked once per user object: a request sees the roles it began with.
    """
    if not _has_roles(user):
        return []
    return [held.node for held in _roles(user) if role in (None, held.role)]


def _roles(user) -> list[NodeRole]:
    if not hasattr(user, "_node_roles"):
        user._node_roles = list(
            NodeRole.objects.filter(user=user).select_related("node").order_by("pk")
        )
    return user._node_roles


def can_act_under(user, path: str, roles: Iterable[Role]) -> bool:
    """Whether `user` holds one of `roles` at or above the tree position `path`."""
    if user.is_active and user.is_superuser:
        return True
    held = [node for role in roles for node in nodes_of(user, role)]
    return any(path.startswith(node.path) for node in held)


def _topmost(paths: Iterable[str]) -> list[str]:
    """`paths` without those that lie below another one of them."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def _under(paths: Iterable[str]) -> Q:
    """Pages at or below any of `paths`, as one flat condition.

    Ranges, because they use the index on `path` on both databases. Stock Wagtail
    joins querysets instead and dies of recursion at 150 roots.
    """
    condition = Q(pk__in=[])
    for path in _topmost(paths):
        condition |= Q(path__range=(path, f"{path}Z"))
    return condition


class SubtreePermissionPolicy(PagePermissionPolicy):
    """Wagtail's policy over group permissions and node roles together."""

    def get_all_permissions_for_user(self, user):
        if not _has_roles(user):
            return super().get_all_permissions_for_user(user)
        from_groups = super().get_all_permissions_for_user(user)
        return [*from_groups, *_role_permissions(user)]

    def users_with_any_permission(self, actions, include_superusers=True):
        wanted = {*actions, "add"} if "change" in actions else set(actions)
        users = super().users_with_any_permission(actions, include_superusers)
        return _joined(users, NodeRole.objects.filter(role__in=_roles_with(wanted)))

    def users_with_any_permission_for_instance(
        self, actions, instance, include_superusers=True
    ):
        users = super().users_with_any_permission_for_instance(
            actions, instance, include_superusers
        )
        above = instance.get_ancestors(inclusive=True)
        roles = NodeRole.objects.filter(
            role__in=_roles_with(set(actions)), node__in=above
        )
        return _joined(users, roles)

    def instances_user_has_any_permission_for(self, user, actions):
        base = self._base_queryset_for_user(user)
        if base is not None:
            return base
        codenames = self._get_permission_codenames(actions)
        add = self._get_permission_codename("add")
        held = self.get_cached_permissions_for_user(user)
        condition = _under(
            perm.page.path for perm in held if perm.permission.codename in codenames
        )
        if "change" in actions and "add" not in actions:
            addable = (p.page.path for p in held if p.permission.codename == add)
            condition |= _under(addable) & Q(owner=user)
        return self.model._default_manager.filter(condition)

    def user_has_any_permission(self, user, actions):
        """Exploring is also for those who may only look: a roster is found by it."""
        if super().user_has_any_permission(user, actions):
            return True
        return set(actions) >= EXPLORING and bool(nodes_of(user))

    def instances_with_direct_explore_permission(self, user):
        pages = list(super().instances_with_direct_explore_permission(user))
        return pages if user.is_superuser else [*pages, *nodes_of(user)]

    def explorable_root_instance(self, user):
        """The lowest page above all that the user may see; None without any."""
        if user.is_superuser:
            return super().explorable_root_instance(user)
        if not hasattr(user, self._explorable_root_instance_cache_name):
            path = _common_path(self._explore_paths(user))
            root = Page.objects.filter(path=path).first() if path else None
            setattr(user, self._explorable_root_instance_cache_name, root)
        return getattr(user, self._explorable_root_instance_cache_name)

    def explorable_instances(self, user):
        base = self._base_queryset_for_user(user)
        if base is not None:
            return base
        paths = self._explore_paths(user)
        top = _common_path(paths)
        condition = _under(paths) | Q(path__in=_between(top, paths))
        return self.model._default_manager.filter(condition)

    def _explore_paths(self, user) -> list[str]:
        pages = self.instances_with_direct_explore_permission(user)
        return _topmost(page.path for page in pages)


def _role_permissions(user) -> list[RolePermission]:
    permissions = []
    for role, actions in ACTIONS.items():
        nodes = {node.path: node for node in nodes_of(user, role)}
        codenames = [Codename(f"{action}_page") for action in actions]
        permissions += [
            RolePermission(nodes[path], codename)
            for path in _topmost(nodes)
            for codename in codenames
        ]
    return permissions


def _roles_with(actions: set[str]) -> list[Role]:
    return [role for role, allowed in ACTIONS.items() if actions & set(allowed)]


def _joined(users, roles):
    everyone = get_user_model()._default_manager.filter(is_active=True)
    by_role = Q(pk__in=roles.values("user"))
    return everyone.filter(Q(pk__in=users.values("pk")) | by_role)


def _common_path(paths: list[str]) -> str:
    """The longest tree path that every one of `paths` begins with."""
    if not paths:
        return ""
    first, last, step = min(paths), max(paths), Page.steplen
    end = 0
    while end < len(first) and first[end : end + step] == last[end : end + step]:
        end += step
    return first[:end]


def _between(top: str, paths: list[str]) -> set[str]:
    """Every tree path from `top` down to just above each of `paths`."""
    step = Page.steplen
    return {
        path[:end] for path in paths for end in range(len(top), len(path), step) if end
    }
