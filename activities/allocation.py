"""Gives places and takes them back: the only code that does.

Claims are written without a lock (`registration.register`) and numbered by their
primary key. `allocate` locks the run, reads the claims in that order and decides
them all at once, so under a rush one request decides for many. Every change of a
status happens under this lock and in one transaction with its event, the counters
of the run, the versions of the feeds it shows in and the task that tells people.
"""

import time
from collections.abc import Iterable

import structlog
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from activities.decisions import Decisions
from activities.feeds.versions import grow_for_learners
from activities.models import Registration, RegistrationEvent, Run
from activities.notices import tell_later
from activities.rules import asks_residence, promotes
from activities.states import ACTIVE, Channel, RegistrationStatus
from home.ticks import tick

log = structlog.get_logger("allocation")

# Seconds between tries for the lock: a few decisions fit into the first pauses.
PAUSES = (0.004, 0.008, 0.016, 0.03, *[0.05] * 90)

# What deciding a claim reads of it.
_OF_A_CLAIM = (
    "channel",
    "consented_by",
    "override_reason",
    "created_at",
    "acted_by_id",
)


def allocate(run_id: int, *, claim: Registration | None = None) -> bool:
    """Decides every claim on the run and fills its free places, in order.

    Idempotent. Whoever gets the lock decides for all; the others wait for it some
    five seconds, those with a `claim` only until somebody has decided that one.
    What is left then is decided by a task, and the answer is False.
    """
    for pause in PAUSES:
        if _decide_if_free(run_id):
            return True
        time.sleep(pause)
        if claim is not None and not _is_pending(claim):
            return True
    log.warning("run stayed locked", run=run_id)
    allocate_later.enqueue(run_id)
    return False


@task()
def allocate_later(run_id: int) -> None:
    """Waits for the lock as long as it takes."""
    with transaction.atomic():
        run = Run.objects.select_for_update(no_key=True).get(pk=run_id)
        _decide(run)


@tick
def sweep() -> None:
    """Decides what a killed process left: claims, and free places somebody awaits."""
    free = Q(capacity=None) | Q(taken__lt=F("capacity"))
    left = Q(registrations__status=RegistrationStatus.PENDING)
    goes_on = Q(last_ends_at=None) | Q(last_ends_at__gt=timezone.now())
    awaited = Q(waiting__gt=0, is_open=True, is_cancelled=False) & free & goes_on
    for run_id in set(Run.objects.filter(left | awaited).values_list("pk", flat=True)):
        allocate(run_id)


def give_back(registration: Registration, *, acted_by, channel, reason="") -> bool:
    """Withdraws a registration and gives its place to the next, in one transaction.

    Waits for the run's lock. False when it was not active any more: withdrawing
    twice takes one place back.
    """
    with transaction.atomic():
        run = Run.objects.select_for_update(no_key=True).get(pk=registration.run_id)
        current = Registration.objects.get(pk=registration.pk)
        if current.status not in ACTIVE:
            return False
        _leave(run, current, acted_by, channel, reason)
        _decide(run, changed={current.learner_id})
    return True


def _leave(run, registration, acted_by, channel, reason) -> None:
    if registration.status == RegistrationStatus.PLACED:
        run.taken -= 1
    elif registration.status == RegistrationStatus.WAITING:
        run.waiting -= 1
    now = timezone.now()
    registration.status = RegistrationStatus.WITHDRAWN
    registration.decided_at = now
    registration.save(update_fields=["status", "decided_at"])
    RegistrationEvent.objects.create(
        registration=registration,
        status=registration.status,
        channel=channel,
        acted_by=acted_by,
        reason=reason,
        at=now,
    )
    Run.objects.filter(pk=run.pk).update(taken=run.taken, waiting=run.waiting)
    if not _did_it_herself(registration, acted_by, channel):
        tell_later({"withdrawn": [registration.pk]})


def _did_it_herself(registration, acted_by, channel) -> bool:
    """The account that registered, and not a clerk who registers the whole village."""
    is_online = channel == Channel.ONLINE
    return (
        is_online and acted_by is not None and acted_by.pk == registration.acted_by_id
    )


def _is_pending(claim: Registration) -> bool:
    return Registration.objects.filter(
        pk=claim.pk, status=RegistrationStatus.PENDING
    ).exists()


def _decide_if_free(run_id: int) -> bool:
    """False when somebody else holds the lock at this moment."""
    with transaction.atomic():
        run = _lock_if_free(run_id)
        if run is None:
            return False
        _decide(run)
    return True


def _lock_if_free(run_id: int) -> Run | None:
    """The run as of now, locked until the end of the transaction.

    NO KEY: claims refer to the run and are inserted while it is locked. SQLite has
    no row locks; its transactions take the one write lock when they begin.
    """
    return (
        Run.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(pk=run_id)
        .first()
    )


def _decide(run: Run, *, changed: Iterable[int] = ()) -> None:
    """`changed` are learners whose own calendar changed in this transaction already.

    Learners and feed versions are each locked in one go, in order: allocations of
    two runs with the same people never wait for each other in a circle.
    """
    now = timezone.now()
    decisions = Decisions(run)
    may_promote = run.waiting and promotes(run, at=now)
    in_line = decisions.first_in_line(_waiting(run)) if may_promote else []
    claims = list(_claims(run))
    decisions.lock_learners([*in_line, *claims])
    decisions.promote(in_line, at=now)
    decisions.judge(claims)
    if decisions:
        _write(run, decisions, now)
    grow_for_learners({*changed, *decisions.learners_placed()})


def _waiting(run):
    return Registration.objects.filter(
        run=run, status=RegistrationStatus.WAITING
    ).order_by("pk")


def _claims(run):
    """In the order they were written, with what the rules of `run` look at."""
    learner = ["learner__born_on", "learner__residence_id"]
    related = ["learner"]
    if asks_residence(run):
        learner.append("learner__residence__path")
        related.append("learner__residence")
    return (
        Registration.objects.filter(run=run, status=RegistrationStatus.PENDING)
        .select_related(*related)
        .only(*_OF_A_CLAIM, *learner)
        .order_by("pk")
    )


def _write(run: Run, decisions: Decisions, now) -> None:
    """One statement for all that were decided alike; the run, contended, last."""
    events = []
    for (status, refusals), registrations in decisions.groups().items():
        Registration.objects.filter(pk__in=[one.pk for one in registrations]).update(
            status=status, refusals=list(refusals), decided_at=now
        )
        events += [
            RegistrationEvent(
                registration=one,
                status=status,
                channel=one.channel,
                acted_by_id=one.acted_by_id,
                reason=decisions.reason_of(one, refusals),
                at=now,
            )
            for one in registrations
        ]
    RegistrationEvent.objects.bulk_create(events)
    tell_later(decisions.news())
    Run.objects.filter(pk=run.pk).update(taken=run.taken, waiting=run.waiting)
