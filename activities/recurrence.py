"""The endless dates of a repeat: days, weeks, and weekdays of the month."""

import datetime as dt
from collections.abc import Iterator

from dateutil import rrule

from activities.vocabulary import Repeat


def dates(
    repeat: str, first: dt.date, interval: int, weekdays: frozenset[int]
) -> Iterator[dt.date]:
    """From `first` on, as RFC 5545 recurs; `repeat` is any but "only once".

    Weeks are counted from the Monday of the first date's week; without weekdays the
    first date's holds. Months take the same weekday of the same week, the fifth
    being the last.
    """
    frequency, days = {
        Repeat.DAILY: (rrule.DAILY, None),
        Repeat.WEEKLY: (rrule.WEEKLY, sorted(weekdays) or [first.weekday()]),
        Repeat.MONTHLY: (rrule.MONTHLY, _weekday_of_month(first)),
    }[Repeat(repeat)]
    moments = rrule.rrule(
        frequency,
        dtstart=dt.datetime.combine(first, dt.time()),
        interval=interval,
        wkst=rrule.MO,
        byweekday=days,
    )
    return (moment.date() for moment in moments)


def _weekday_of_month(first: dt.date) -> rrule.weekday:
    """Such as "the second Tuesday"; the fifth is the last."""
    week = (first.day - 1) // 7 + 1
    return rrule.weekday(first.weekday())(week if week < 5 else -1)
