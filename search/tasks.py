"""Work of the queue "search": notices never wait behind it."""

from django_tasks import task

from home.ticks import tick
from search import outbox, rebuild
from search.models import OutboxEntry


@task(queue_name="search")
def drain_outbox() -> int:
    return outbox.drain()


@task(queue_name="search")
def rebuild_index() -> int:
    return rebuild.rebuild().documents


@tick
def catch_up() -> None:
    """Sends what a killed worker left, and forgets what was sent long ago."""
    if OutboxEntry.objects.pending().exists():
        outbox.drain()
    outbox.forget_done()
