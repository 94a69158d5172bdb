"""What an editor is asked before she publishes something few people mean.

A question is a sentence; ticking that it is meant answers just these sentences, so
that a form changed afterwards is asked about anew.
"""

import datetime as dt
import hashlib

from django.db.models import Q
from django.utils.translation import gettext as _

from activities.materialise import facts_of
from activities.models import ActivityPage, Registration, Session
from activities.schedule import Occurrence, expand, rule_of
from activities.states import ACTIVE, RegistrationStatus
from home.dates import SHANGHAI, long_date

SHOWN = 5
WHEN_AND_WHERE = ("starts_at", "ends_at", "venue")


def questions(activity: ActivityPage, *, at: dt.datetime) -> list[str]:
    """Sentences about what is filled in, to be read before it is public."""
    if activity.pk and not activity.has_own_sessions:
        return []
    found = [
        _about_first(activity, at),
        _about_dropped(activity, at),
        _about_moved(activity, at),
    ]
    return [sentence for sentence in found if sentence]


def answer_to(sentences: list[str]) -> str:
    """What the tick below these sentences sends."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:16]


def _about_first(activity: ActivityPage, at: dt.datetime) -> str:
    """A running class began in the past: only a date not public so far is asked of."""
    starts_at = activity.starts_at
    if starts_at is None or starts_at > at or _is_known(activity):
        return ""
    when = starts_at.astimezone(SHANGHAI)
    words = {"when": f"{long_date(when.date())} {when:%H:%M}"}
    if activity.pk and activity.sessions.exists():
        # see `materialise.difference`
        return (
            _(
                "第一次（%(when)s）已经过去了。这个活动公布过，过去的日子不会补上，"
                "只排今天以后的。如果写错了，请改「第一次什么时候开始」。"
            )
            % words
        )
    return (
        _(
            "第一次（%(when)s）已经过去了。如果写错了，请改「第一次什么时候开始」；"
            "如果是补写已经办过的活动，就照这样发布。"
        )
        % words
    )


def _is_known(activity: ActivityPage) -> bool:
    if not activity.pk:
        return False
    first = activity.starts_at.astimezone(SHANGHAI).date()
    published = Q(pk=activity.pk, live=True, starts_at=activity.starts_at)
    return (
        Session.objects.filter(activity=activity, original_date=first).exists()
        or ActivityPage.objects.filter(published).exists()
    )


def _about_dropped(activity: ActivityPage, at: dt.datetime) -> str:
    """Dates people registered for that the schedule no longer names: they are shown
    as cancelled. One she marks as cancelled herself says so already."""
    if not activity.pk or activity.cancelled_reason:
        return ""
    dropped = _dropped(activity, at)
    if not dropped:
        return ""
    learners = _learners({session.run_id for session in dropped})
    dates = [long_date(session.original_date) for session in dropped]
    return _(
        "%(dates)s已经公布过，而且有人报名：报上 %(placed)s 人，候补 %(waiting)s 人。"
        "不再排这些日子，会显示为已取消，发布以后马上通知他们。"
        "如果只是换个时间或地点，请选「这天改时间或地点」；"
        "如果是取消，请选「这天取消」，并写一句说明。"
    ) % {
        "dates": _dates(dates),
        "placed": len(learners["placed"]),
        "waiting": len(learners["waiting"] - learners["placed"]),
    }


def _about_moved(activity: ActivityPage, at: dt.datetime) -> str:
    """Dates people registered for that the rule itself puts elsewhere in time or
    place. What is filled in for one date says so already."""
    if not activity.pk or activity.cancelled_reason:
        return ""
    moved = _moved(activity, at)
    if not moved:
        return ""
    learners = _learners({session.run_id for session in moved})
    return _(
        "%(dates)s已经有人报名：报上 %(placed)s 人，候补 %(waiting)s 人。"
        "照现在填的，这些日子的时间或地点变了，发布以后马上通知他们。"
        "如果没有这个意思，请把时间和地点改回来。"
    ) % {
        "dates": _dates([long_date(session.original_date) for session in moved]),
        "placed": len(learners["placed"]),
        "waiting": len(learners["waiting"] - learners["placed"]),
    }


def _learners(runs: set[int]) -> dict[str, set[int]]:
    """Who has a place and who waits: a person once, of however many dates."""
    found: dict[str, set[int]] = {"placed": set(), "waiting": set()}
    active = Registration.objects.filter(run__in=runs, status__in=ACTIVE)
    for learner, status in active.values_list("learner_id", "status"):
        is_waiting = status == RegistrationStatus.WAITING
        found["waiting" if is_waiting else "placed"].add(learner)
    return found


def _dropped(activity: ActivityPage, at: dt.datetime) -> list[Session]:
    """Dates somebody registered for that are no longer planned."""
    planned = _planned(activity)
    return [s for s in _registered(activity, at) if s.original_date not in planned]


def _moved(activity: ActivityPage, at: dt.datetime) -> list[Session]:
    planned = _planned(activity)
    return [
        session
        for session in _registered(activity, at)
        if _is_moved_by_rule(activity, session, planned.get(session.original_date))
    ]


def _is_moved_by_rule(activity, session: Session, planned: Occurrence | None) -> bool:
    if planned is None or planned.is_cancelled or planned.is_moved or planned.venue:
        return False
    facts = facts_of(activity, planned)
    return any(getattr(session, name) != facts[name] for name in WHEN_AND_WHERE)


def _planned(activity: ActivityPage) -> dict[dt.date, Occurrence]:
    rule = rule_of(activity)
    return {one.original_date: one for one in expand(rule).occurrences} if rule else {}


def _registered(activity: ActivityPage, at: dt.datetime) -> list[Session]:
    """The dates to come that somebody registered for, as they are public."""
    active = Registration.objects.filter(status__in=ACTIVE)
    coming = Session.objects.scheduled().filter(activity=activity, starts_at__gt=at)
    return list(coming.filter(run__in=active.values("run")).order_by("original_date"))


def _dates(dates: list[str]) -> str:
    text = _("、").join(dates[:SHOWN])
    if len(dates) <= SHOWN:
        return text
    return _("%(dates)s 等 %(count)s 天") % {"dates": text, "count": len(dates)}
