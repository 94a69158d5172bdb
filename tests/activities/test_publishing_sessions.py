"""Publishing materialises sessions by difference and never rewrites the past."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities import publishing
from activities.models import ActivityPage, FeedVersion, Run, Session
from activities.schedule import SHANGHAI
from activities.states import SessionStatus
from activities.vocabulary import ChangeKind, RegistrationMode, Repeat
from home.models import ContentVersion
from home.vocabulary import Audience, Theme
from tests.factories import ActivityPageFactory, small_network
from tests.factories.activities import change, published_activity, republish

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)
# the third of four Tuesdays from 8 December is still to come
MIDTERM = dt.datetime(2026, 12, 16, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def village():
    return small_network().village


def rows(activity) -> list[Session]:
    return list(activity.sessions.order_by("original_date"))


def days(activity) -> list[str]:
    return [each.original_date.strftime("%m-%d") for each in rows(activity)]


def facts(session) -> tuple:
    return (
        session.starts_at,
        session.ends_at,
        session.venue,
        session.status,
        session.sequence,
        session.modified_at,
    )


def test_publishing_makes_a_session_of_each_date(village):
    activity = published_activity(village, weekly=True, venue="203")
    assert days(activity) == ["12-08", "12-15", "12-22", "12-29"]
    first = rows(activity)[0]
    assert first.starts_at == activity.starts_at
    assert first.ends_at == activity.starts_at + dt.timedelta(minutes=90)
    assert (first.venue, first.sequence, first.is_public) == ("203", 0, True)


def test_a_session_carries_what_the_calendar_filters_by(village):
    activity = published_activity(
        village, theme=Theme.SCIENCE, audiences=["older_people", "farmers"]
    )
    row = rows(activity)[0]
    assert row.node_path == village.path
    assert row.theme == Theme.SCIENCE
    assert row.audience_mask == Audience.OLDER_PEOPLE.bit | Audience.FARMERS.bit
    assert "BEGIN:VEVENT" in row.ics


def test_a_draft_reaches_no_calendar(village):
    activity = published_activity(village, weekly=True)
    before = [facts(each) for each in rows(activity)]
    draft = activity.get_latest_revision_as_object()
    draft.starts_at += dt.timedelta(hours=2)
    draft.repeat_count = 9
    draft.save_revision()
    assert [facts(each) for each in rows(activity)] == before


def test_publishing_again_with_nothing_changed_writes_no_row(village, clock):
    activity = published_activity(village, weekly=True, whole_run=True)
    before = [facts(each) for each in rows(activity)]
    feeds = dict(FeedVersion.objects.values_list("scope", "number"))
    clock.shift(dt.timedelta(minutes=5))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        publishing.publish(ActivityPage.objects.get(pk=activity.pk))
    written = [
        query["sql"]
        for query in queries
        if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))
    ]
    assert len(written) == 1
    assert "content" in written[0] and "version" in written[0]
    assert [facts(each) for each in rows(activity)] == before
    assert dict(FeedVersion.objects.values_list("scope", "number")) == feeds


def test_publishing_grows_the_version_of_cached_pages(village):
    before = ContentVersion.current()
    published_activity(village)
    assert ContentVersion.current() > before


@pytest.mark.parametrize(
    ("field", "value", "sequence"),
    [
        ("starts_at", dt.datetime(2026, 12, 8, 10, 0, tzinfo=SHANGHAI), 1),
        ("duration_minutes", 60, 1),
        ("venue", "三楼", 1),
        ("cancelled_reason", "老师生病", 1),
        ("title", "另一个名字", 0),
    ],
)
def test_sequence_grows_with_time_place_and_status_only(
    village, field, value, sequence
):
    activity = published_activity(village, venue="203")
    before = rows(activity)[0]
    after = rows(republish(activity, **{field: value}))[0]
    assert after.pk == before.pk
    assert after.sequence == sequence
    assert after.modified_at >= before.modified_at + dt.timedelta(seconds=1)
    assert after.ics != before.ics


def test_modified_grows_by_whole_seconds_however_fast_one_publishes(village):
    activity = published_activity(village, venue="1")
    seen = [rows(activity)[0].modified_at]
    for venue in ("2", "3", "4"):
        activity = republish(activity, venue=venue)
        seen.append(rows(activity)[0].modified_at)
    steps = [b - a for a, b in zip(seen, seen[1:], strict=False)]
    assert min(steps) >= dt.timedelta(seconds=1)


def test_a_cancelled_date_keeps_its_row(village):
    activity = published_activity(village, weekly=True)
    second = rows(activity)[1]
    activity = republish(
        activity,
        schedule_changes=[change(ChangeKind.CANCEL, second.original_date, note="雪")],
    )
    after = rows(activity)[1]
    assert (after.pk, after.status, after.note) == (
        second.pk,
        SessionStatus.CANCELLED,
        "雪",
    )
    others = [rows(activity)[n] for n in (0, 2, 3)]
    assert {each.status for each in others} == {SessionStatus.SCHEDULED}
    assert {each.sequence for each in others} == {0}


def test_a_moved_date_keeps_its_row_and_is_marked(village):
    activity = published_activity(village, weekly=True)
    second = rows(activity)[1]
    move = change(ChangeKind.MOVE, second.original_date, new_date=dt.date(2026, 12, 17))
    after = rows(republish(activity, schedule_changes=[move]))[1]
    assert (after.pk, after.uid) == (second.pk, second.uid)
    assert after.is_moved
    assert after.starts_at == second.starts_at + dt.timedelta(days=2)


def test_a_changed_rule_never_rewrites_the_past(village, clock):
    activity = published_activity(village, weekly=True, venue="203")
    past = [facts(each) for each in rows(activity)[:2]]
    clock.move_to(MIDTERM)
    activity = republish(
        activity,
        starts_at=activity.starts_at + dt.timedelta(hours=3),
        venue="三楼",
    )
    assert [facts(each) for each in rows(activity)[:2]] == past
    assert {each.venue for each in rows(activity)[2:]} == {"三楼"}
    assert {each.sequence for each in rows(activity)[2:]} == {1}


def test_a_rule_changed_later_makes_no_meetings_in_the_past(village, clock):
    activity = published_activity(village, weekly=True)
    clock.move_to(MIDTERM)
    activity = republish(activity, weekdays=[1, 3])
    # Thursday the 10th has gone by; the count of four is used up by the 17th
    assert days(activity) == ["12-08", "12-15", "12-17"]


def test_a_first_publication_may_tell_of_meetings_already_held(village, clock):
    clock.move_to(MIDTERM)
    activity = published_activity(village, weekly=True)
    assert days(activity) == ["12-08", "12-15", "12-22", "12-29"]


def test_dates_that_nobody_registered_for_go_with_the_rule(village):
    activity = published_activity(village, weekly=True, whole_run=True)
    activity = republish(activity, repeat_count=2)
    assert days(activity) == ["12-08", "12-15"]


def test_a_past_date_stays_when_the_rule_forgets_it(village, clock):
    activity = published_activity(village, weekly=True)
    clock.move_to(MIDTERM)
    activity = republish(
        activity, starts_at=dt.datetime(2026, 12, 24, 9, 0, tzinfo=SHANGHAI)
    )
    assert days(activity)[:3] == ["12-08", "12-15", "12-24"]


def test_a_title_changed_refreshes_what_is_to_come_and_moves_nothing(village, clock):
    activity = published_activity(village, weekly=True)
    clock.move_to(MIDTERM)
    before = rows(activity)
    after = rows(republish(activity, title="新名字"))
    # what is over keeps the name it was held under
    assert ["新名字" in each.ics for each in after] == [False, False, True, True]
    assert [(e.starts_at, e.sequence) for e in after] == [
        (e.starts_at, e.sequence) for e in before
    ]


def test_a_slug_changed_is_in_the_calendar_text(village):
    activity = published_activity(village)
    after = rows(republish(activity, slug="xin-di-zhi"))[0]
    assert "xin-di-zhi" in after.ics.replace("\r\n ", "")


def test_cancelling_the_whole_activity_cancels_what_is_still_to_come(village, clock):
    activity = published_activity(village, weekly=True, whole_run=True)
    clock.move_to(MIDTERM)
    activity = republish(activity, cancelled_reason="场地维修")
    assert [each.status for each in rows(activity)] == [
        SessionStatus.SCHEDULED,
        SessionStatus.SCHEDULED,
        SessionStatus.CANCELLED,
        SessionStatus.CANCELLED,
    ]
    assert Run.objects.get(activity=activity).is_cancelled


def test_taking_the_reason_back_holds_it_again(village):
    activity = published_activity(village, weekly=True, whole_run=True)
    activity = republish(activity, cancelled_reason="场地维修")
    activity = republish(activity, cancelled_reason="")
    assert {each.status for each in rows(activity)} == {SessionStatus.SCHEDULED}
    assert {each.sequence for each in rows(activity)} == {2}
    assert not Run.objects.get(activity=activity).is_cancelled


def test_unpublishing_hides_and_publishing_shows_the_same_rows(village):
    activity = published_activity(village, weekly=True, whole_run=True)
    before = {each.pk for each in rows(activity)}
    feed = FeedVersion.objects.get(scope="city").number
    activity.unpublish()
    assert {each.is_public for each in rows(activity)} == {False}
    assert not Run.objects.get(activity=activity).is_open
    assert FeedVersion.objects.get(scope="city").number > feed
    activity = republish(activity)
    assert {each.pk for each in rows(activity)} == before
    assert {each.is_public for each in rows(activity)} == {True}
    assert Run.objects.get(activity=activity).is_open


def test_a_publication_scheduled_for_later_waits(village, clock):
    activity = ActivityPageFactory(
        parent=village, live=False, go_live_at=NOW + dt.timedelta(days=2)
    )
    activity.save_revision().publish()
    assert rows(activity) == []
    clock.shift(dt.timedelta(days=2, seconds=1))
    call_command("publish_scheduled")
    assert days(activity) == ["12-08"]
    assert {each.is_public for each in rows(activity)} == {True}


def test_an_activity_that_expires_is_hidden(village, clock):
    activity = published_activity(village, expire_at=NOW + dt.timedelta(days=2))
    clock.shift(dt.timedelta(days=3))
    call_command("publish_scheduled")
    assert {each.is_public for each in rows(activity)} == {False}


def test_a_publication_that_fails_half_way_changes_nothing(village, monkeypatch):
    activity = published_activity(village, weekly=True)
    before = [facts(each) for each in rows(activity)]

    def fail(*args, **kwargs):
        raise RuntimeError("no feeds today")

    monkeypatch.setattr(publishing.versions, "grow_for_activity", fail)
    with pytest.raises(RuntimeError, match="no feeds today"):
        republish(activity, venue="别处", title="别的")
    assert [facts(each) for each in rows(activity)] == before
    assert ActivityPage.objects.get(pk=activity.pk).title == activity.title


def test_the_feed_of_the_old_theme_learns_that_it_left(village):
    activity = published_activity(village, theme=Theme.CIVIC)
    before = FeedVersion.objects.get(scope="theme:civic").number
    republish(activity, theme=Theme.SKILLS)
    assert FeedVersion.objects.get(scope="theme:civic").number > before


def test_four_hundred_sessions_take_few_queries(village, django_assert_max_num_queries):
    activity = ActivityPageFactory(
        parent=village,
        repeat=Repeat.DAILY,
        repeat_count=400,
        skip_public_holidays=False,
        registration_mode=RegistrationMode.NONE,
    )
    with django_assert_max_num_queries(30):
        publishing.publish(activity)
    assert activity.sessions.count() == 400
