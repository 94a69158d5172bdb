"""The runs of a catalogue course, for its page: still to come, and where ever held."""

from django import template
from django.db.models import Count, OuterRef, Subquery, Window
from django.db.models.functions import Length, Substr
from django.utils import timezone

from activities.models import ActivityPage, Session
from activities.rows import Row, rows
from home.models import NetworkNodePage
from home.network import with_places

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
    """The nodes that ever published a run of `course`, with `.place_line`; each knows
    of how many it is one (`.among`). At most `count`."""
    runs = _runs_of(course).filter(first_published_at__isnull=False)
    # a run stands directly below its node
    step = ActivityPage.steplen
    nodes = runs.annotate(node=Substr("path", 1, Length("path") - step)).values("node")
    found = NetworkNodePage.objects.live().filter(path__in=nodes)
    counted = found.annotate(among=Window(Count("pk"))).select_related("locale")
    return with_places(counted.order_by("path")[: int(count)])


def _runs_of(course):
    return ActivityPage.objects.filter(course__translation_key=course.translation_key)
