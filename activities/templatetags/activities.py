"""What is on, for templates of other apps: a few lines, a week, five themes.

`node` may be None: the whole network. Each tag asks for sessions once; the lines of
`coming_activities` name their places with one query more.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django import template
from django.db.models import Count, Q
from django.db.models.functions import Substr, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from activities.calendar_days import DAY, Span
from activities.models import Session
from activities.rows import Row, rows
from home.models import NetworkNodePage
from home.theme_badge import theme_badge
from home.vocabulary import Theme

register = template.Library()


@dataclass(frozen=True)
class DayCount:
    """One day of components/week.html."""

    day: dt.date
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class ThemeCount:
    """One tile: the badge's own words beside the count of the next 30 days."""

    slug: str
    mark: str
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Counts:
    """A week of one place, and the themes of another in the next 30 days."""

    days: list[DayCount]
    themes: list[ThemeCount]


@register.simple_tag
def coming_activities(node, count=6, within=None) -> list[Row]:
    """The next `count` sessions at `node` and below, as rows for event_row.html.

    On the page of a node, `within` is that node: lines do not repeat its name.
    """
    now = timezone.now()
    sessions = _public(node).upcoming(now).with_activity()[: int(count)]
    return rows(sessions, at=now, within=within)


@register.simple_tag
def coming_counts(node) -> dict[str, int]:
    """How many activities are still to come at and below each child of `node`, by
    the child's tree path; for `count_at`. Children without any are left out."""
    child = Substr("node_path", 1, len(node.path) + NetworkNodePage.steplen)
    counts = (
        _public(node)
        .exclude(node_path=node.path)
        .scheduled()
        .upcoming(timezone.now())
        .order_by()
        .values_list(child)
        .annotate(Count("activity", distinct=True))
    )
    return dict(counts)


@register.filter
def count_at(counts, node) -> int:
    """The number `coming_counts` found for `node`."""
    return (counts or {}).get(node.path, 0)


@register.simple_tag
def week_strip(node) -> list[DayCount]:
    """Today and the six days after, with how many sessions each has."""
    today = timezone.localdate()
    span = Span(today, today + 6 * DAY)
    counts = dict(
        _scheduled(node, span).values_list(TruncDate("starts_at")).annotate(Count("pk"))
    )
    return _week(node, today, counts)


@register.simple_tag
def home_counts(near, around=None) -> Counts:
    """The week of `near` and the themes of `around`, a place above it or itself.

    In one query, since the home page shows both.
    """
    around = around or near
    today = timezone.localdate()
    of_near = Q(pk__gt=0) if near is None else Q(node_path__startswith=near.path)
    rows = (
        _scheduled(around, Span(today, today + 29 * DAY))
        .values_list(TruncDate("starts_at"), "theme")
        .annotate(count=Count("pk"), near=Count("pk", filter=of_near))
    )
    days, themes = Counter(), Counter()
    for day, theme, count, count_near in rows:
        days[day] += count_near
        themes[theme] += count
    last = today + 29 * DAY
    tiles = [_tile(around, theme, themes[theme.value], last) for theme in Theme]
    return Counts(_week(near, today, days), tiles)


def _scheduled(node, span: Span):
    sessions = _public(node).scheduled().between(span.start, span.end)
    # what is over today is nothing to go to
    return sessions.upcoming(timezone.now()).order_by()


def _week(node, today: dt.date, counts) -> list[DayCount]:
    days = [today + number * DAY for number in range(7)]
    return [
        DayCount(day, counts.get(day, 0), _link(node, day), day == today)
        for day in days
    ]


def _public(node):
    sessions = Session.objects.public()
    return sessions if node is None else sessions.under(node)


def _tile(node, theme: Theme, count: int, last: dt.date) -> ThemeCount:
    badge = theme_badge(theme.value)
    url = _calendar(node, theme=theme.value, to=last)
    return ThemeCount(badge.slug, badge.mark, badge.label, count, url)


def _link(node, day: dt.date) -> str:
    return _calendar(node, **{"from": day, "to": day})


def _calendar(node, **query) -> str:
    if node is not None:
        query = {"place": node.pk, **query}
    return f"{reverse('calendar')}?{urlencode(query)}"
