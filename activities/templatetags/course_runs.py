"""The runs of a catalogue course, for its page: still to come, and where ever held."""

from django import template
from django.db.models import Count, OuterRef, Subquery, Window
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page

from activities.models import ActivityPage, Session
from activities.rows import Row, rows
from home.models import NetworkNodePage

register = template.Library()


@register.simple_tag
def coming_runs(course, count=6) -> list[Row]:
    """The next meeting of each activity that is a run of `course`, soonest first.

    At most `count`, as rows for event_row.html; cancelled meetings are passed over.
    """
    now = timezone.now()
    following = (
        Session.objects.public()
        .scheduled()
        .upcoming(now)
        .filter(activity=OuterRef("pk"))
        .order_by("starts_at", "pk")
        .values("pk")[:1]
    )
    runs = _runs_of(course).live()
    nexts = runs.annotate(next=Subquery(following)).values("next")
    sessions = Session.objects.filter(pk__in=nexts).with_activity()
    return rows(sessions[: int(count)], at=now)


@register.simple_tag
def nodes_holding(course, count=12) -> list[NetworkNodePage]:
    """The nodes that ever published a run of `course`, at most `count`. Each knows
    what it is below (`.above`) and of how many it is one (`.among`)."""
    runs = _runs_of(course).filter(first_published_at__isnull=False)
    nodes = runs.annotate(node=_path_above()).values("node")
    above = NetworkNodePage.objects.filter(path=OuterRef("path_above"))
    found = (
        NetworkNodePage.objects.originals()
        .live()
        .filter(path__in=nodes)
        .annotate(path_above=_path_above(), among=Window(Count("pk")))
        .annotate(above=Subquery(above.values("short_name")[:1]))
        .select_related("locale")
    )
    return list(found.order_by("path")[: int(count)])


def _path_above():
    return Substr("path", 1, Length("path") - Page.steplen)


def _runs_of(course):
    return ActivityPage.objects.filter(course__translation_key=course.translation_key)
