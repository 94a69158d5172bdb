"""The runs of a catalogue course that are still to come, for its page."""

from django import template
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from activities.models import ActivityPage, Session
from activities.rows import Row, rows

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
    runs = ActivityPage.objects.live().filter(
        course__translation_key=course.translation_key
    )
    nexts = runs.annotate(next=Subquery(following)).values("next")
    sessions = Session.objects.filter(pk__in=nexts).with_activity()
    return rows(sessions[: int(count)], at=now)
