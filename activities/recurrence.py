"""The endless dates of a repeat: days, weeks, and weekdays of the month."""

import datetime as dt
from collections.abc import Iterator
from itertools import count

from activities.vocabulary import Repeat


def dates(
    repeat: str, first: dt.date, interval: int, weekdays: frozenset[int]
) -> Iterator[dt.date]:
    """From `first` on, for ever; `repeat` is any but "only once".

    Weeks are counted from the Monday of the first date's week; without weekdays the
    first date's holds. Months take the same weekday of the same week, the fifth
    being the last.
    """
    return {
        Repeat.DAILY: _daily,
        Repeat.WEEKLY: _weekly,
        Repeat.MONTHLY: _monthly,
    }[Repeat(repeat)](first, interval, weekdays)


def _daily(first: dt.date, interval: int, weekdays) -> Iterator[dt.date]:
    return (first + dt.timedelta(days=n * interval) for n in count())


def _weekly(first: dt.date, interval: int, weekdays) -> Iterator[dt.date]:
    days = sorted(weekdays) or [first.weekday()]
    monday = first - dt.timedelta(days=first.weekday())
    for week in count(step=interval):
        for day in days:
            date = monday + dt.timedelta(weeks=week, days=day)
            if date >= first:
                yield date


def _monthly(first: dt.date, interval: int, weekdays) -> Iterator[dt.date]:
    week = (first.day - 1) // 7
    for months in count(step=interval):
        year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
        yield _weekday_of_month(year, month + 1, first.weekday(), week)


def _weekday_of_month(year: int, month: int, weekday: int, week: int) -> dt.date:
    """The weekday in the given week (0 to 3) of a month; 4 is the last one."""
    first = dt.date(year, month, 1)
    days = (weekday - first.weekday()) % 7 + 7 * week
    date = first + dt.timedelta(days=days)
    return date if date.month == month else date - dt.timedelta(weeks=1)
