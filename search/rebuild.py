"""A new index beside the one that answers; then the two change places."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from home.models import ContentVersion
from search import engines
from search.documents import all_subjects, documents_of
from search.models import INDEX_SCHEMA, IndexState, OutboxEntry
from search.outbox import KEPT, apply, batches

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
        replayed = _replay_and_swap(beside, began)
    return Rebuilt(documents=beside.count(), replayed=replayed)


def roll_back() -> Rebuilt:
    """Lets the index answer again that did so before the last rebuild.

    What changed since is replayed into it first. Raises RebuildFailed where there is
    none, or where it is so old that the changes are no longer known.
    """
    with transaction.atomic():
        state = IndexState.locked()
        before = engines.current().previous()
        if before is None:
            raise RebuildFailed("No earlier index is kept.")
        if state.schema_before < INDEX_SCHEMA:
            raise RebuildFailed(
                "The earlier index was made before an update that stores more in it. "
                "Run search_rebuild."
            )
        if state.swapped_at < timezone.now() - KEPT + CLOCKS_DIFFER:
            raise RebuildFailed(
                "The earlier index is too old: what changed since is no longer known. "
                "Run search_rebuild."
            )
        replayed = _replay_and_swap(before, state.swapped_at - CLOCKS_DIFFER)
    return Rebuilt(documents=before.count(), replayed=replayed)


def _replay_and_swap(beside, since) -> int:
    """In the transaction that holds the lock; the number of entries replayed."""
    changed = list(OutboxEntry.objects.not_done_before(since))
    if changed:
        apply([entry.subject for entry in changed], beside)
    _mark_done(changed)
    engines.current().swap(beside)
    # both are whole now: a rebuild that is still going on gives up
    IndexState.objects.filter(pk=1).update(
        rebuild_token=None, schema_before=F("schema"), schema=INDEX_SCHEMA
    )
    ContentVersion.grow()
    return len(changed)


def _begin():
    """The moment is taken under the lock that every drain holds: no drain that went
    before says a later one, whatever had been written but not committed."""
    token = uuid.uuid4()
    with transaction.atomic():
        state = IndexState.locked()
        state.rebuild_token, state.rebuild_began_at = token, timezone.now()
        state.save(update_fields=["rebuild_token", "rebuild_began_at"])
        began = state.rebuild_began_at - CLOCKS_DIFFER
        return token, began, engines.current().beside()


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
