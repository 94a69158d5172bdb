"""Writes down who read, exported or corrected people's registrations."""

from learners.models import AccessAct, AccessEntry, User


def record(user: User, act: AccessAct | str, subject: str, count: int) -> AccessEntry:
    """Adds one entry; `subject` names what was read ("run:12"), never a person.

    `count` is the number of people shown. Raises ValueError for an unknown act.
    """
    return AccessEntry.objects.create(
        user=user, act=AccessAct(act), subject=subject[:80], count=count
    )
