"""Activities and sessions as the API writes them: what the pages show, no more.

The address of an online meeting is for those who registered and is not here.
"""

import datetime as dt
from collections.abc import Iterable
from types import SimpleNamespace

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Schema
from pydantic import Field

from activities.models import ActivityPage, Session
from activities.rows import place_words, rows
from activities.states import SessionStatus
from activities.vocabulary import ActivityKind, Delivery, Fee, RegistrationMode
from home.api_base import (
    Named,
    PlaceRef,
    absolute,
    all_named,
    language_of,
    named,
    written_in,
)
from home.network import NAMING, nodes_on_the_way, spelt_out
from home.vocabulary import Audience, Theme


class Places(Schema):
    """Whether one can still join; numbers are null where the page shows none."""

    state: str = Field(
        description="open, full, not_yet, closed, cancelled, finished or walk_in."
    )
    label: str
    total: int | None
    taken: int | None
    left: int | None


class ActivityRef(Schema):
    id: int
    title: str
    language: str
    url: str = Field(description="The page for people.")


class Meeting(Schema):
    """One session: a meeting of an activity."""

    id: int
    uid: str = Field(description="The UID of the calendar feeds.")
    activity: ActivityRef
    starts_at: dt.datetime
    ends_at: dt.datetime
    status: Named
    note: str
    place: str = Field(description="Where, in words.")
    node: PlaceRef | None
    theme: Named | None
    audiences: list[Named] = Field(description="Empty: for everybody.")
    registration: Places
    ics_url: str


class FeeShown(Schema):
    kind: Named | None
    amount: float | None = Field(description="In yuan.")
    note: str


class NextMeeting(Schema):
    id: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    registration: Places


class Activity(Schema):
    id: int
    title: str
    summary: str
    language: str
    url: str = Field(description="The page for people.")
    kind: Named | None
    theme: Named | None
    audiences: list[Named] = Field(description="Empty: for everybody.")
    tags: list[str]
    delivery: Named | None
    fee: FeeShown
    registration_mode: Named | None
    place: str
    node: PlaceRef | None
    address: str
    hours: float | None
    course: int | None = Field(description="The id of its public course.")
    next_session: NextMeeting | None
    sessions_url: str = Field(description="Its sessions in this API.")


def shown_sessions(sessions: list, *, at: dt.datetime) -> list[dict]:
    """`sessions` come from `with_activity()`; at most five queries."""
    known = nodes_on_the_way({each.node_path for each in sessions}, *NAMING)
    return [
        _session(session, row, known)
        for session, row in zip(sessions, rows(sessions, at=at), strict=True)
    ]


def _session(session, row, known: dict) -> dict:
    bits = session.audience_mask
    return {
        "id": session.pk,
        "uid": session.uid,
        "activity": {
            "id": session.activity_id,
            "title": row.title,
            "language": written_in(row.language),
            "url": absolute(row.url),
        },
        **_times(session),
        "status": named(SessionStatus, session.status),
        "note": row.note,
        "place": row.place_line,
        "node": _node(session.node_path, known),
        "theme": named(Theme, session.theme),
        "audiences": all_named(Audience, [a for a in Audience if a.bit & bits]),
        "registration": _places(row),
        "ics_url": absolute(reverse("feed_session", args=[session.pk])),
    }


def _times(session) -> dict:
    return {
        "starts_at": timezone.localtime(session.starts_at),
        "ends_at": timezone.localtime(session.ends_at),
    }


def _node(path: str, known: dict) -> dict | None:
    if path not in known:
        return None
    return {"id": known[path].pk, "name": spelt_out(path, known)}


def _places(row) -> dict:
    total, taken = row.places_total, row.places_taken
    return {
        "state": row.status.code,
        "label": row.status.label,
        "total": total,
        "taken": taken,
        "left": None if total is None else max(total - taken, 0),
    }


def shown_activities(activities: list, *, at: dt.datetime) -> list[dict]:
    """At most nine queries, however many."""
    paths = {_parent(each) for each in activities}
    known = nodes_on_the_way(paths, *NAMING)
    coming = _next_sessions(activities, at)
    courses = _public_courses(activities)
    words = _words(activities)
    site_roots = SimpleNamespace()  # get_url_parts keeps what it looked up here
    return [
        _activity(
            each,
            words.get(each.translation_key, each),
            known,
            coming.get(each.pk),
            course=courses.get(each.course_id),
            site_roots=site_roots,
        )
        for each in activities
    ]


def _parent(activity) -> str:
    return activity.path[: -ActivityPage.steplen]


def _next_sessions(activities, at) -> dict:
    """By activity: its next session not cancelled, with its line of the calendar."""
    coming = Session.objects.public().scheduled().upcoming(at)
    own = coming.filter(activity=OuterRef("pk")).order_by("starts_at", "pk")
    pages = ActivityPage.objects.filter(pk__in=[each.pk for each in activities])
    firsts = pages.order_by().values_list(Subquery(own.values("pk")[:1]), flat=True)
    found = list(Session.objects.filter(pk__in=list(firsts)).with_activity())
    lines = zip(found, rows(found, at=at), strict=True)
    return {each.activity_id: (each, row) for each, row in lines}


def _public_courses(activities: Iterable) -> dict[int, int]:
    field = ActivityPage._meta.get_field("course")
    wanted = {each.course_id for each in activities if each.course_id}
    public = field.related_model.objects.public().filter(pk__in=wanted)
    return {pk: pk for pk in public.values_list("pk", flat=True)} if wanted else {}


def _words(activities) -> dict:
    missing = [
        each.translation_key
        for each in activities
        if each.locale.language_code != get_language()
    ]
    if not missing:
        return {}
    found = ActivityPage.objects.live().filter(
        translation_key__in=missing, locale__language_code=get_language()
    )
    return {each.translation_key: each for each in found.select_related("locale")}


def _activity(activity, words, known, coming, *, course, site_roots) -> dict:
    path = _parent(activity)
    parts = words.get_url_parts(site_roots)
    return {
        "id": activity.pk,
        "title": words.title,
        "summary": words.summary,
        "language": language_of(words),
        "url": absolute((parts and parts[2]) or ""),
        "kind": named(ActivityKind, activity.kind),
        "theme": named(Theme, activity.theme),
        "audiences": all_named(Audience, activity.audiences),
        "tags": sorted(item.tag.name for item in activity.tagged_items.all()),
        "delivery": named(Delivery, activity.delivery),
        "fee": {
            "kind": named(Fee, activity.fee_kind),
            "amount": activity.fee_amount,
            "note": words.fee_note,
        },
        "registration_mode": named(RegistrationMode, activity.registration_mode),
        "place": place_words(activity, spelt_out(path, known), words.venue),
        "node": _node(path, known),
        "address": words.address,
        "hours": activity.hours,
        "course": course,
        "next_session": _coming(*coming) if coming else None,
        "sessions_url": absolute(f"/api/v1/sessions?activity={activity.pk}"),
    }


def _coming(session, row) -> dict:
    return {"id": session.pk, **_times(session), "registration": _places(row)}
