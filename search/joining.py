"""Can one still get in: asked of the runs themselves, whatever engine searches.

A run fills up, and a window opens or closes, without anybody editing a page. So the
index holds nothing of it: searches read what is open in one query, as seldom as pages
that show places, and a registration costs search nothing.
"""

import datetime as dt
from collections import defaultdict

from django.core.cache import caches
from django.db.models import F, Value

from activities.availability import open_q
from activities.models import Run
from courses_catalog.models import Course
from home.public_pages import PLACES_SECONDS
from search.facets import Kind, traits_of

ACTIVITY = str(Kind.ACTIVITY)
KEY = "search-registrable"


def registrable(at: dt.datetime) -> dict[str, set[int]]:
    """By kind, the ids of the activities one can register for at `at`, and those of
    the courses one of whose runs they are, with their translations. One query."""
    runs = Run.objects.filter(open_q(at))
    translation_keys = runs.exclude(activity__course=None).values(
        "activity__course__translation_key"
    )
    courses = Course.objects.filter(translation_key__in=translation_keys)
    found = defaultdict(set)
    ids = runs.values_list(Value(str(Kind.ACTIVITY)), F("activity_id"))
    for kind, number in ids.union(
        courses.values_list(Value(str(Kind.COURSE)), F("pk")), all=True
    ):
        found[kind].add(number)
    return found


def registrable_lately(at: dt.datetime) -> dict[str, set[int]]:
    """As `registrable`, at `at` or so shortly before as pages may show places."""
    return caches["default"].get_or_set(KEY, lambda: registrable(at), PLACES_SECONDS)


def can_walk_in(row, query) -> bool:
    """An activity that asks for no registration, with a meeting not over yet."""
    # most rows are no activities: looked at first, and not by way of the enumeration
    is_activity = row.kind == ACTIVITY
    return is_activity and traits_of(row.traits).walk_in_until > query.moment


def can_join(row, query) -> bool:
    """One can register, or simply come."""
    is_open = row.object_id in query.registrable.get(row.kind, ())
    return is_open or can_walk_in(row, query)
