"""What happens when: registration opens and ends, the first date, the last."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

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
    """The steps of a run people register for as a whole; empty for all others."""
    is_run = activity.registration_mode == RegistrationMode.WHOLE_RUN
    if not is_run or not sessions or activity.cancelled_reason:
        return []
    moments = list(_moments(activity, sessions))
    if len(moments) < 3:
        return []
    after = [moment for moment, *_rest in moments[1:]] + [sessions[-1].ends_at]
    return [
        Milestone(title, _state(moment, until, at), full_date_time(moment), text)
        for (moment, title, text), until in zip(moments, after, strict=True)
    ]


def _moments(activity, sessions: list):
    first, last = sessions[0], sessions[-1]
    if activity.opens_at:
        yield activity.opens_at, _("开始报名"), _("网上、电话、教学点都能报。")
    if activity.closes_at and activity.closes_at < first.starts_at:
        yield activity.closes_at, _("报名截止"), ""
    yield first.starts_at, _("第一次"), ""
    if len(sessions) > 1:
        yield last.starts_at, _("最后一次"), ""


def _state(moment: dt.datetime, until: dt.datetime, at: dt.datetime) -> str:
    if at >= until:
        return "done"
    return "now" if at >= moment else "next"
