"""An activity goes live and expires at the time its editor set, without a press."""

import datetime as dt
from io import StringIO

import pytest
import structlog
import time_machine
from django.contrib.sessions.models import Session as SignIn
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from activities import publishing
from activities.models import ActivityPage, Session
from activities.schedule import SHANGHAI
from home import scheduled, ticks
from home.models import ContentVersion, NetworkNodePage
from tests.factories import (
    ActivityPageFactory,
    NodeFactory,
    UserFactory,
    small_network,
)
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
    assert client.get(announced.url).status_code == 410


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


# --- one that fails -------------------------------------------------------------------
@pytest.fixture
def due(village):
    """Two to go live and two to be hidden, all an hour from now; of each pair the
    first fails: its place is hidden, or its session cannot be written."""
    elsewhere = NodeFactory(parent=village.get_parent())
    pages = [
        ActivityPageFactory(parent=parent, live=False, title=title)
        for parent, title in ((elsewhere, "先公布"), (village, "后公布"))
    ]
    hidden = [
        ActivityPageFactory(parent=village, title=title) for title in ("先撤", "后撤")
    ]
    for page in pages:
        republish(page, go_live_at=NOW + HOUR)
    for page in hidden:
        republish(page, expire_at=NOW + HOUR)
    NetworkNodePage.objects.filter(pk=elsewhere.pk).update(live=False)
    return [*pages, *hidden]


@pytest.fixture
def cannot_hide_the_first(monkeypatch, due):
    hide = publishing.hide

    def fails(activity):
        if activity.title == "先撤":
            raise RuntimeError("no")
        hide(activity)

    monkeypatch.setattr(publishing, "hide", fails)


@pytest.mark.usefixtures("cannot_hide_the_first")
def test_one_that_fails_stops_no_other(due, clock):
    clock.shift(HOUR + SECOND)
    failed = scheduled.publish_due(at=timezone.now())
    assert [is_live(page) for page in due] == [False, True, True, False]
    assert len(failed) == 2
    assert str(due[2].pk) in failed[0]
    assert str(due[0].pk) in failed[1]


@pytest.mark.usefixtures("cannot_hide_the_first")
def test_the_command_and_the_minute_say_that_one_failed(due, clock):
    clock.shift(HOUR + SECOND)
    with structlog.testing.capture_logs() as logs:
        with pytest.raises(CommandError, match=str(due[0].pk)):
            call_command("publish_scheduled")
        with pytest.raises(CommandError):
            scheduled.publish_what_is_due()
    assert [line["event"] for line in logs].count(
        "not published or hidden in time"
    ) == 3
    assert is_live(due[1])


def test_what_failed_is_done_once_nothing_is_in_its_way(due, clock, monkeypatch):
    clock.shift(HOUR + SECOND)
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "hide", lambda activity: 1 / 0)
        assert scheduled.publish_due(at=timezone.now())
    assert scheduled.publish_due(at=timezone.now()) == []
    assert not is_live(due[2])


# --- one that a rule refuses ----------------------------------------------------------
@pytest.fixture
def planner(due):
    user = UserFactory(is_superuser=True)
    due[0].revisions.update(user=user)
    return user


SAID = "还没有公开，它下面的活动不能公开。请先公布这个网点。"


def test_what_a_rule_refuses_is_tried_once(due, clock):
    clock.shift(HOUR + SECOND)
    (failed,) = scheduled.publish_due(at=timezone.now())
    assert str(due[0].pk) in failed
    NetworkNodePage.objects.update(live=True)
    assert scheduled.publish_due(at=timezone.now()) == []
    assert not is_live(due[0])


def test_its_author_reads_why_until_it_is_public(due, planner, client, clock):
    clock.shift(HOUR + SECOND)
    scheduled.publish_due(at=timezone.now())
    client.force_login(planner)
    start = client.get(reverse("wagtailadmin_home")).content.decode()
    assert SAID in start
    assert reverse("wagtailadmin_pages:edit", args=[due[0].pk]) in start
    history = reverse("wagtailadmin_pages:history", args=[due[0].pk])
    assert f"到了时间没有发布：「{due[0].get_parent().title}」{SAID}" in (
        client.get(history).content.decode()
    )
    NetworkNodePage.objects.update(live=True)
    republish(due[0])
    start = client.get(reverse("wagtailadmin_home")).content.decode()
    assert SAID not in start


def test_nobody_else_reads_of_it_at_once(due, planner, client, clock):
    clock.shift(HOUR + SECOND)
    scheduled.publish_due(at=timezone.now())
    client.force_login(UserFactory(is_superuser=True))
    assert SAID not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_trying_out_changes_nothing(due, clock):
    clock.shift(HOUR + SECOND)
    call_command("publish_scheduled", "--dryrun", stdout=StringIO())
    assert [is_live(page) for page in due] == [False, False, True, True]
