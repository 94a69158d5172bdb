"""A page of the list, cut at the days people think in: today, this week, later."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from activities.calendar_days import DAY, Span, local_day, week_of, weekend_of
from activities.rows import Row
from home.dates import full_date, month_day, month_year


@dataclass
class Group:
    title: str
    rows: list[Row] = field(default_factory=list)


def grouped(rows: list[Row], asked: Span | None = None) -> list[Group]:
    """`rows` in their order under headings that say which days they are of.

    They are of no other days than `asked`.
    """
    today = timezone.localdate()
    groups: list[Group] = []
    for row in rows:
        title = heading(local_day(row.starts_at), today, asked)
        if not groups or groups[-1].title != title:
            groups.append(Group(title))
        groups[-1].rows.append(row)
    return groups


def heading(day: dt.date, today: dt.date, asked: Span | None = None) -> str:
    """今天 · 11月22日 周日; 这一周 · 23日到29日; later days by month."""
    if day == today:
        return _("今天 · %(day)s") % {"day": full_date(day)}
    week = week_of(today)
    if asked == weekend_of(today) and day > today:
        first = max(asked.first, today + DAY)
        return _span_heading(_("本周末"), Span(first, asked.last))
    if today < day <= week.last:
        return _span_heading(_("这一周"), Span(today + DAY, week.last))
    if week.last < day <= week.last + 7 * DAY:
        return _span_heading(_("下一周"), Span(week.last + DAY, week.last + 7 * DAY))
    return month_year(day)


def _span_heading(name: str, span: Span) -> str:
    if span.first == span.last:
        return _("%(name)s · %(day)s") % {"name": name, "day": full_date(span.first)}
    words = {
        "name": name,
        "first": month_day(span.first),
        "last": month_day(span.last),
    }
    return _("%(name)s · %(first)s到%(last)s") % words
