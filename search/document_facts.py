"""What a document says beyond its texts: when it is on, and the facets it has."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from activities.models import Session
from activities.vocabulary import Delivery, RegistrationMode
from courses_catalog.models import Course, Resource, Series
from search.facets import Duration, Fee, Traits


@dataclass
class Coming:
    """The meetings of an activity from today: their days as ISO dates, in order, and
    the end of the last one."""

    days: tuple[str, ...] = ()
    until: dt.datetime | None = None


def coming_of(activity_ids: list[int]) -> dict[int, Coming]:
    """By activity; what has no meeting to come is there too. One query."""
    midnight = timezone.make_aware(
        dt.datetime.combine(timezone.localdate(), dt.time.min)
    )
    found = defaultdict(Coming)
    sessions = Session.objects.public().scheduled().filter(starts_at__gte=midnight)
    for activity_id, starts_at, ends_at in sessions.filter(
        activity_id__in=activity_ids
    ).values_list("activity_id", "starts_at", "ends_at"):
        coming = found[activity_id]
        coming.days += (day_of(starts_at),)
        coming.until = max(coming.until or ends_at, ends_at)
    return found


def day_of(moment: dt.datetime | None) -> str:
    """The ISO date it was here; empty for None."""
    return timezone.localtime(moment).date().isoformat() if moment else ""


def moment_text(moment: dt.datetime) -> str:
    """UTC: texts of two moments compare as the moments do."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def of_activity(page, original, node, coming: Coming) -> Traits:
    """Of `page`, a translation or itself the `original`, held at `node`."""
    comes_freely = original.registration_mode == RegistrationMode.NONE
    until = coming.until if comes_freely else None
    return Traits(
        level=node.level if node else "",
        formats=_formats(original.delivery),
        duration=Duration.of(original.duration_minutes),
        fee=original.fee_kind,
        language=page.locale.language_code,
        walk_in_until=moment_text(until) if until else "",
    )


def of_record(record, original) -> Traits:
    level, language = original.owner_node.level, record.locale.language_code
    if isinstance(original, Resource):
        return Traits(
            level=level,
            formats=(original.kind,),
            duration=Duration.of(original.duration or _minutes(original.hours)),
            fee=str(Fee.FREE if original.is_free else Fee.PAID),
            language=language,
        )
    # the hours in which somebody may be a teacher are not the length of anything
    takes_time = isinstance(original, Course | Series)
    duration = Duration.of(_minutes(original.hours)) if takes_time else ""
    return Traits(level=level, duration=duration, language=language)


def of_place(page, original) -> Traits:
    return Traits(level=original.level, language=page.locale.language_code)


def _formats(delivery: str) -> tuple[str, ...]:
    if delivery == Delivery.HYBRID:
        return str(Delivery.ON_SITE), str(Delivery.ONLINE)
    return (str(delivery),)


def _minutes(hours) -> float | None:
    return float(hours) * 60 if hours else None
