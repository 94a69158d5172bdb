"""Activities and their sessions in the JSON API, as the calendar shows them."""

import datetime as dt
import re
from typing import Annotated, Literal

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import BeforeValidator, Field

from activities.api_shown import (
    Activity,
    Meeting,
    shown_activities,
    shown_sessions,
)
from activities.models import ActivityPage, Session
from activities.schedule import SHANGHAI
from activities.vocabulary import ActivityKind
from home.addresses import TakenDown
from home.api_base import (
    MANY,
    ONE,
    Key,
    LanguageQuery,
    Listing,
    ListQuery,
    check_names,
    listing,
    place_of,
    within,
)
from home.vocabulary import Audience, Theme

activities = Router(tags=["activities"])
sessions = Router(tags=["sessions"])

# beyond these years no moment of a day can be counted in every database
FIRST_DAY, LAST_DAY = dt.date(1970, 1, 2), dt.date(9998, 12, 30)


def _written_as_day(value):
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){2}", value):
        raise ValueError("not a day")
    return value


Day = Annotated[dt.date, BeforeValidator(_written_as_day)]


class MeetingQuery(ListQuery):
    theme: list[Theme] = Field([], description="Any of these themes.")
    audience: list[Audience] = Field([], description="Meant for any of these.")
    open: Literal["true", "false"] = Field(
        "false", description="Only what one can still register for."
    )


class ActivityQuery(MeetingQuery):
    kind: list[ActivityKind] = Field([], description="Any of these kinds.")


class SessionQuery(MeetingQuery):
    activity: Key | None = Field(None, description="The sessions of one activity.")
    from_: Day | None = Field(
        None,
        alias="from",
        description="The first day, 2026-12-01; without it what is not over yet.",
    )
    until: Day | None = Field(None, description="The last day, itself included.")


@activities.get("", response={200: Listing[Activity], **MANY}, summary="Activities")
def list_activities(request, query: Query[ActivityQuery]):
    """Public activities, the one published last first."""
    check_names(request, query)
    now = timezone.now()
    found = _public()
    if query.place:
        found = found.filter(path__range=within(place_of(query.place).path))
    if query.kind:
        found = found.filter(kind__in=query.kind)
    if query.theme:
        found = found.filter(theme__in=query.theme)
    held = Session.objects.public().filter(activity=OuterRef("pk"))
    if query.audience:
        found = found.filter(Exists(held.for_audience(*query.audience)))
    if query.open == "true":
        found = found.filter(Exists(held.open_for_registration(at=now)))
    found = found.select_related("locale").prefetch_related("tagged_items__tag")
    found = found.order_by("-first_published_at", "-pk")
    return listing(request, query, found, lambda some: shown_activities(some, at=now))


@activities.get("/{pk}", response={200: Activity, **ONE}, summary="One activity")
def one_activity(request, pk: Path[Key], query: Query[LanguageQuery]):
    check_names(request, query)
    found = _public().select_related("locale").filter(pk=pk).first()
    if found is None:
        raise _why_not_there(pk)
    return shown_activities([found], at=timezone.now())[0]


@sessions.get("", response={200: Listing[Meeting], **MANY}, summary="Sessions")
def list_sessions(request, query: Query[SessionQuery]):
    """Public sessions in order of time, cancelled ones too."""
    check_names(request, query)
    now = timezone.now()
    found = _dated(Session.objects.public(), query, now)
    if query.activity:
        found = found.filter(activity_id=query.activity)
    if query.place:
        found = found.under(place_of(query.place))
    if query.theme:
        found = found.for_theme(*query.theme)
    if query.audience:
        found = found.for_audience(*query.audience)
    if query.open == "true":
        found = found.open_for_registration(at=now)
    found = found.with_activity().order_by("starts_at", "pk")
    return listing(request, query, found, lambda some: shown_sessions(some, at=now))


@sessions.get("/{pk}", response={200: Meeting, **ONE}, summary="One session")
def one_session(request, pk: Path[Key], query: Query[LanguageQuery]):
    check_names(request, query)
    found = Session.objects.public().with_activity().filter(pk=pk).first()
    if found is None:
        raise Http404
    return shown_sessions([found], at=timezone.now())[0]


def _public():
    """Live originals: a translation is another wording of the same activity."""
    return ActivityPage.objects.live().filter(
        locale__language_code=settings.LANGUAGE_CODE, alias_of=None
    )


def _why_not_there(pk: int) -> Http404:
    once = ActivityPage.objects.filter(pk=pk, live=False, alias_of=None)
    was_public = once.filter(first_published_at__isnull=False).exists()
    return TakenDown() if was_public else Http404()


def _dated(found, query: SessionQuery, now):
    if query.from_ is None:
        found = found.upcoming(now)
    else:
        found = found.filter(starts_at__gte=_midnight(query.from_))
    if query.until is not None:
        found = found.filter(starts_at__lt=_midnight(query.until, days=1))
    return found


def _midnight(day: dt.date, days: int = 0) -> dt.datetime:
    sensible = min(max(day, FIRST_DAY), LAST_DAY) + dt.timedelta(days=days)
    return dt.datetime.combine(sensible, dt.time(), tzinfo=SHANGHAI)
