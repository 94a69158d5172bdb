"""Renders each session's VEVENT once and stores it; feeds only join."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from activities.feeds.vevent import vevent
from activities.models import ActivityPage, Session
from home.network import nodes_on_the_way

SECOND = dt.timedelta(seconds=1)
BATCH = 500


def refresh(sessions: Iterable[Session]) -> None:
    """Renders the VEVENT of every session anew and stores those that changed.

    The activity is read again, as published. Where a stored text changes although
    the caller left `modified_at` alone (a new title, a node that moved house),
    `modified_at` grows: some calendar programs look at nothing else. The given
    objects carry the new values afterwards.
    """
    texts = rendered(list(sessions))
    changed = [session for session, text in texts.items() if text != session.ics]
    texts |= rendered([s for s in changed if _dated_anew(s, texts[s])])
    for session in changed:
        session.ics = texts[session]
    Session.objects.bulk_update(changed, ["ics", "modified_at"], batch_size=BATCH)


def rendered(sessions: list[Session]) -> dict[Session, str]:
    """The VEVENT of each session as of now; three queries however many."""
    activities = ActivityPage.objects.in_bulk({s.activity_id for s in sessions})
    nodes = nodes_on_the_way({a.path[: -a.steplen] for a in activities.values()})
    return {s: vevent(s, activities[s.activity_id], nodes) for s in sessions}


def _dated_anew(session: Session, text: str) -> bool:
    """Whether the new text carried the stored text's LAST-MODIFIED; it then grows."""
    if not session.ics or _stamp(text) != _stamp(session.ics):
        return False
    session.modified_at = max(timezone.now(), session.modified_at + SECOND)
    return True


def _stamp(text: str) -> str:
    lines = text.split("\r\n")
    return next((line for line in lines if line.startswith("LAST-MODIFIED")), "")
