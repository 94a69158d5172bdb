"""Work of the queue "search": notices never wait behind it."""

import datetime as dt

import structlog
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from home.ticks import tick
from search import outbox, rebuild
from search.engines.base import EngineUnavailable
from search.models import INDEX_SCHEMA, IndexState, OutboxEntry
from search.outbox import EVERYTHING

# A rebuild that has not come to an end by then is begun again.
REBUILD_AGAIN_AFTER = dt.timedelta(minutes=15)
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


@task(queue_name="search")
def renew_index() -> int:
    """Builds an outdated index anew; where the engine does not answer, the next tick
    asks again."""
    if not IndexState.is_outdated():
        return 0
    try:
        return rebuild.rebuild().documents
    except EngineUnavailable as error:
        _say(error)
        return 0


@tick
def renew() -> None:
    """After an update that stores more, the old index answers until the new one is
    built; nobody has to remember a command."""
    lately = timezone.now() - REBUILD_AGAIN_AFTER
    begun_lately = Q(rebuild_token__isnull=False, rebuild_began_at__gte=lately)
    outdated = IndexState.objects.filter(schema__lt=INDEX_SCHEMA)
    if outdated.exclude(begun_lately).exists():
        renew_index.enqueue()


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
