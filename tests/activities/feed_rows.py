"""Rows the feed tests stand on, and short ways to read a feed."""

import datetime as dt
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from activities.feeds import fragments
from activities.models import ActivityPage, Run, Session
from home.vocabulary import Audience
from tests.factories import ActivityPageFactory

SHANGHAI = ZoneInfo("Asia/Shanghai")
# a Tuesday, 10:00 in Shanghai
NOW = dt.datetime(2026, 12, 1, 10, 0, tzinfo=SHANGHAI)
WRITTEN = dt.datetime(2026, 11, 20, 8, 30, tzinfo=SHANGHAI)


def activity_at(node, **fields) -> ActivityPage:
    fields = {"title": "书法班", "first_published_at": WRITTEN, **fields}
    return ActivityPageFactory(parent=node, **fields)


def at(day: int, hour: int = 9, month: int = 12) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def session_of(activity, starts_at, *, stored: bool = True, **fields) -> Session:
    """A session of 90 minutes, its text stored as publishing does."""
    session = Session.objects.create(
        **{
            "activity": activity,
            "original_date": starts_at.date(),
            "starts_at": starts_at,
            "ends_at": starts_at + dt.timedelta(minutes=90),
            "node_path": activity.path[: -activity.steplen],
            "theme": activity.theme,
            "audience_mask": Audience.mask(activity.audiences or []),
            "created_at": WRITTEN,
            "modified_at": WRITTEN,
            **fields,
        }
    )
    if stored:
        fragments.refresh([session])
    return session


def run_of(activity, *sessions, **fields) -> Run:
    run = Run.objects.create(
        activity=activity, node_path=activity.path[: -activity.steplen], **fields
    )
    for session in sessions:
        session.run = run
        session.save(update_fields=["run"])
    return run


def events_of(response) -> list[Event]:
    """The VEVENTs of a feed as the icalendar library reads them."""
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def summaries_of(response) -> list[str]:
    return [str(event["SUMMARY"]) for event in events_of(response)]
