"""The dates of an activity as lines: what changed is marked, each can be registered
for where single sessions are."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from activities.activity_state import is_by_session, verb
from activities.availability import Availability, session_availability
from activities.materialise import facts_of
from activities.models import Run, Session
from activities.policy import COPIED
from activities.schedule import expand, rule_of
from activities.states import SessionStatus
from activities.vocabulary import RegistrationMode
from home.dates import clock, full_date


@dataclass(frozen=True)
class Mark:
    """A change of one date, as components/status_badge.html shows it."""

    code: str
    label: str
    icon: str


@dataclass(frozen=True)
class DateLine:
    """One date; `run_id` and `button` where it can be registered for by itself."""

    number: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    marks: list[Mark | Availability]
    note: str
    places_line: str = ""
    run_id: int | None = None
    button: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True)
class Dates:
    """All dates, those over apart from those to come."""

    past: list[DateLine]
    coming: list[DateLine]

    @property
    def count(self) -> int:
        """Those that take place or took place."""
        return len(self.past) + len(self.coming) - self.cancelled

    @property
    def cancelled(self) -> int:
        return sum(line.is_cancelled for line in [*self.past, *self.coming])


def public_sessions(original) -> list[Session]:
    """What was published of an activity, in order of time. One query."""
    return list(original.sessions.public().select_related("run"))


def planned_sessions(activity) -> list[Session]:
    """What publishing this draft would make: rows that are not stored."""
    rule = rule_of(activity)
    occurrences = expand(rule).occurrences if rule else []
    sessions = [
        Session(
            activity=activity,
            original_date=each.original_date,
            node_path=activity.path[: -activity.steplen],
            theme=activity.theme,
            **facts_of(activity, each),
        )
        for each in occurrences
    ]
    _give_run(activity, sessions)
    return sorted(sessions, key=lambda session: session.starts_at)


def dates_of(activity, sessions: list[Session], *, at: dt.datetime) -> Dates:
    """`sessions` as lines; `at` is the aware moment that parts past from coming."""
    lines = [
        _line(activity, number, session, at)
        for number, session in enumerate(sessions, start=1)
    ]
    return Dates(
        past=[line for line in lines if line.ends_at <= at],
        coming=[line for line in lines if line.ends_at > at],
    )


def _give_run(activity, sessions: list[Session]) -> None:
    if activity.registration_mode == RegistrationMode.NONE or not sessions:
        return
    run = Run(
        activity=activity,
        first_starts_at=min(each.starts_at for each in sessions),
        last_ends_at=max(each.ends_at for each in sessions),
        **{name: getattr(activity, name) for name in COPIED},
    )
    for session in sessions:
        session.run = run


def _line(activity, number: int, session: Session, at: dt.datetime) -> DateLine:
    marks = changes_of(activity, session)
    line = {
        "number": number,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "note": session.note,
        "is_cancelled": session.status == SessionStatus.CANCELLED,
    }
    if not is_by_session(activity) or session.ends_at <= at:
        return DateLine(marks=marks, **line)
    state = session_availability(session, at=at)
    if state.code != "cancelled":
        marks = [*marks, state]
    return DateLine(
        marks=marks,
        places_line=state.places_line,
        run_id=session.run_id if state.is_open else None,
        button=verb(activity, state),
        **line,
    )


def changes_of(activity, session: Session) -> list[Mark]:
    """How this date differs from what the others are like."""
    if session.status == SessionStatus.CANCELLED:
        return [Mark("cancelled", _("已取消"), "cross")]
    marks = []
    if session.is_moved:
        marks.append(Mark("moved", _moved_from(activity, session), "clock"))
    if session.venue and session.venue != activity.venue:
        words = {"venue": session.venue}
        marks.append(Mark("moved", _("换地方：%(venue)s") % words, "place"))
    return marks


def _moved_from(activity, session: Session) -> str:
    """When it would have been: the day it was planned for, at the usual hour."""
    when = f"{full_date(session.original_date)} {clock(activity.starts_at)}"
    return _("改了时间，原来是%(when)s") % {"when": when}
