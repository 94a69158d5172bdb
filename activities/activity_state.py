"""What the activity page says first: can one come or register, and if not, why."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from activities.availability import Availability, session_availability
from activities.states import SessionStatus
from activities.vocabulary import RegistrationMode
from home.dates import full_date, full_date_time, time_range


@dataclass(frozen=True)
class RegisterBox:
    """The one action of the page; whatever is in its way stands in `state.blockers`.

    `run_id` leads to registration and is None where nobody can register now;
    `button` is its verb, `lines` are short sentences under the title.
    """

    title: str
    state: Availability
    lines: list[str] = field(default_factory=list)
    run_id: int | None = None
    button: str = ""


def register_box(activity, sessions: list, *, at: dt.datetime) -> RegisterBox:
    """The box for anybody, from all sessions in order of time, at the moment `at`."""
    scheduled = [each for each in sessions if each.status == SessionStatus.SCHEDULED]
    if activity.cancelled_reason or (sessions and not scheduled):
        return _cancelled(activity)
    coming = [each for each in scheduled if each.ends_at > at]
    if not coming:
        return _over() if sessions else _without_dates()
    session = session_to_join(activity, coming, at=at)
    state = session_availability(session, at=at)
    if state.code == "walk_in":
        return RegisterBox(_("不用报名，直接来"), state, [_next(session)])
    if not state.is_open:
        return RegisterBox(state.label, state)
    return _open_box(activity, session, state)


def session_to_join(activity, coming: list, *, at: dt.datetime):
    """The first one can register for where single sessions are, else the first."""
    if not is_by_session(activity):
        return coming[0]
    opens = (each for each in coming if session_availability(each, at=at).is_open)
    return next(opens, coming[0])


def is_by_session(activity) -> bool:
    """People register for single sessions, not for the run."""
    return activity.registration_mode == RegistrationMode.SINGLE_SESSIONS


def _cancelled(activity) -> RegisterBox:
    state = Availability("cancelled", _("已取消"), "cross")
    reason = [activity.cancelled_reason] if activity.cancelled_reason else []
    return RegisterBox(_("这个活动取消了"), state, reason)


def _over() -> RegisterBox:
    state = Availability("finished", _("已结束"), "check")
    lines = [_("可以看看这里接下来的活动。")]
    return RegisterBox(_("这个活动已经结束了"), state, lines)


def _without_dates() -> RegisterBox:
    state = Availability("closed", _("日期还没有定"), "clock")
    return RegisterBox(state.label, state, [_("定了日期，这里就会写出来。")])


def _open_box(activity, session, state: Availability) -> RegisterBox:
    waits = state.code == "full"
    lines = [_next(session)] if is_by_session(activity) else []
    lines += _deadline(session.run)
    if waits:
        lines.append(_("有人退出，按先后顺序补上。"))
    return RegisterBox(
        title=_("名额满了，可以候补") if waits else _("现在可以报名"),
        state=state,
        lines=lines,
        run_id=session.run_id,
        button=verb(activity, state),
    )


def verb(activity, state: Availability) -> str:
    """What the button says: 我要报名, 报这一次, 我要候补."""
    if state.code == "full":
        return _("我要候补")
    return _("报这一次") if is_by_session(activity) else _("我要报名")


def _deadline(run) -> list[str]:
    if run.closes_at is None:
        return []
    return [_("报名到 %(when)s 为止") % {"when": full_date_time(run.closes_at)}]


def _next(session) -> str:
    words = {
        "day": full_date(session.starts_at),
        "time": time_range(session.starts_at, session.ends_at),
    }
    return _("最近一次：%(day)s %(time)s") % words
