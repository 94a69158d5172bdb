import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from activities.vocabulary import ChangeKind, Repeat
from activities.wording import repeat_line
from tests.factories.activities import change

# 8 December 2026: the second Tuesday of its month
TUESDAY = dt.datetime(2026, 12, 8, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def schedule(
    repeat, interval=1, count=None, weekdays=(), starts_at=TUESDAY, changes=()
):
    return SimpleNamespace(
        repeat=repeat,
        interval=interval,
        repeat_count=count,
        weekdays=list(weekdays),
        starts_at=starts_at,
        duration_minutes=90,
        repeat_until=None,
        skip_public_holidays=False,
        schedule_changes=[SimpleNamespace(value=row) for _type, row in changes],
    )


def week(number) -> dt.date:
    return TUESDAY.date() + dt.timedelta(weeks=number)


@pytest.mark.parametrize(
    ("activity", "chinese", "english"),
    [
        (schedule(Repeat.NONE), "", ""),
        (
            schedule(Repeat.MONTHLY),
            "每月第2个周二",
            "every month on the second Tuesday",
        ),
        (
            schedule(Repeat.MONTHLY, interval=2),
            "每2个月的第2个周二",
            "every 2 months on the second Tuesday",
        ),
        (
            schedule(Repeat.MONTHLY, starts_at=TUESDAY + dt.timedelta(days=21)),
            "每月最后一个周二",
            "every month on the last Tuesday",
        ),
        (
            schedule(Repeat.WEEKLY, weekdays=[3, 1]),
            "每周二、周四",
            "every Tuesday, Thursday",
        ),
        (schedule(Repeat.WEEKLY, interval=2), "每2周的周二", None),
        (schedule(Repeat.DAILY, count=3), "每天，共3次", None),
    ],
)
def test_a_rhythm_is_said_as_a_clerk_would(activity, chinese, english):
    assert repeat_line(activity) == chinese
    with translation.override("en"):
        said = repeat_line(activity)
    if english is not None:
        assert said.startswith(english)
    assert "每" not in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], "每周二，共6次"),
        ([change(ChangeKind.CANCEL, week(2))], "每周二，共5次"),
        ([change(ChangeKind.SKIP, week(2))], "每周二，共6次"),
        ([change(ChangeKind.MOVE, week(2), venue="大厅")], "每周二，共6次"),
        ([change(ChangeKind.EXTRA, week(9))], "每周二，共7次"),
        ([change(ChangeKind.CANCEL, week(n)) for n in range(6)], "每周二"),
    ],
)
def test_a_date_that_does_not_take_place_does_not_count(changes, said):
    activity = schedule(Repeat.WEEKLY, count=6, changes=changes)
    assert repeat_line(activity) == said


def test_the_rows_say_it_where_they_were_counted():
    assert repeat_line(schedule(Repeat.WEEKLY, count=6), count=4) == "每周二，共4次"
