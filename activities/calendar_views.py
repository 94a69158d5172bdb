"""The calendar as a list, a month and a week: public pages, one form for all."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.calendar_counts import shown
from activities.calendar_days import (
    DAY,
    LAST_YEAR,
    Span,
    month_of,
    next_month,
    previous_month,
    week_of,
    weekend_of,
)
from activities.calendar_forms import CalendarForm
from activities.calendar_grid import Day, days_of, weeks_of
from activities.calendar_links import CalendarLinks
from activities.calendar_lists import grouped
from activities.models import Session
from activities.querysets import SessionQuerySet
from activities.rows import rows
from activities.wording import join_words
from home.dates import month_short, month_year
from home.public_pages import PLACES_SECONDS, public_page
from home.theme_badge import theme_badge
from home.vocabulary import Theme

PAGE_SIZE = 20
MOST_IN_CELL = 3
MOST_IN_WEEKDAY = 6
# paper has no link to the rest of a day
MOST_ON_PAPER = 12


@require_safe
@public_page(PLACES_SECONDS)
def calendar_list(request):
    """What is coming, or the days from `from` to `to`, twenty a page."""
    now = timezone.now()
    form = CalendarForm(request.GET, at=now)
    links = CalendarLinks(form)
    today = timezone.localdate(now)
    listed = _listed(form, now)
    counts = shown(listed, at=now)
    page = _page(form, listed, counts.total)
    around = Span(form.first or today, form.first or today)
    context = {
        "page": page,
        "counts": counts,
        "groups": grouped(rows(page.object_list, at=now), _asked(form)),
        "chips": _chips(form, links, today),
        "other_views": _other_views(links, around, but="list"),
        "paper_url": _absolute(links.asked()),
    }
    return _show(request, "calendar", form, context)


@require_safe
@public_page(PLACES_SECONDS)
def calendar_month(request):
    """A month as a table; a list of its days on phones."""
    now = timezone.now()
    form = CalendarForm(request.GET, at=now)
    links = CalendarLinks(form)
    today = timezone.localdate(now)
    month = month_of(form.month or form.week or form.first or today)
    sessions = _sessions(form)
    days = days_of(month, sessions, at=now, most=MOST_ON_PAPER)
    earlier, later = previous_month(month.first), next_month(month.first)
    context = {
        "month": month,
        "weeks": [
            [_cell(day, links, MOST_IN_CELL) for day in week] for week in weeks_of(days)
        ],
        "weekdays": week_of(month.first).days,
        "counts": shown(sessions.between(month.start, month.end), at=now),
        "themes": [theme_badge(theme) for theme in Theme.values],
        "earlier": Step(links.month(earlier), _month_name(earlier, month.first)),
        "later": Step(links.month(later), _month_name(later, month.first)),
        "now_url": links.month(today),
        "past": [
            day.date for day in days if day.count and day.date < today <= month.last
        ],
        "other_views": _other_views(links, month, but="month"),
        "paper_url": _absolute(links.month(month.first)),
    }
    return _show(request, "calendar_month", form, context)


@require_safe
@public_page(PLACES_SECONDS)
def calendar_week(request):
    """Seven days, each with its first sessions."""
    now = timezone.now()
    form = CalendarForm(request.GET, at=now)
    links = CalendarLinks(form)
    today = timezone.localdate(now)
    week = week_of(form.week or form.first or form.month or today)
    sessions = _sessions(form)
    days = days_of(week, sessions, at=now, most=MOST_ON_PAPER)
    cells = [_cell(day, links, MOST_IN_WEEKDAY) for day in days]
    context = {
        "week": week,
        "past": [cell for cell in cells if cell.is_past(today, week)],
        "days": [cell for cell in cells if not cell.is_past(today, week)],
        "strip": [_strip_day(day, today) for day in days],
        "counts": shown(sessions.between(week.start, week.end), at=now),
        "earlier": Step(links.week(week.first - DAY), _("上一周")),
        "later": Step(links.week(week.last + DAY), _("下一周")),
        "now_url": links.week(today),
        "other_views": _other_views(links, week, but="week"),
        "paper_url": _absolute(links.week(week.first)),
    }
    return _show(request, "calendar_week", form, context)


@dataclass(frozen=True)
class Step:
    """A link to another stretch of time."""

    url: str
    label: str


@dataclass(frozen=True)
class Cell:
    """A day of the month or week with the address of its whole list.

    `most` of its lines are shown on a screen, and all there are on paper.
    """

    day: Day
    url: str
    most: int

    @property
    def more(self) -> int:
        """How many of the day a screen does not show."""
        return max(self.day.count - self.most, 0)

    def is_past(self, today: dt.date, shown: Span) -> bool:
        """Over, where `shown` still has days to come."""
        return self.day.date < today <= shown.last


def _month_name(day: dt.date, shown: dt.date) -> str:
    return month_short(day) if day.year == shown.year else month_year(day)


def _cell(day: Day | None, links: CalendarLinks, most: int) -> Cell | None:
    return Cell(day, links.day(day.date), most) if day else None


def _strip_day(day: Day, today: dt.date) -> dict:
    return {
        "day": day.date,
        "count": day.count,
        "url": f"#day-{day.date:%Y-%m-%d}",
        "current": day.date == today,
    }


def _asked(form: CalendarForm) -> Span | None:
    return Span(form.first, form.last) if form.first and form.last else None


def _sessions(form: CalendarForm) -> SessionQuerySet:
    return form.narrowed(Session.objects.public())


def _listed(form: CalendarForm, now: dt.datetime) -> SessionQuerySet:
    sessions = _sessions(form)
    day = form.first or form.week or form.month
    if form.last or day:
        first = day or timezone.localdate(now)
        last = form.last or dt.date(LAST_YEAR, 12, 31)
        span = Span(first, last)
        return sessions.between(span.start, span.end)
    return sessions.upcoming(now)


def _page(form: CalendarForm, sessions: SessionQuerySet, count: int) -> Page:
    paginator = Paginator(sessions.with_activity(), PAGE_SIZE)
    paginator.count = count  # counted already
    asked = form.data.get("page", "1")
    # a page before the first is the first, not the last
    page = paginator.get_page(1 if asked.startswith("-") or asked == "0" else asked)
    if asked != str(page.number):
        form.notices.append(
            _("没有第“%(asked)s”页，下面是第%(number)d页。")
            % {"asked": asked[:20], "number": page.number}
        )
    return page


def _chips(form: CalendarForm, links: CalendarLinks, today: dt.date) -> list[dict]:
    """The choices most people make, one press each."""
    weekend = weekend_of(today)
    asked = (form.first, form.last)
    only_open = bool(form.data.get("open"))
    return [
        {
            "label": _("全部"),
            "url": reverse("calendar"),
            "current": not (form.kept() or any(asked)),
        },
        {
            "label": _("今天"),
            "url": links.day(today),
            "current": asked == (today, today),
        },
        {
            "label": _("本周末"),
            "url": links.list(weekend),
            "current": asked == (weekend.first, weekend.last),
        },
        {"label": _("能报名的"), "url": links.only_open(), "current": only_open},
    ]


def _other_views(links: CalendarLinks, span: Span, *, but: str) -> list[dict]:
    """The same days and filters in the two other views."""
    views = [
        ("list", links.list(span), "list", _("看列表")),
        ("week", links.week(span.first), "grid", _("看一周")),
        ("month", links.month(span.first), "calendar", _("看月历")),
    ]
    return [
        {"url": url, "icon": icon, "label": label}
        for name, url, icon, label in views
        if name != but
    ]


def _absolute(path: str) -> str:
    """With host: paper is read away from the site."""
    return settings.BASE_URL.rstrip("/") + path


def _show(request, name: str, form: CalendarForm, context: dict):
    words = [each.words for each in form.filters]
    shared = {
        "calendar_form": form,
        "place": form.place,
        "selects": form.place.selects(),
        "notices": form.notices,
        "summary": join_words(words) if words else _("全部活动"),
        "is_narrowed": bool(words),
        "reset_url": reverse(name),
        "subscribe_url": CalendarLinks(form).subscribe(),
        "title_words": join_words(words),
    }
    return render(request, f"activities/{name}.html", shared | context)
