"""Addresses between the calendar's views: the filters go along, dates change."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from activities.calendar_days import Span
from activities.calendar_forms import CalendarForm


@dataclass(frozen=True)
class CalendarLinks:
    """Every address can be sent to somebody else and shows the same."""

    form: CalendarForm

    def list(self, span: Span | None = None) -> str:
        """The list, of these days if `span` is given, else from now on."""
        days = [("from", span.first), ("to", span.last)] if span else []
        return self._to("calendar", days)

    def asked(self) -> str:
        """The list as it was asked for."""
        days = [("from", self.form.first), ("to", self.form.last)]
        return self._to("calendar", [pair for pair in days if pair[1]])

    def day(self, day: dt.date) -> str:
        return self.list(Span(day, day))

    def month(self, day: dt.date) -> str:
        """The month of `day`."""
        return self._to("calendar_month", [("month", f"{day:%Y-%m}")])

    def week(self, day: dt.date) -> str:
        """The week of `day`."""
        year, number, _weekday = day.isocalendar()
        return self._to("calendar_week", [("week", f"{year}-W{number:02}")])

    def only_open(self) -> str:
        """The list of what one can still register for."""
        kept = [pair for pair in self.form.kept() if pair[0] != "open"]
        return _address("calendar", [*kept, ("open", "1")])

    def subscribe(self) -> str:
        """Where the calendar of the chosen place is subscribed to."""
        place = [pair for pair in self.form.kept() if pair[0] == "place"]
        return _address("subscribe", place)

    def _to(self, name: str, dates: list) -> str:
        return _address(name, [*self.form.kept(), *dates])


def _address(name: str, pairs: list) -> str:
    return f"{reverse(name)}?{urlencode(pairs)}" if pairs else reverse(name)
