"""A role on a node opens the admin: its holder is in the group of that role."""

from django.contrib.auth.models import Group

from home.models import NodeRole, Role

# Names of the groups, made by a migration; both may enter the admin, and editors may
# upload pictures.
GROUPS = {Role.EDITOR: "网点编辑", Role.DESK: "报名台"}


def join_group(held: NodeRole) -> None:
    group, _created = Group.objects.get_or_create(name=GROUPS[Role(held.role)])
    held.user.groups.add(group)


def leave_group(held: NodeRole) -> None:
    """Leaves the group with the last role of its kind."""
    others = NodeRole.objects.filter(user_id=held.user_id, role=held.role)
    if not others.exists():
        group = Group.objects.filter(name=GROUPS[Role(held.role)])
        held.user.groups.remove(*group)
