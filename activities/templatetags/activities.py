"""What is on, for templates of other apps: a few lines, a week, five themes.

`node` may be None: the whole network. Each tag asks for sessions once; the lines of
`coming_activities` name their places with one query more.
"""

import datetime as dt
from dataclasses import dataclass

from django import template
from django.db.models import Count
from django.db.models.functions import Substr, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from activities.calendar_days import DAY, Span
from activities.models import Session
from activities.rows import Row, rows, theme_badge
from home.models import NetworkNodePage
from home.vocabulary import Theme

register = template.Library()

MONTH = dt.timedelta(days=30)


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
        _public(node)
        .scheduled()
        .between(span.start, span.end)
        .order_by()
        .values_list(TruncDate("starts_at"))
        .annotate(Count("pk"))
    )
    return [
        DayCount(day, counts.get(day, 0), _link(node, day), day == today)
        for day in span.days
    ]


@register.simple_tag
def theme_counts(node) -> list[ThemeCount]:
    """The five themes with how many sessions each has in the next 30 days."""
    now = timezone.now()
    counts = dict(
        _public(node)
        .scheduled()
        .between(now, now + MONTH)
        .order_by()
        .values_list("theme")
        .annotate(Count("pk"))
    )
    return [_tile(node, theme, counts.get(theme.value, 0)) for theme in Theme]


def _public(node):
    sessions = Session.objects.public()
    return sessions if node is None else sessions.under(node)


def _tile(node, theme: Theme, count: int) -> ThemeCount:
    badge = theme_badge(theme.value)
    url = _calendar(node, theme=theme.value)
    return ThemeCount(badge.slug, badge.mark, badge.label, count, url)


def _link(node, day: dt.date) -> str:
    return _calendar(node, **{"from": day, "to": day})


def _calendar(node, **query) -> str:
    if node is not None:
        query = {"place": node.pk, **query}
    return f"{reverse('calendar')}?{urlencode(query)}"
