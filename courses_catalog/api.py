"""The catalogue in the JSON API: what is published for everybody, and nothing else."""

import datetime as dt

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Path, Query, Router, Schema
from pydantic import Field

from courses_catalog.media import medium
from courses_catalog.models import Course, Resource, Series, Teacher
from courses_catalog.related import courses_of_series, resources_of
from courses_catalog.views import shown_record
from courses_catalog.vocabulary import (
    LearningLevel,
    Licence,
    ResourceKind,
    SeriesAward,
    TeacherOrigin,
)
from home.api_base import (
    MANY,
    ONE,
    Key,
    LanguageQuery,
    Listing,
    ListQuery,
    Named,
    PlaceRef,
    absolute,
    all_named,
    check_names,
    language_of,
    listing,
    named,
    place_of,
    within,
)
from home.network import names_of
from home.vocabulary import Audience, Theme


class RecordQuery(ListQuery):
    theme: list[Theme] = Field([], description="Any of these themes.")
    audience: list[Audience] = Field([], description="Meant for any of these.")
    level: list[LearningLevel] = Field([], description="Any of these levels.")


class ResourceQuery(RecordQuery):
    kind: list[ResourceKind] = Field([], description="Any of these kinds.")


class Record(Schema):
    id: int
    title: str
    summary: str
    language: str = Field(description="The language title and summary are in.")
    theme: Named | None
    audiences: list[Named] = Field(description="Empty: for everybody.")
    tags: list[str]
    level: Named | None
    hours: float | None
    licence: Named | None
    contributor: str
    identifier: str
    owner: PlaceRef
    published_at: dt.datetime | None
    url: str = Field(description="The page for people.")


class Source(Schema):
    """The platform that made the record."""

    name: str
    url: str = Field(description="Where it stands there.")
    rights: str = Field(description="Its terms, where they are no known licence.")


class CourseRecord(Record):
    source: Source | None = Field(description="None for one of our own.")
    lessons: list[str] = Field(description="The syllabus, one line a lesson.")


class ResourceRecord(Record):
    source: Source | None = Field(description="None for one of our own.")
    kind: Named | None
    minutes: int | None
    is_free: bool
    isbn: str
    link: str = Field(description="An address elsewhere.")
    file_url: str = Field(description="The file kept here.")
    media_type: str


class SeriesRecord(Record):
    award: Named | None


class TeacherRecord(Record):
    origin: Named | None
    introduction: str
    can_be_borrowed: bool


class Link(Schema):
    id: int
    title: str


class CourseDetail(CourseRecord):
    resources: list[Link]


class SeriesDetail(SeriesRecord):
    courses: list[Link]


def _source(held) -> dict | None:
    if not held.source:
        return None
    return {
        "name": held.source,
        "url": held.source_link,
        "rights": held.source_rights,
    }


def _course(record, held) -> dict:
    return {"source": _source(held), "lessons": record.lessons}


def _resource(record, held) -> dict:
    known = medium(held)
    address = reverse("resource_file", args=[held.pk]) if held.file else ""
    return {
        "source": _source(held),
        "kind": named(ResourceKind, held.kind),
        "minutes": held.duration,
        "is_free": held.is_free,
        "isbn": held.isbn,
        "link": held.link,
        "file_url": absolute(address),
        "media_type": known.media_type,
    }


def _series(record, held) -> dict:
    return {"award": named(SeriesAward, held.award)}


def _teacher(record, held) -> dict:
    return {
        "origin": named(TeacherOrigin, held.origin),
        "introduction": record.introduction,
        "can_be_borrowed": held.can_be_borrowed,
    }


OWN = {Course: _course, Resource: _resource, Series: _series, Teacher: _teacher}


def _course_parts(course) -> dict:
    return {"resources": _links(resources_of(course))}


def _series_parts(series) -> dict:
    return {"courses": _links(courses_of_series(series))}


def _links(records) -> list[dict]:
    return [{"id": record.pk, "title": record.title} for record in records]


def _nothing(record) -> dict:
    return {}


def _router(model, name: str, query_type, line, detail, parts) -> Router:
    router = Router(tags=[name])

    @router.get(
        "",
        response={200: Listing[line], **MANY},
        summary=f"Public {name}",
        operation_id=f"list_{name}",
    )
    def records(request, query: Query[query_type]):
        check_names(request, query)
        found = _narrowed(model.objects.shown_in(get_language()), query)
        found = found.select_related("owner_node", "locale").order_by("title", "pk")
        return listing(request, query, found, _shown)

    @router.get(
        "/{pk}",
        response={200: detail, **ONE},
        summary="One of them",
        operation_id=f"one_of_{name}",
    )
    def record(request, pk: Path[Key], query: Query[LanguageQuery]):
        check_names(request, query)
        found = shown_record(model, pk, get_language())
        return {**_shown([found])[0], **parts(found)}

    return router


ROUTERS = {
    name: _router(model, name, *types)
    for name, model, *types in (
        ("courses", Course, RecordQuery, CourseRecord, CourseDetail, _course_parts),
        (
            "resources",
            Resource,
            ResourceQuery,
            ResourceRecord,
            ResourceRecord,
            _nothing,
        ),
        ("series", Series, RecordQuery, SeriesRecord, SeriesDetail, _series_parts),
        ("teachers", Teacher, RecordQuery, TeacherRecord, TeacherRecord, _nothing),
    )
}


def _narrowed(found, query: RecordQuery):
    if query.place:
        path = place_of(query.place).path
        found = found.filter(owner_node__path__range=within(path))
    if query.theme:
        found = found.filter(theme__in=query.theme)
    if query.level:
        found = found.filter(level__in=query.level)
    if getattr(query, "kind", None):
        found = found.filter(kind__in=query.kind)
    if query.audience:
        # a list is kept as text in one database and as JSON in the other
        found = found.alias(audience_text=Cast("audiences", TextField()))
        wanted = Q()
        for each in query.audience:
            wanted |= Q(audience_text__contains=f'"{each.value}"')
        found = found.filter(wanted)
    return found


def _shown(records: list) -> list[dict]:
    """In a fixed number of queries: what a record holds may hang on its original."""
    if not records:
        return []
    model = type(records[0])
    keys = [record.translation_key for record in records]
    versions = model.objects.filter(translation_key__in=keys).with_parts()
    originals = {each.translation_key: each for each in versions.order_by("-pk")}
    for record in records:
        record.original = originals[record.translation_key]
    names = names_of(record.original.owner_node.path for record in records)
    return [_record(each, each.original, names) for each in records]


def _record(record, held, names: dict) -> dict:
    owner = held.owner_node
    at = held.last_published_at
    return {
        "id": record.pk,
        "title": record.title,
        "summary": record.summary,
        "language": language_of(record),
        "theme": named(Theme, held.theme),
        "audiences": all_named(Audience, held.audiences),
        "tags": held.tag_names,
        "level": named(LearningLevel, held.level),
        "hours": held.hours,
        "licence": named(Licence, held.licence),
        "contributor": held.contributor,
        "identifier": held.identifier,
        "owner": {"id": owner.pk, "name": names.get(owner.path, owner.title)},
        "published_at": timezone.localtime(at) if at else None,
        "url": absolute(record.get_absolute_url()),
        **OWN[type(record)](record, held),
    }
