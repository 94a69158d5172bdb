"""A file goes in: first a dry run, then, confirmed, batch by batch.

Each batch is one transaction that also moves `ImportJob.position`, under a lock on
the job: a worker that is killed loses at most the batch it was at, and the next one,
or a second beside it, goes on from there and writes nothing twice.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from courses_catalog.bulk import reading
from courses_catalog.bulk.planning import Plan, Planner
from courses_catalog.bulk.writing import write
from courses_catalog.models import WORKING, ImportJob, ImportState
from home.ticks import tick

BATCH = 500
# A batch takes seconds: whoever is silent for longer was killed.
SILENCE = dt.timedelta(minutes=5)
MOST_FAILURES = 3
KEPT = dt.timedelta(days=30)


@task(queue_name="bulk")
def check_later(job_id: int) -> None:
    _tried(check, job_id)


@task(queue_name="bulk")
def import_later(job_id: int) -> None:
    _tried(carry_out, job_id)


def _tried(work: Callable[[ImportJob], None], job_id: int) -> None:
    try:
        work(ImportJob.objects.get(pk=job_id))
    except Exception:
        _failed(job_id)
        raise


def _failed(job_id: int) -> bool:
    """Notes one failure. After `MOST_FAILURES` without a batch written between them
    the job waits for a person, and the answer is True."""
    jobs = ImportJob.objects.filter(pk=job_id)
    jobs.update(failures=F("failures") + 1, touched_at=timezone.now())
    failed = jobs.filter(failures__gte=MOST_FAILURES)
    return bool(failed.update(state=ImportState.FAILED))


def try_again(job: ImportJob) -> bool:
    """Goes on from the last batch after the commit; False unless it had failed."""
    # a dry run that came to its end has counted something
    state, later = (
        (ImportState.IMPORTING, import_later)
        if job.counts
        else (ImportState.CHECKING, check_later)
    )
    failed = ImportJob.objects.filter(pk=job.pk, state=ImportState.FAILED)
    started = failed.update(state=state, failures=0, touched_at=timezone.now())
    if started:
        transaction.on_commit(lambda: later.enqueue(job.pk))
    return bool(started)


@tick
def go_on_with_stopped() -> None:
    """Takes up what a killed worker left; a file may kill every worker."""
    silent = timezone.now() - SILENCE
    for job in ImportJob.objects.filter(state__in=WORKING, touched_at__lt=silent):
        if _failed(job.pk):
            continue
        later = check_later if job.state == ImportState.CHECKING else import_later
        later.enqueue(job.pk)


@tick
def forget_old() -> None:
    """Nobody asks for an old import; its file holds what people uploaded."""
    before = timezone.now() - KEPT
    for job in ImportJob.objects.exclude(state__in=WORKING).filter(
        touched_at__lt=before
    ):
        job.file.delete(save=False)
        job.delete()


def check(job: ImportJob) -> None:
    """The dry run: fills the counts and the errors of the job."""
    if job.state != ImportState.CHECKING:
        return
    try:
        with job.file.open("rb") as file:
            _check_rows(job, reading.rows(file, job.kind))
        job.state = ImportState.CHECKED
    except reading.Unreadable as error:
        job.state, job.reason = ImportState.UNREADABLE, str(error)
    job.save()


def _check_rows(job: ImportJob, rows: Iterator[reading.Row]) -> None:
    planner = _planner(job)
    counts, fields, total, job.errors = Counter(), Counter(), 0, []
    while batch := list(islice(rows, BATCH)):
        plan = planner.plan(batch)
        counts.update(_counted(plan))
        fields.update(key for planned in plan.changed for key in planned.changes)
        job.errors += plan.errors
        total += len(batch)
        ImportJob.objects.filter(pk=job.pk).update(
            total=total, touched_at=timezone.now()
        )
    job.total, job.counts = total, {**counts, "fields": dict(fields)}


def _counted(plan: Plan) -> dict[str, int]:
    return {
        "new": len(plan.created),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "wrong": len(plan.errors),
    }


def confirm(job: ImportJob) -> bool:
    """Starts the import after the commit; False when it was started before."""
    started = confirm_now(job)
    if started:
        transaction.on_commit(lambda: import_later.enqueue(job.pk))
    return started


def confirm_now(job: ImportJob) -> bool:
    """As `confirm`, for a caller that carries it out itself."""
    started = ImportJob.objects.filter(pk=job.pk, state=ImportState.CHECKED).update(
        state=ImportState.IMPORTING, touched_at=timezone.now()
    )
    job.refresh_from_db(fields=["state"])
    return bool(started)


def carry_out(job: ImportJob) -> None:
    """Writes the rows that are right, from the position on."""
    if job.state != ImportState.IMPORTING:
        return
    planner, done = _planner(job), job.position
    with job.file.open("rb") as file:
        rows = reading.rows(file, job.kind)
        planner.skip(islice(rows, done))
        while batch := list(islice(rows, BATCH)):
            if not _write_batch(job.pk, planner, batch, done):
                return
            done += len(batch)
    ImportJob.objects.filter(pk=job.pk, position=done).update(
        state=ImportState.DONE, touched_at=timezone.now()
    )


@transaction.atomic
def _write_batch(job_id: int, planner: Planner, batch: list, done: int) -> bool:
    """False when another worker has written it."""
    # writing first takes the lock on every database
    mine = ImportJob.objects.filter(
        pk=job_id, position=done, state=ImportState.IMPORTING
    ).update(position=done + len(batch), failures=0, touched_at=timezone.now())
    if mine:
        write(planner.plan(batch), planner)
    return bool(mine)


def _planner(job: ImportJob) -> Planner:
    return Planner(job.kind, job.created_by, job.owner_node)
