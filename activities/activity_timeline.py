"""What happens when: registration, the first date, the last."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from activities.states import SessionStatus
from activities.vocabulary import RegistrationMode
from home.dates import full_date_time


@dataclass(frozen=True)
class Milestone:
    """A step of components/timeline.html; `state` is done, now or next."""

    title: str
    state: str
    when: str
    text: str = ""


def timeline_of(activity, sessions: list, *, at: dt.datetime) -> list[Milestone]:
    """The steps of a run people register for as a whole; empty for all others.

    Without an opening or closing moment there is nothing to tell but the dates.
    """
    is_run = activity.registration_mode == RegistrationMode.WHOLE_RUN
    has_window = activity.opens_at or activity.closes_at
    held = [each for each in sessions if each.status == SessionStatus.SCHEDULED]
    if not (is_run and has_window and held) or activity.cancelled_reason:
        return []
    return [_window(activity, held, at), *_meetings(held, at)]


def _window(activity, sessions: list, at: dt.datetime) -> Milestone:
    opens, closes = activity.opens_at, activity.closes_at
    words = {"first": full_date_time(opens), "last": full_date_time(closes)}
    if opens and closes:
        when = _("%(first)s 到 %(last)s") % words
    else:
        when = (_("%(first)s 起") if opens else _("到 %(last)s 为止")) % words
    until = closes or sessions[-1].ends_at
    return Milestone(
        _("报名"), _state(opens or at, until, at), when, _("网上、电话、教学点都能报。")
    )


def _meetings(sessions: list, at: dt.datetime) -> list[Milestone]:
    ends = [(_("第一次"), sessions[0])]
    if len(sessions) > 1:
        ends.append((_("最后一次"), sessions[-1]))
    return [
        Milestone(
            title,
            _state(each.starts_at, each.ends_at, at),
            full_date_time(each.starts_at),
        )
        for title, each in ends
    ]


def _state(start: dt.datetime, end: dt.datetime, at: dt.datetime) -> str:
    if at >= end:
        return "done"
    return "now" if at >= start else "next"
