"""Writes down who read, exported or corrected people's registrations."""

from collections.abc import Callable, Iterable

from learners.models import AccessAct, AccessEntry, User

_SPEAKERS: list[Callable[[set[str]], dict[str, str]]] = []


def record(user: User, act: AccessAct | str, subject: str, count: int) -> AccessEntry:
    """Adds one entry; `subject` names what was read ("run:12"), never a person.

    `count` is the number of people shown. Raises ValueError for an unknown act.
    """
    return AccessEntry.objects.create(
        user=user, act=AccessAct(act), subject=subject[:80], count=count
    )


def speaks(function: Callable[[set[str]], dict[str, str]]):
    """Registers `function`, which says in words what some of the subjects are."""
    _SPEAKERS.append(function)
    return function


def in_words(subjects: Iterable[str]) -> dict[str, str]:
    """What each subject is called; what nobody knows (any more) stays as it is."""
    wanted = set(subjects)
    found = {subject: subject for subject in wanted}
    for speaker in _SPEAKERS:
        found |= speaker(wanted)
    return found
