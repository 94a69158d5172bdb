"""What hangs on a record, as its page shows it: public, in the reader's language.

Each function is one query. A draft that is being previewed holds its links in memory.
"""

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import get_language

from courses_catalog.models import (
    Course,
    CourseResource,
    CourseTag,
    CourseTeacher,
    Resource,
    Series,
    SeriesCourse,
    Teacher,
)

MOST_RELATED = 4
MOST_OF_A_KIND = 60


def held_by(record):
    """The record that holds what `record` shows: its original, or itself where it is
    that, perhaps with changes that are not published yet."""
    if record.pk is None or record.original.pk == record.pk:
        return record
    return record.original


def resources_of(course) -> list[Resource]:
    return _linked(Resource, held_by(course).course_resources.all(), "resource")


def teachers_of(course) -> list[Teacher]:
    return _linked(Teacher, held_by(course).course_teachers.all(), "teacher")


def courses_of_series(series) -> list[Course]:
    return _linked(Course, held_by(series).series_courses.all(), "course")


def series_with(course) -> list[Series]:
    links = SeriesCourse.objects.filter(course__translation_key=course.translation_key)
    return _named(Series, links.values("series__translation_key"))


def courses_with(resource) -> list[Course]:
    key = resource.translation_key
    links = CourseResource.objects.filter(resource__translation_key=key)
    return _named(Course, links.values("course__translation_key"))


def courses_by(teacher) -> list[Course]:
    links = CourseTeacher.objects.filter(
        teacher__translation_key=teacher.translation_key
    )
    return _named(Course, links.values("course__translation_key"))


def courses_like(course) -> list[Course]:
    """Of the same theme, and with a tag in common."""
    tags = [item.tag_id for item in held_by(course).tagged_items.all()]
    if not tags:
        return []
    links = CourseTag.objects.filter(tag__in=tags)
    like = _shown(Course).filter(
        theme=course.theme,
        translation_key__in=links.values("content_object__translation_key"),
    )
    others = like.exclude(translation_key=course.translation_key)
    return list(others.order_by("title", "pk")[:MOST_RELATED])


def _shown(model):
    shown = model.objects.shown_in(get_language())
    return shown.select_related("owner_node", "locale")


def _named(model, keys) -> list:
    found = _shown(model).filter(translation_key__in=keys)
    return list(found.order_by("title", "pk")[:MOST_OF_A_KIND])


def _linked(model, links, name: str) -> list:
    """What `links` lead to, in their order."""
    if not isinstance(links, QuerySet):
        keys = [getattr(link, name).translation_key for link in links]
        found = _shown(model).filter(translation_key__in=keys)
        return sorted(found, key=lambda record: keys.index(record.translation_key))
    own = links.filter(**{f"{name}__translation_key": OuterRef("translation_key")})
    place = own.order_by("sort_order", "pk").values("sort_order")[:1]
    found = _shown(model).filter(Exists(own)).annotate(place=Subquery(place))
    return list(found.order_by("place", "pk")[:MOST_OF_A_KIND])
