"""A new index beside the one that answers; then the two change places."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from home.models import ContentVersion
from search import engines
from search.documents import all_subjects, documents_of
from search.models import IndexState, OutboxEntry
from search.outbox import apply, batches

# Replaying what a drain of another machine did just before costs nothing.
CLOCKS_DIFFER = dt.timedelta(seconds=10)


class RebuildFailed(Exception):
    """The new index is not what it should be; the old one goes on answering."""


@dataclass(frozen=True)
class Rebuilt:
    documents: int
    replayed: int


def rebuild() -> Rebuilt:
    """Reads everything live into a new index and lets it answer.

    What changes meanwhile is replayed: at the end, in the transaction of the swap,
    while nobody else may write to the index. What is committed after the replay has
    been read stays pending. Raises RebuildFailed, leaving all as it
    was, when the new index does not hold as many documents as were read, or when
    another rebuild began after this one.
    """
    token, began, beside = _begin()
    read = _fill(beside, token)
    _check(beside, read)
    with transaction.atomic():
        _lock(token)
        changed = list(OutboxEntry.objects.not_done_before(began))
        if changed:
            apply([entry.subject for entry in changed], beside)
        _mark_done(changed)
        engines.current().swap(beside)
        ContentVersion.grow()
    return Rebuilt(documents=beside.count(), replayed=len(changed))


def _begin():
    """The moment is taken under the lock that every drain holds: no drain that went
    before says a later one, whatever had been written but not committed."""
    token = uuid.uuid4()
    with transaction.atomic():
        state = IndexState.locked()
        state.rebuild_token = token
        state.save(update_fields=["rebuild_token"])
        return token, timezone.now() - CLOCKS_DIFFER, engines.current().beside()


def _mark_done(entries: list[OutboxEntry]) -> None:
    """Only these: others may have been committed since they were read."""
    pks = [entry.pk for entry in entries if entry.done_at is None]
    for some in batches(pks):
        OutboxEntry.objects.filter(pk__in=some).update(done_at=timezone.now())


def _lock(token) -> None:
    if IndexState.locked().rebuild_token != token:
        raise RebuildFailed("Another rebuild began after this one and goes on.")


def _fill(beside, token) -> int:
    """Each batch in a short transaction of its own: the site goes on writing."""
    read = 0
    for batch in batches(all_subjects()):
        documents = documents_of(batch)
        with transaction.atomic():
            _lock(token)
            beside.index(documents)
        read += len(documents)
    return read


def _check(beside, read: int) -> None:
    held = beside.count()
    if held != read:
        raise RebuildFailed(f"{read} documents were read, the new index holds {held}.")
