"""What happens at a time, not at a press: publishing, expiring, throwing away."""

import datetime as dt
from collections.abc import Iterator

import structlog
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import DraftStateMixin, Page, Revision

from home.refusals import Refusal
from home.ticks import tick
from home.turned_down import turn_down

log = structlog.get_logger("scheduled")

DAY_SECONDS = 24 * 3600
# Long enough to look into what failed.
FINISHED_TASKS_STAY = dt.timedelta(days=14)


@tick
def publish_what_is_due() -> None:
    """Publishes approved revisions whose hour has come, hides what has expired."""
    call_command("publish_scheduled", verbosity=0)


def publish_due(*, at: dt.datetime) -> list[str]:
    """Hides what has expired at `at` and publishes what is due; names what failed.

    One that fails is logged, left as it was and tried again the next time; it stops
    no other. A publication that a rule refuses is not tried again: its author is told.
    """
    failed = [name for name, act in list(_expired(at)) if not _succeeds(name, act)]
    # hiding takes back what was still to be published: looked up after it
    return failed + [name for name, act in list(_due(at)) if not _succeeds(name, act)]


def _expired(at: dt.datetime) -> Iterator[tuple]:
    models = [Page]
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            models.append(model)
    for model in models:
        for one in model.objects.filter(live=True, expire_at__lt=at).order_by(
            "expire_at"
        ):
            yield f"{one._meta.label} {one.pk}", lambda one=one: _hide(one)


def _hide(one) -> None:
    one = one.specific if isinstance(one, Page) else one
    with transaction.atomic():
        one.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _due(at: dt.datetime) -> Iterator[tuple]:
    due = Revision.objects.filter(approved_go_live_at__lt=at)
    for one in due.order_by("approved_go_live_at"):
        name = f"{one.content_type} {one.object_id}"
        yield name, lambda one=one: _publish(one)


def _publish(one: Revision) -> None:
    try:
        with transaction.atomic():
            one.publish(log_action="wagtail.publish.scheduled")
    except Refusal as refusal:
        turn_down(one, refusal.sentence)
        raise


def _succeeds(name: str, act) -> bool:
    try:
        act()
    except Refusal as refusal:
        log.warning("not published or hidden in time", what=name, why=refusal.sentence)
        return False
    except Exception:
        log.exception("not published or hidden in time", what=name)
        return False
    return True


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
