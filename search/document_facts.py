"""What a document says beyond the page itself: where that hangs, and when it is on."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from activities.models import Session
from home.levels import Level
from home.models import NetworkNodePage
from home.network import SEPARATOR

STEP = NetworkNodePage.steplen


def names_above(paths: Iterable[str]) -> dict[str, str]:
    """Short names of the nodes at these tree paths and above, the city left out."""
    wanted = {
        path[:end] for path in paths for end in range(STEP, len(path) + STEP, STEP)
    }
    found = NetworkNodePage.objects.filter(path__in=wanted)
    found = found.exclude(level=Level.CITY_CENTRE)
    return dict(found.values_list("path", "short_name"))


def line_above(path: str, names: dict[str, str]) -> str:
    """濂溪区 · 十里街道: the names on the way down to `path`."""
    steps = (path[:end] for end in range(STEP, len(path) + STEP, STEP))
    return SEPARATOR.join(names[step] for step in steps if step in names)


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
