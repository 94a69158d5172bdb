"""Sessions as lines of a list."""

import datetime as dt

import pytest
import time_machine
from django.utils import translation
from wagtail.models import Locale

from activities.models import ActivityPage, Session
from activities.rows import row, rows
from activities.schedule import SHANGHAI
from activities.vocabulary import ChangeKind, Delivery, RegistrationMode, Repeat
from tests.factories import small_network
from tests.factories.activities import change, published_activity, republish

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)
FIRST = dt.date(2026, 12, 8)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    return small_network()


def only_row(**chosen):
    return row(Session.objects.with_activity().get(**chosen), at=NOW)


def in_english(activity: ActivityPage, title: str) -> ActivityPage:
    english, _created = Locale.objects.get_or_create(language_code="en")
    copy = activity.copy_for_translation(english, copy_parents=True)
    copy.title = title
    copy.starts_at = activity.starts_at
    copy.save_revision().publish()
    return ActivityPage.objects.get(pk=copy.pk)


def test_a_row_says_what_when_where_and_whether(net):
    published_activity(
        net.village,
        title="书法班",
        venue="203教室",
        repeat=Repeat.WEEKLY,
        repeat_count=4,
        registration_mode=RegistrationMode.WHOLE_RUN,
        capacity=10,
    )
    line = only_row(original_date=FIRST)
    assert (line.title, line.language, line.theme.slug) == ("书法班", "", "civic")
    assert line.time_line == "9:00–10:30，每周二，共4次"
    place = f"{net.county.short_name} · {net.township.short_name} · {net.village.title}"
    assert line.place_line == f"{place} 203教室"
    assert (line.status.code, line.places_taken, line.places_total) == ("open", 0, 10)


def test_the_address_is_the_pages_own(net, client):
    published_activity(net.village, title="书法班")
    answer = client.get(only_row().url)
    assert "书法班" in answer.content.decode()


def test_any_number_of_rows_costs_the_same_queries(net, django_assert_num_queries):
    for node in (net.village, net.township, net.other_village, net.county):
        published_activity(node, repeat=Repeat.WEEKLY, repeat_count=4)
    rows(Session.objects.with_activity(), at=NOW)  # site roots are cached once
    with django_assert_num_queries(2):
        assert len(rows(Session.objects.with_activity(), at=NOW)) == 16


def test_rows_of_nothing_are_no_rows():
    assert rows([], at=NOW) == []


def test_an_english_reader_gets_the_translation(net, django_assert_num_queries):
    in_english(published_activity(net.village, title="书法班"), "Calligraphy")
    published_activity(net.village, title="国画班")
    with translation.override("en"):
        rows(Session.objects.with_activity(), at=NOW)
        with django_assert_num_queries(3):
            lines = rows(Session.objects.with_activity(), at=NOW)
    said = {(line.title, line.language) for line in lines}
    assert said == {("Calligraphy", ""), ("国画班", "zh-Hans")}
    assert all(line.url.startswith("/en/") for line in lines)


def test_an_unpublished_translation_is_not_shown(net):
    in_english(
        published_activity(net.village, title="书法班"), "Calligraphy"
    ).unpublish()
    with translation.override("en"):
        assert only_row().title == "书法班"


@pytest.mark.parametrize(
    ("kind", "details", "note"),
    [
        (ChangeKind.CANCEL, {"note": "老师生病"}, "老师生病"),
        (ChangeKind.NOTE, {"note": "带上毛笔"}, "带上毛笔"),
        (ChangeKind.MOVE, {"new_time": dt.time(10)}, "这一次改了时间，请看清楚。"),
    ],
)
def test_a_changed_date_is_noted(net, kind, details, note):
    activity = published_activity(net.village)
    republish(activity, schedule_changes=[change(kind, FIRST, **details)])
    assert only_row().note == note


def test_a_cancelled_activity_says_why(net):
    activity = published_activity(net.village)
    republish(activity, cancelled_reason="场地检修")
    line = only_row()
    assert (line.status.code, line.note) == ("cancelled", "场地检修")


def test_an_online_activity_says_who_invites(net):
    published_activity(net.county, delivery=Delivery.ONLINE)
    assert only_row().place_line == f"线上，{net.county.title}举办"
