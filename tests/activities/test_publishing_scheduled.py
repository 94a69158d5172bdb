"""An activity goes live and expires at the time its editor set, without a press."""

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session as SignIn
from django.core.cache import cache
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from activities.models import ActivityPage, Session
from activities.schedule import SHANGHAI
from home import scheduled, ticks
from home.models import ContentVersion
from tests.factories import ActivityPageFactory, small_network
from tests.factories.activities import republish

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def village():
    return small_network().village


@pytest.fixture
def announced(village):
    """Approved an hour before it is to go live, hidden again three hours later."""
    page = ActivityPageFactory(parent=village, weekly=True, live=False)
    return republish(page, go_live_at=NOW + HOUR, expire_at=NOW + 3 * HOUR)


def a_minute() -> None:
    """Not `run_all`, which closes the connection this test's transaction is on."""
    for name, function in ticks._TICKS.items():
        if name.startswith("home.scheduled."):
            function()


def is_live(activity) -> bool:
    return ActivityPage.objects.get(pk=activity.pk).live


def public_sessions() -> int:
    return Session.objects.public().count()


def test_the_worker_s_minute_does_it():
    registered = {"home.scheduled.publish_what_is_due"}
    registered |= {"home.scheduled.throw_away_once_a_day"}
    assert registered <= set(ticks._TICKS)


@pytest.mark.parametrize(
    ("after", "live", "sessions"),
    [
        (dt.timedelta(0), False, 0),
        (HOUR, False, 0),
        (HOUR + SECOND, True, 4),
        (3 * HOUR, True, 4),
    ],
)
def test_an_approved_activity_goes_live_with_its_sessions(
    announced, clock, after, live, sessions
):
    clock.shift(after)
    a_minute()
    assert (is_live(announced), public_sessions()) == (live, sessions)


def test_going_live_is_seen_by_readers_at_once(announced, client, clock):
    assert client.get(announced.url).status_code == 404
    before = ContentVersion.current()
    clock.shift(HOUR + SECOND)
    a_minute()
    assert ContentVersion.current() > before
    assert client.get(announced.url).status_code == 200


def test_an_expired_activity_is_hidden_with_its_sessions(announced, client, clock):
    clock.shift(HOUR + SECOND)
    a_minute()
    assert client.get(announced.url).status_code == 200
    clock.shift(2 * HOUR)
    a_minute()
    assert (is_live(announced), public_sessions()) == (False, 0)
    assert client.get(announced.url).status_code == 404


def test_a_draft_nobody_approved_stays_one(village, clock):
    page = ActivityPageFactory(parent=village, weekly=True, live=False)
    page.go_live_at = NOW + HOUR
    page.save_revision()
    clock.shift(2 * HOUR)
    a_minute()
    assert (is_live(page), public_sessions()) == (False, 0)


def test_going_live_twice_changes_nothing(announced, clock):
    clock.shift(HOUR + SECOND)
    a_minute()
    version = ContentVersion.current()
    a_minute()
    assert ContentVersion.current() == version


# --- Once a day ----------------------------------------------------------------------


def finished(queue, age) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.SUCCESSFUL,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="activities.notices.tell_session_changed",
        queue_name=queue,
        backend_name="default",
        run_after=timezone.now() - age,
        finished_at=timezone.now() - age,
    )


@pytest.mark.parametrize("queue", ["default", "search"])
def test_tasks_are_kept_two_weeks(queue):
    limit = scheduled.FINISHED_TASKS_STAY
    finished(queue, limit)
    kept = finished(queue, limit - SECOND)
    a_minute()
    assert list(DBTaskResult.objects.values_list("pk", flat=True)) == [kept.pk]


def test_expired_sign_ins_are_removed():
    for key, left in (("gone", -SECOND), ("here", SECOND)):
        SignIn.objects.create(session_key=key, expire_date=NOW + left)
    a_minute()
    assert list(SignIn.objects.values_list("pk", flat=True)) == ["here"]


def test_throwing_away_is_done_once_a_day(clock):
    a_minute()
    finished("default", dt.timedelta(days=30))
    clock.shift(dt.timedelta(hours=23))
    a_minute()
    assert DBTaskResult.objects.count() == 1
    cache.clear()  # its own clock stands still
    a_minute()
    assert DBTaskResult.objects.count() == 0
