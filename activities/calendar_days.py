"""Days, weeks and months of the calendar, in the time zone of the site."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)
# Outside these years dates in addresses are slips: the lunar table ends there too.
FIRST_YEAR, LAST_YEAR = 2000, 2098


@dataclass(frozen=True)
class Span:
    """Whole days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def start(self) -> dt.datetime:
        """The aware moment the first day begins."""
        return day_start(self.first)

    @property
    def end(self) -> dt.datetime:
        """The aware moment after the last day."""
        return day_start(self.last + DAY)

    @property
    def days(self) -> list[dt.date]:
        count = (self.last - self.first).days + 1
        return [self.first + n * DAY for n in range(count)]


def day_start(day: dt.date) -> dt.datetime:
    """Midnight of `day` in the site's time zone, aware."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def local_day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()


def week_of(day: dt.date) -> Span:
    """Monday to Sunday around `day`."""
    monday = day - dt.timedelta(days=day.weekday())
    return Span(monday, monday + 6 * DAY)


def weekend_of(day: dt.date) -> Span:
    """Saturday and Sunday of the week of `day`."""
    week = week_of(day)
    return Span(week.last - DAY, week.last)


def month_of(day: dt.date) -> Span:
    first = day.replace(day=1)
    return Span(first, next_month(first) - DAY)


def next_month(day: dt.date) -> dt.date:
    """The first day of the month after that of `day`."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def previous_month(day: dt.date) -> dt.date:
    """The first day of the month before that of `day`."""
    return (day.replace(day=1) - DAY).replace(day=1)


def is_sensible(day: dt.date) -> bool:
    """A day the calendar shows; others are slips of the pen."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
