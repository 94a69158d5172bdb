import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from activities.vocabulary import Repeat
from activities.wording import repeat_line

# 8 December 2026: the second Tuesday of its month
TUESDAY = dt.datetime(2026, 12, 8, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def schedule(repeat, interval=1, count=None, weekdays=(), starts_at=TUESDAY):
    return SimpleNamespace(
        repeat=repeat,
        interval=interval,
        repeat_count=count,
        weekdays=list(weekdays),
        starts_at=starts_at,
    )


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
