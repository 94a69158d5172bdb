"""What hangs on a record, as its page shows it: public, in the reader's language.

A draft that is being previewed holds its links in memory.
"""

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import get_language
from wagtail.models import Locale

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
from home.models import NetworkNodePage

MOST_RELATED = 4
MOST_OF_A_KIND = 60


def held_by(record):
    """The record that holds what `record` shows: its original, or itself where it is
    that, perhaps with changes that are not published yet."""
    if record.pk is None or record.original.pk == record.pk:
        return record
    return record.original


def resources_of(course) -> list[Resource]:
    return _in_order(_linked(Resource, held_by(course).course_resources.all()))


def courses_of_series(series) -> list[Course]:
    return _in_order(_linked(Course, held_by(series).series_courses.all()))


def courses_with(resource) -> list[Course]:
    key = resource.translation_key
    links = CourseResource.objects.filter(resource__translation_key=key)
    return _in_order(_named(Course, links.values("course__translation_key")))


def courses_by(teacher) -> list[Course]:
    key = teacher.translation_key
    links = CourseTeacher.objects.filter(teacher__translation_key=key)
    return _in_order(_named(Course, links.values("course__translation_key")))


def around(course) -> dict[str, list]:
    """`teachers`, the `series` it is in, and `courses` like it, each as far as a line
    of a list shows it. One query for all of them."""
    links = SeriesCourse.objects.filter(course__translation_key=course.translation_key)
    parts = {
        "teachers": _linked(Teacher, held_by(course).course_teachers.all()),
        "series": _named(Series, links.values("series__translation_key")),
        "courses": _like(course),
    }
    first, *others = [
        found.order_by().values_list(Value(name), "place", *LINE, _own(found.model))
        for name, found in parts.items()
    ]
    shown = {name: [] for name in parts}
    for name, _place, *values in sorted(first.union(*others, all=True), key=_placed):
        shown[name].append(_record(parts[name].model, *values))
    return shown


LINE = ("title", "pk", "summary", "theme", "owner_node__title", "locale__language_code")
# what the kind of a line is told by, where records of one model differ
OWN = {Teacher: "origin", Series: "award"}


def _own(model):
    return F(OWN[model]) if model in OWN else Value("")


def _placed(row) -> tuple:
    """The place is empty for links that were never put in order."""
    return (row[1] is None, row[1] or 0, *row[2:4])


def _record(model, title, pk, summary, theme, owner, language, own):
    record = model(pk=pk, title=title, summary=summary, theme=theme)
    record.owner_node = NetworkNodePage(title=owner)
    record.locale = Locale(language_code=language)
    if model in OWN:
        setattr(record, OWN[model], own)
    return record


def _like(course):
    """Of the same theme, and with a tag in common."""
    tags = [item.tag_id for item in held_by(course).tagged_items.all()]
    links = CourseTag.objects.filter(tag__in=tags)
    like = _named(Course, links.values("content_object__translation_key"))
    like = like.filter(theme=course.theme)
    others = like.exclude(translation_key=course.translation_key).order_by("title")
    # a part of a union has no limit of its own on every database
    return like.filter(pk__in=others.values("pk")[:MOST_RELATED])


def _shown(model):
    shown = model.objects.shown_in(get_language())
    return shown.select_related("owner_node", "locale")


def _named(model, keys):
    none = Value(None, output_field=IntegerField())
    return _shown(model).filter(translation_key__in=keys).annotate(place=none)


def _linked(model, links):
    """What `links` lead to, with the place each has among them."""
    name = model._meta.model_name
    if not isinstance(links, QuerySet):
        keys = [getattr(link, name).translation_key for link in links]
        places = [When(translation_key=key, then=at) for at, key in enumerate(keys)]
        found = _shown(model).filter(translation_key__in=keys)
        return found.annotate(place=Case(*places, output_field=IntegerField()))
    own = links.filter(**{f"{name}__translation_key": OuterRef("translation_key")})
    place = own.order_by("sort_order", "pk").values("sort_order")[:1]
    return _shown(model).filter(Exists(own)).annotate(place=Subquery(place))


def _in_order(found) -> list:
    return list(found.order_by("place", "title", "pk")[:MOST_OF_A_KIND])
