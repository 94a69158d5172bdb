"""From "this changed" to the index: written with the change, sent in bulk after it.

A drain may be killed anywhere and run twice: an entry is done in the transaction
that put its documents into the index.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from home.models import ContentVersion
from search import engines
from search.documents import all_subjects, documents_of
from search.facets import Kind
from search.models import IndexState, OutboxEntry

T = TypeVar("T")
BATCH = 200
SUBTREE = "subtree"
# the tree path that every other begins with
EVERYTHING = ""
# A rebuild replays what was written since it began; no rebuild takes this long.
KEPT = dt.timedelta(days=1)


def note(*subjects: str) -> None:
    """Says that `subjects` changed, and has the index brought up to date on commit."""
    OutboxEntry.objects.bulk_create(OutboxEntry(subject=s) for s in subjects)
    transaction.on_commit(_send, robust=True)


def note_subtree(path: str) -> None:
    """As `note`, for everything at or below the node at the tree path `path`."""
    note(f"{SUBTREE}:{path}")


def _send() -> None:
    from search.tasks import drain_outbox

    drain_outbox.enqueue()


def drain() -> int:
    """Brings the index up to date; the number of entries that were done."""
    done = 0
    while batch := _drain_batch():
        done += batch
    return done


def _drain_batch() -> int:
    with transaction.atomic():
        IndexState.locked()
        entries = list(OutboxEntry.objects.pending()[:BATCH])
        if entries:
            apply([entry.subject for entry in entries], engines.current())
            pks = [entry.pk for entry in entries]
            OutboxEntry.objects.filter(pk__in=pks).update(done_at=timezone.now())
            # a result page made before this must not be found again
            ContentVersion.grow()
    return len(entries)


def apply(subjects: Iterable[str], engine) -> None:
    """Makes `engine` hold these subjects as they are now; a renamed or moved node
    takes along everything below it, whose documents name the places above."""
    named = dict.fromkeys(subjects)
    plain = [s for s in named if not s.startswith(f"{SUBTREE}:")]
    paths = {s.partition(":")[2] for s in named if s.startswith(f"{SUBTREE}:")}
    before = engine.titles(s for s in plain if s.startswith(f"{Kind.PLACE}:"))
    after = _replace(plain, engine)
    paths |= {path for key, (_t, path) in after.items() if key in before
              and before[key] != after[key]}  # fmt: skip
    for path in paths:
        for batch in batches(all_subjects(path)):
            _replace(batch, engine)


def _replace(subjects: list[str], engine) -> dict[str, tuple[str, str]]:
    documents = documents_of(subjects)
    engine.delete(subjects)
    engine.index(documents)
    return {
        document.key: (document.title, document.node_path) for document in documents
    }


def batches(things: Iterable[T]) -> Iterator[list[T]]:
    things = iter(things)
    while batch := list(islice(things, BATCH)):
        yield batch


def forget_done() -> None:
    """Removes entries that no rebuild can need any more."""
    OutboxEntry.objects.filter(done_at__lt=timezone.now() - KEPT).delete()
