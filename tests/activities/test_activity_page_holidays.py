"""Dates of a year whose public holidays nobody knows yet."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache

from activities import holidays, schedule
from activities.holidays import near_holidays
from activities.vocabulary import ChangeKind, RegistrationMode, Repeat
from home.dates import SHANGHAI
from tests.factories import small_network
from tests.factories.activities import change, published_activity

pytestmark = pytest.mark.django_db

# the days off of 2026 are known, those of 2027 are not: whatever the library learns
NOW = dt.datetime(2026, 11, 25, 12, 0, tzinfo=SHANGHAI)
SPRING_FESTIVAL = dt.date(2027, 2, 6)
LAST_KNOWN_YEAR = 2026


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    cache.clear()
    known = schedule.is_public_holiday
    for module in (schedule, holidays):
        monkeypatch.setattr(
            module,
            "is_public_holiday",
            lambda day: known(day) if day.year <= LAST_KNOWN_YEAR else None,
        )
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def village():
    return small_network().village


def page(client, activity) -> str:
    return client.get(activity.url).content.decode()


def weekly(node, first: dt.date, repeat_count: int, **fields):
    return published_activity(
        node,
        starts_at=dt.datetime.combine(first, dt.time(9), tzinfo=SHANGHAI),
        repeat_count=repeat_count,
        **{"repeat": Repeat.WEEKLY} | fields,
    )


@pytest.mark.parametrize(
    ("date", "names"),
    [
        ((2026, 10, 1), []),
        ((2027, 1, 1), ["元旦"]),
        ((2027, 1, 4), []),
        ((2027, 2, 3), []),
        ((2027, 2, 4), ["春节"]),
        ((2027, 2, 14), ["春节"]),
        ((2027, 2, 15), []),
        ((2027, 3, 10), []),
        ((2027, 6, 9), ["端午节"]),
        ((2028, 10, 3), ["国庆节", "中秋节"]),
    ],
)
def test_only_dates_near_a_holiday_of_an_unknown_year_may_move(date, names):
    assert [str(name) for name in near_holidays(dt.date(*date))] == names


def test_the_page_says_which_holiday_is_not_announced(client, village):
    activity = weekly(
        village,
        SPRING_FESTIVAL - dt.timedelta(days=7),
        3,
        registration_mode=RegistrationMode.WHOLE_RUN,
    )
    assert "春节的放假安排还没有公布，那几天可能改期，报了名的会收到通知。" in page(
        client, activity
    )


def test_who_just_comes_is_asked_to_look_again(client, village):
    activity = weekly(village, SPRING_FESTIVAL - dt.timedelta(days=7), 2)
    assert "去以前请再看一看" in page(client, activity)


@pytest.mark.parametrize(
    "fields",
    [
        {"skip_public_holidays": False},
        {"repeat": Repeat.NONE, "repeat_count": None},
        # she wrote the day of the festival herself
        {"schedule_changes": [change(ChangeKind.NOTE, SPRING_FESTIVAL, note="写春联")]},
        {"schedule_changes": [change(ChangeKind.CANCEL, SPRING_FESTIVAL)]},
        {"repeat_count": 1},
    ],
)
def test_nothing_is_said_where_the_date_stands(client, village, fields):
    first = SPRING_FESTIVAL - dt.timedelta(days=7)
    activity = weekly(village, first, **{"repeat_count": 2} | fields)
    assert "放假安排" not in page(client, activity)


def test_once_the_year_is_known_nothing_is_said(client, village):
    activity = weekly(village, dt.date(2026, 12, 1), 3)
    assert "放假安排" not in page(client, activity)
