"""What happens at a time, not at a press: publishing, expiring, throwing away."""

import datetime as dt

from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from home.ticks import tick

DAY_SECONDS = 24 * 3600
# Long enough to look into what failed.
FINISHED_TASKS_STAY = dt.timedelta(days=14)


@tick
def publish_what_is_due() -> None:
    """Publishes approved revisions whose hour has come, hides what has expired."""
    call_command("publish_scheduled", verbosity=0)


@tick
def throw_away_once_a_day() -> None:
    """Removes tasks finished two weeks ago and sessions that have expired.

    At most once a day for each cache: again after a restart, which does no harm.
    """
    if not cache.add("thrown-away", True, DAY_SECONDS):
        return
    finished = DBTaskResult.objects.finished()
    finished.filter(finished_at__lte=timezone.now() - FINISHED_TASKS_STAY).delete()
    call_command("clearsessions", verbosity=0)
