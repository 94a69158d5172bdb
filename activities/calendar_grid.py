"""The sessions of some days, day by day, with at most a few of each.

A county has days with hundreds of sessions; the database picks the first few of each
day and counts the rest, so a month costs the same however full it is.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Window
from django.db.models.functions import RowNumber, TruncDate

from activities.calendar_days import Span, local_day
from activities.querysets import SessionQuerySet
from activities.rows import Row, rows


@dataclass(frozen=True)
class Day:
    """One day: its first sessions as rows, and how many there are in all."""

    date: dt.date
    rows: list[Row]
    count: int

    @property
    def more(self) -> int:
        """How many are not among `rows`."""
        return self.count - len(self.rows)


def days_of(
    span: Span, sessions: SessionQuerySet, *, at: dt.datetime, most: int
) -> list[Day]:
    """Every day of `span` in order, with the first `most` of its sessions.

    Four queries: which sessions, their rows, names of places, translations.
    """
    counts = _first_of_each_day(sessions.between(span.start, span.end), most)
    picked = list(sessions.model.objects.filter(pk__in=counts).with_activity())
    found = {day: [] for day in span.days}
    for session, line in zip(picked, rows(picked, at=at), strict=True):
        found[local_day(session.starts_at)].append((counts[session.pk], line))
    return [_day(day, found[day]) for day in span.days]


def weeks_of(days: list[Day]) -> list[list[Day | None]]:
    """`days` in rows from Monday to Sunday; None where another month begins."""
    before = [None] * days[0].date.weekday()
    after = [None] * (6 - days[-1].date.weekday())
    cells = [*before, *days, *after]
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def _first_of_each_day(sessions: SessionQuerySet, most: int) -> dict[int, int]:
    """How many sessions its day has, by the key of each session that is shown.

    Keys only: sorting whole rows with their activities took three times as long.
    """
    day = TruncDate("starts_at")
    order = Window(RowNumber(), partition_by=[day], order_by=["starts_at", "pk"])
    numbered = sessions.order_by().annotate(
        place_in_day=order, on_day=Window(Count("*"), partition_by=[day])
    )
    return dict(numbered.filter(place_in_day__lte=most).values_list("pk", "on_day"))


def _day(date: dt.date, lines: list) -> Day:
    count = lines[0][0] if lines else 0
    return Day(date, [line for _count, line in lines], count)
