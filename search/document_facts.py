"""What a document says beyond the page itself: when it is on."""

import datetime as dt
from collections import defaultdict

from django.utils import timezone

from activities.models import Session


def days_of(activity_ids: list[int]) -> dict[int, tuple[str, ...]]:
    """The days from today on which each activity meets, as ISO dates, in order."""
    midnight = timezone.make_aware(
        dt.datetime.combine(timezone.localdate(), dt.time.min)
    )
    found = defaultdict(tuple)
    sessions = Session.objects.public().scheduled().filter(starts_at__gte=midnight)
    for activity_id, starts_at in sessions.filter(
        activity_id__in=activity_ids
    ).values_list("activity_id", "starts_at"):
        found[activity_id] += (timezone.localtime(starts_at).date().isoformat(),)
    return found
