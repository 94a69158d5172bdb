"""Work of the queue "search": notices never wait behind it."""

import structlog
from django_tasks import task

from home.ticks import tick
from search import outbox, rebuild
from search.engines.base import EngineUnavailable
from search.models import OutboxEntry
from search.outbox import EVERYTHING

log = structlog.get_logger("search")


@task(queue_name="search")
def drain_outbox() -> int:
    return _drain()


@task(queue_name="search")
def rebuild_index() -> int:
    """Where the engine does not answer, everything is sent once it does."""
    try:
        return rebuild.rebuild().documents
    except EngineUnavailable as error:
        _say(error)
        outbox.note_subtree(EVERYTHING)
        return 0


@tick
def catch_up() -> None:
    """Sends what a killed worker left, and forgets what was sent long ago."""
    if OutboxEntry.objects.pending().exists():
        _drain()
    outbox.forget_done()


def _drain() -> int:
    """What an engine that does not answer cannot take stays for the next minute."""
    try:
        return outbox.drain()
    except EngineUnavailable as error:
        _say(error)
        return 0


def _say(error: EngineUnavailable) -> None:
    pending = OutboxEntry.objects.pending().count()
    log.warning("search engine unavailable", cause=str(error), pending=pending)
