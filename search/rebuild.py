"""A new index beside the one that answers; then the two change places."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from home.models import ContentVersion
from search import engines
from search.documents import all_subjects, documents_of
from search.models import IndexState, OutboxEntry
from search.outbox import apply, batches


class RebuildFailed(Exception):
    """The new index is not what it should be; the old one goes on answering."""


@dataclass(frozen=True)
class Rebuilt:
    documents: int
    replayed: int


def rebuild() -> Rebuilt:
    """Reads everything live into a new index and lets it answer.

    What changes meanwhile is replayed: at the end, in the transaction of the swap,
    while nobody else may write to the index. Raises RebuildFailed, leaving all as it
    was, when the new index does not hold as many documents as were read, or when
    another rebuild began after this one.
    """
    token, start, beside = _begin()
    read = _fill(beside, token)
    _check(beside, read)
    with transaction.atomic():
        _lock(token)
        changed = list(OutboxEntry.objects.after(start))
        if changed:
            apply([entry.subject for entry in changed], beside)
        OutboxEntry.objects.pending().update(done_at=timezone.now())
        engines.current().swap(beside)
        ContentVersion.grow()
    return Rebuilt(documents=beside.count(), replayed=len(changed))


def _begin():
    token = uuid.uuid4()
    with transaction.atomic():
        state = IndexState.locked()
        state.rebuild_token = token
        state.save(update_fields=["rebuild_token"])
        last = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
        return token, last or 0, engines.current().beside()


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
