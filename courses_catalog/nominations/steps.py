"""The way of a nomination: from the place it belongs to up to its county."""

from home.levels import Level
from home.models import NetworkNodePage, NodeRole, Role
from home.network import ancestors_of

# Where somebody may say she belongs: the city lists nobody by itself.
LEVELS = (Level.COUNTY_COLLEGE, Level.TOWNSHIP_SCHOOL, Level.TEACHING_POINT)


def places():
    """Where somebody may say she belongs."""
    return NetworkNodePage.objects.originals().live().filter(level__in=LEVELS)


def steps_of(node) -> list[NetworkNodePage]:
    """Who decides one after the other: `node`, the township, the county."""
    way = [*ancestors_of(node), node]
    return [each for each in reversed(way) if each.level in LEVELS]


def next_step(steps: list, nomination) -> tuple[NetworkNodePage | None, list]:
    """The first of `steps` that somebody can decide for, and those passed over.

    The last one is never passed over: those above the county decide there. No step
    at all means that everybody has agreed.
    """
    passed = []
    for node in steps[:-1]:
        if has_reviewers(node, nomination):
            return node, passed
        passed.append(node)
    return (steps[-1] if steps else None), passed


def steps_after(nomination) -> list[NetworkNodePage]:
    """Those above the node whose turn it is."""
    steps = steps_of(nomination.node)
    at = next(
        (n for n, step in enumerate(steps) if step.pk == nomination.turn_id),
        len(steps),
    )
    return steps[at + 1 :]


def has_reviewers(node, nomination) -> bool:
    """Whether somebody edits for this very node, who is not the person herself."""
    roles = NodeRole.objects.filter(node=node, role=Role.EDITOR, user__is_active=True)
    return roles.exclude(user=nomination.user_id).exists()
