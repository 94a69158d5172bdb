"""Tells the registered what happened: a text message, and e-mail to the account.

Enqueued in the transaction of the change (queue "notices"), so neither is there
without the other. All `Notice` rows of a batch are written before its first message,
so a batch that crashed half-way loses nobody, and running again tells nobody twice:
see `delivery`. No message names another person.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone
from django_tasks import task

from activities import delivery
from activities.models import Notice, NoticeKind, Registration, Session
from activities.states import ACTIVE, SessionStatus


def tell_later(news: dict[str, list[int]], ref: str = "") -> None:
    """Enqueues one task for a batch: primary keys of registrations by kind.

    `ref` tells apart what can happen to a registration several times.
    """
    if news:
        tell.enqueue(news, ref)


def session_changed(session_ids: Iterable[int]) -> None:
    """Tells everybody registered that these sessions were cancelled or moved."""
    ids = sorted(session_ids)
    if ids:
        tell_session_changed.enqueue(ids)


@task(queue_name="notices")
def tell(news: dict[str, list[int]], ref: str = "") -> None:
    """Repeatable. What cannot be sent now is sent later, see `delivery`."""
    _send_all(
        notice
        for kind, ids in news.items()
        for registration in _registrations().filter(pk__in=ids)
        if kind != NoticeKind.REFUSED or _was_decided_late(registration)
        for notice in _notices(registration, kind, ref)
    )


@task(queue_name="notices")
def tell_session_changed(session_ids: list[int]) -> None:
    """Repeatable: each version of a session is told once.

    What changed together is one message for each registration, however many dates:
    each text is paid for, and nobody reads twelve.
    """
    sessions = Session.objects.filter(pk__in=session_ids).order_by("starts_at", "pk")
    by_run = defaultdict(list)
    for session in sessions.select_related("activity"):
        by_run[session.run_id].append(session)
    _send_all(
        notice
        for run_id, changed in by_run.items()
        for one in _registrations().filter(run=run_id, status__in=ACTIVE)
        for notice in _notices(one, _kind_of_change(changed), _version_of(changed))
    )


def _kind_of_change(sessions: list[Session]) -> NoticeKind:
    cancelled = [each.status == SessionStatus.CANCELLED for each in sessions]
    if all(cancelled) and sessions[0].activity.cancelled_reason:
        return NoticeKind.CALLED_OFF
    if len(sessions) > 1:
        return NoticeKind.SEVERAL
    return NoticeKind.CANCELLED if cancelled[0] else NoticeKind.MOVED


def _version_of(sessions: list[Session]) -> str:
    """The same for the same change: of several, the first and how often all changed."""
    return f"{sessions[0].pk}:{sum(each.sequence for each in sessions)}"


def _registrations():
    return Registration.objects.select_related("learner", "acted_by")


def _was_decided_late(registration) -> bool:
    """The page that was open could not say it; nearly always it has."""
    waited = registration.decided_at - registration.created_at
    return waited.total_seconds() > 5


def _notices(registration, kind: str, ref: str) -> list[Notice]:
    """One for each way; by hand where there is none and it has to arrive."""
    now = timezone.now()
    if not delivery.ways_to(registration):
        return delivery.by_hand(registration, kind, ref)
    return [
        Notice(registration=registration, kind=kind, way=way, ref=ref, next_try_at=now)
        for way in delivery.ways_to(registration)
    ]


def _send_all(notices: Iterable[Notice]) -> None:
    """Those written by an earlier run of the same task are left as they are."""
    notices = list(notices)
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    told = Notice.objects.filter(
        registration__in=[one.registration_id for one in notices],
        kind__in={one.kind for one in notices},
        ref__in={one.ref for one in notices},
        next_try_at__lte=timezone.now(),
    )
    delivery.send(told.order_by("pk"))
