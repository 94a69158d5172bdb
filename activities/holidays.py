"""Holidays of a year that are not announced yet: which dates may still go.

The State Council says late in the year which days of the next are off. A schedule
that leaves public holidays out was planned without knowing; whoever reads it is
told so, about dates near a holiday that comes every year.
"""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lunardate import LunarDate

from activities.models import Session
from activities.schedule import is_public_holiday
from activities.states import SessionStatus
from activities.vocabulary import RegistrationMode, Repeat
from home.dates import SHANGHAI

DAY = dt.timedelta(days=1)
# Name, month and day, and how many days before and after have ever been off.
SOLAR = (
    (gettext_lazy("元旦"), 1, 1, 0, 2),
    (gettext_lazy("清明节"), 4, 5, 2, 2),
    (gettext_lazy("劳动节"), 5, 1, 2, 4),
    (gettext_lazy("国庆节"), 10, 1, 2, 7),
)
LUNAR = (
    (gettext_lazy("春节"), 1, 1, 2, 8),
    (gettext_lazy("端午节"), 5, 5, 2, 2),
    (gettext_lazy("中秋节"), 8, 15, 2, 2),
)


def holiday_note(activity, sessions: list[Session], *, at: dt.datetime) -> str:
    """What to expect of the dates that may turn out to be holidays; "" for none."""
    if activity.repeat == Repeat.NONE or not activity.skip_public_holidays:
        return ""
    written = _written_by_hand(activity)
    names = []
    for session in sessions:
        is_over = session.ends_at <= at or session.status == SessionStatus.CANCELLED
        if is_over or session.original_date in written:
            continue
        names += near_holidays(session.original_date)
    if not names:
        return ""
    words = {"holidays": _("、").join(str(name) for name in dict.fromkeys(names))}
    if activity.registration_mode == RegistrationMode.NONE:
        text = _("%(holidays)s的放假安排还没有公布，那几天可能改期，去以前请再看一看。")
    else:
        text = _(
            "%(holidays)s的放假安排还没有公布，那几天可能改期，报了名的会收到通知。"
        )
    return text % words


def near_holidays(date: dt.date) -> Iterator[str]:
    """The holidays `date` may turn out to be part of; none once the year is known."""
    if is_public_holiday(date) is not None:
        return
    for name, day, before, after in _holidays_of(date.year):
        if day - before * DAY <= date <= day + after * DAY:
            yield name


def _holidays_of(year: int) -> Iterator[tuple]:
    for name, month, day, before, after in SOLAR:
        yield name, dt.date(year, month, day), before, after
    for name, month, day, before, after in LUNAR:
        yield name, LunarDate(year, month, day).to_solar_date(), before, after


def _written_by_hand(activity) -> set[dt.date]:
    """Dates the editor wrote down herself: they stand, holiday or not."""
    first = activity.starts_at and activity.starts_at.astimezone(SHANGHAI).date()
    return {first, *(block.value["date"] for block in activity.schedule_changes)}
