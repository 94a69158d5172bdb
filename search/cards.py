"""Hits as lines of the result list, each kind by the component of its own app."""

import dataclasses
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from activities.models import ActivityPage, Session
from activities.rows import rows
from courses_catalog.lines import CourseLine
from courses_catalog.models import Course, Resource, Series, Teacher
from home.languages import foreign
from home.levels import Level
from home.models import NetworkNodePage
from home.theme_badge import theme_badge
from search.engines.base import Hit
from search.facets import Kind
from search.highlight import highlight
from search.query import Words

# Each kind has its page under its own name.
RECORDS = {
    Kind.COURSE: Course,
    Kind.RESOURCE: Resource,
    Kind.SERIES: Series,
    Kind.TEACHER: Teacher,
}


@dataclass(frozen=True)
class Card:
    """`template` shows `line`, whose shape is that template's."""

    template: str
    line: object


@dataclass(frozen=True)
class PlaceLine:
    url: str
    title: SafeString
    language: str
    level: str
    place: str
    address: str


def cards(hits: list[Hit], queries: list[Words], language: str) -> list[Card]:
    """In the order of `hits`. What was deleted since it was indexed is passed over.

    However many hits: one query for places, one for records, five for activities.
    """
    found = {
        **_activities(_of(hits, Kind.ACTIVITY), queries, language),
        **_records([hit for hit in hits if hit.kind in RECORDS], queries, language),
        **_places(_of(hits, Kind.PLACE), queries, language),
    }
    return [found[hit.key] for hit in hits if hit.key in found]


def _of(hits: list[Hit], kind: Kind) -> list[Hit]:
    return [hit for hit in hits if hit.kind == kind]


def _activities(hits, queries, language) -> dict[str, Card]:
    if not hits:
        return {}
    now = timezone.now()
    keys = {hit.object_id: hit.key for hit in hits}
    sessions = list(_next_sessions(list(keys), now).with_activity())
    lines = rows(sessions, at=now, language=language)
    return {
        keys[session.activity_id]: Card(
            "components/event_row.html",
            dataclasses.replace(line, title=highlight(line.title, *queries)),
        )
        for session, line in zip(sessions, lines, strict=True)
    }


def _next_sessions(activity_ids: list[int], now):
    """Of each activity the meeting to come next, or the last one there was."""
    public = Session.objects.public().filter(activity=OuterRef("pk"))
    coming = public.scheduled().upcoming(now).order_by("starts_at", "pk")
    past = public.order_by("-starts_at", "-pk")
    chosen = (
        ActivityPage.objects.live()
        .filter(pk__in=activity_ids)
        .annotate(
            shown=Coalesce(
                Subquery(coming.values("pk")[:1]), Subquery(past.values("pk")[:1])
            )
        )
    )
    return Session.objects.filter(pk__in=chosen.values("shown"))


def _records(hits, queries, language) -> dict[str, Card]:
    """One query for all kinds the catalogue keeps."""
    if not hits:
        return {}
    first, *others = [
        model.objects.public()
        .filter(pk__in=[hit.object_id for hit in hits if hit.kind == kind])
        .values_list(Value(str(kind)), "pk", "title", "summary", "owner_node__title")
        for kind, model in RECORDS.items()
    ]
    found = {tuple(row[:2]): row[2:] for row in first.union(*others, all=True)}
    return {
        hit.key: Card(
            "courses_catalog/course_row.html", _record(hit, row, queries, language)
        )
        for hit in hits
        if (row := found.get((hit.kind, hit.object_id)))
    }


def _record(hit: Hit, row, queries, language) -> CourseLine:
    title, summary, owner = row
    return CourseLine(
        kind=str(RECORDS[hit.kind]._meta.verbose_name),
        url=reverse(hit.kind, args=[hit.object_id]),
        title=highlight(title, *queries),
        language=foreign(hit.language, language),
        theme=theme_badge(hit.theme),
        summary=highlight(summary, *queries),
        owner=owner,
    )


def _places(hits, queries, language) -> dict[str, Card]:
    if not hits:
        return {}
    pages = NetworkNodePage.objects.live().select_related("locale")
    pages = pages.in_bulk([hit.object_id for hit in hits])
    return {
        hit.key: Card("search/place_row.html", _place(page, hit, queries, language))
        for hit in hits
        if (page := pages.get(hit.object_id))
    }


def _place(page, hit: Hit, queries, language) -> PlaceLine:
    return PlaceLine(
        url=page.url,
        title=highlight(page.title, *queries),
        language=foreign(hit.language, language),
        level=str(Level(page.level).label),
        place=hit.place,
        address=page.address,
    )
