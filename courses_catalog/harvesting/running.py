"""A harvest from its first page to its last, page by page.

Each page is one transaction that also moves `Harvest`, under the condition that it
stands where the page was asked from: a worker that is killed loses at most the page it
was at, and a second one beside it writes nothing. A repository that says "later" is
left alone until then; no worker sleeps.
"""

import datetime as dt
import hashlib
import time
from collections import Counter

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from courses_catalog.harvesting.answers import ListPage, Refused, Unreadable
from courses_catalog.harvesting.keeping import keep
from courses_catalog.harvesting.repository import Failed, Later, Repository, since_of
from courses_catalog.models import AllianceMember, Harvest, HarvestState
from home.ticks import tick

log = structlog.get_logger("harvest")

# A turn ends after this; other members wait in the same queue.
TURN_SECONDS = 60.0
# One page takes a minute at most: whoever is silent for longer was killed.
SILENCE = dt.timedelta(minutes=10)
# So few that each has its turn long before it would be taken for silent.
MOST_AT_ONCE = 5
MOST_TRIES = 6
MOST_RESTARTS = 2
MOST_PAGES = 20_000
MOST_PROBLEMS = 200
KEPT_RUNS = 30
# What is committed at the repository while it answers may bear a stamp of before.
OVERLAP = dt.timedelta(minutes=5)


@task(queue_name="outside")
def harvest_later(harvest_id: int) -> None:
    if go_on(harvest_id):
        harvest_later.enqueue(harvest_id)


@tick
def harvest_what_is_due() -> None:
    """Begins what is due, and takes up what waited or was left by a killed worker."""
    now = timezone.now()
    due = [one for one in AllianceMember.objects.harvested() if is_due(one, at=now)]
    for member in due[: max(0, MOST_AT_ONCE - Harvest.objects.running().count())]:
        begin(member)
    silent = Q(wait_until=None, touched_at__lt=now - SILENCE)
    for run in Harvest.objects.running().filter(silent | Q(wait_until__lte=now)):
        wake(run)
        harvest_later.enqueue(run.pk)


def wake(run: Harvest) -> None:
    """The waiting is over; and the next tick does not ask for it again."""
    runs = Harvest.objects.running().filter(pk=run.pk)
    runs.update(touched_at=timezone.now(), wait_until=None)


def is_due(member: AllianceMember, *, at: dt.datetime) -> bool:
    last = member.harvests.first()
    if last is None:
        return True
    pause = dt.timedelta(hours=member.harvest_hours)
    return not last.is_running and last.started_at <= at - pause


def begin(member: AllianceMember) -> Harvest | None:
    """A new harvest, carried out by the worker; None while one is running."""
    run = begin_now(member)
    if run is not None:
        transaction.on_commit(lambda: harvest_later.enqueue(run.pk))
    return run


def begin_now(member: AllianceMember) -> Harvest | None:
    """As `begin`, for a caller that carries it out itself."""
    try:
        with transaction.atomic():
            run = Harvest.objects.create(
                member=member, asked=_asked(member), touched_at=timezone.now()
            )
    except IntegrityError:
        return None
    old = member.harvests.exclude(state=HarvestState.RUNNING)[KEPT_RUNS:]
    last = member.harvests.complete().first()
    doomed = {each.pk for each in old} - {last and last.pk}
    Harvest.objects.filter(pk__in=doomed).delete()
    return run


def _asked(member: AllianceMember) -> str:
    return f"{member.harvest_url} {member.harvest_set} {member.harvest_prefix}"


def go_on(harvest_id: int, seconds: float = TURN_SECONDS) -> bool:
    """Harvests for a while; whether there is more to do at once."""
    until = time.monotonic() + seconds
    while True:
        run = Harvest.objects.select_related("member").get(pk=harvest_id)
        if not run.is_running or run.wait_until:
            return False
        if not run.member.is_active or run.asked != _asked(run.member):
            return _fail(run, "The member was changed meanwhile.")
        if not _one_page(run):
            return False
        if time.monotonic() > until:
            return True


def _one_page(run: Harvest) -> bool:
    """Whether another page is to be asked for at once."""
    repository = Repository(run.member)
    try:
        if not run.granularity:
            run.granularity = repository.granularity()
            run.since = _since(run)
        page = repository.page(token=run.token, since=run.since)
    except Later as later:
        return _wait(run, later)
    except Unreadable as error:
        return _wait(run, Later(str(error)))
    except Failed as error:
        return _fail(run, str(error))
    except Refused as error:
        return _refused(run, error)
    return _take(run, page)


def _since(run: Harvest) -> str:
    """By the clock of the repository: when the last complete list of it began."""
    complete = run.member.harvests.complete().filter(asked=run.asked)
    last = complete.exclude(response_date=None).first()
    if last is None:
        return ""
    return since_of(last.response_date - OVERLAP, run.granularity)


def _refused(run: Harvest, error: Refused) -> bool:
    if error.code == "noRecordsMatch" and not run.token:
        return _take(run, ListPage([], [], "", error.response_date))
    is_lost = error.code == "badResumptionToken" and run.token
    if is_lost and run.restarts < MOST_RESTARTS:
        beginning = {"token": "", "mark": "", "response_date": None}
        return _move(run, **beginning, restarts=run.restarts + 1)
    return _fail(run, str(error))


def _wait(run: Harvest, later: Later) -> bool:
    """Until the repository asked for, else twice as long each time."""
    if run.tries + 1 >= MOST_TRIES:
        return _fail(run, str(later))
    wait = later.wait
    if wait is None:
        wait = dt.timedelta(minutes=2**run.tries)
    _move(
        run,
        tries=run.tries + 1,
        reason=str(later),
        wait_until=timezone.now() + wait,
    )
    return False


def _take(run: Harvest, page: ListPage) -> bool:
    """Keeps a page and moves on; the last page completes the harvest."""
    if page.token and _goes_round(run, page.token):
        return _fail(run, "The list goes round in a circle.")
    values = {
        "token": page.token,
        "mark": _mark(run, page.token),
        "response_date": run.response_date or page.response_date,
        "pages": run.pages + 1,
        "tries": 0,
        "reason": "",
    }
    if not page.token:
        values |= {"state": HarvestState.DONE, "ended_at": timezone.now()}
    with transaction.atomic():
        # writing first takes the lock on every database
        if not _move(run, **values):
            return False
        counts, wrong = keep(run.member, page.records)
        wrong = [*map(list, page.wrong), *wrong]
        counts["wrong"] = len(wrong)
        Harvest.objects.filter(pk=run.pk).update(
            counts=dict(Counter(run.counts) + counts),
            problems=[*run.problems, *wrong][:MOST_PROBLEMS],
        )
    return bool(page.token)


def _goes_round(run: Harvest, token: str) -> bool:
    if run.pages >= MOST_PAGES or token == run.token:
        return True
    return _digest(token) == run.mark


def _mark(run: Harvest, token: str) -> str:
    """Of page 1, 2, 4, 8, …: a circle of any length comes back to one of them."""
    is_power = (run.pages + 1) & run.pages == 0
    return _digest(token) if is_power else run.mark


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _move(run: Harvest, **values) -> bool:
    """Writes `values` if the harvest still stands where `run` was read."""
    same = Harvest.objects.running().filter(
        pk=run.pk, pages=run.pages, restarts=run.restarts, tries=run.tries
    )
    values = {
        "granularity": run.granularity,
        "since": run.since,
        "touched_at": timezone.now(),
        **values,
    }
    return bool(same.update(**values))


def _fail(run: Harvest, reason: str) -> bool:
    failed = _move(
        run,
        state=HarvestState.FAILED,
        reason=reason[:500],
        token="",
        ended_at=timezone.now(),
    )
    if failed:
        log.warning("harvest failed", member=str(run.member), why=reason)
    return False
