"""Everything an account has registered for, as the page of it shows it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from activities.blockers import Blocker, explain_all
from activities.models import Registration, Session
from activities.rules import can_withdraw, is_over
from activities.run_summary import RunSummary, summaries
from activities.states import ACTIVE, SessionStatus
from activities.states import RegistrationStatus as Status
from activities.vocabulary import Delivery
from home.dates import full_date, full_date_time

MOST_PAST = 20
# How long a refusal stays among the things to look at.
REFUSAL_IS_NEWS = dt.timedelta(days=7)


@dataclass(frozen=True)
class StatusBadge:
    """What components/status_badge.html shows."""

    code: str
    label: str
    icon: str


@dataclass(frozen=True)
class Changed:
    """A coming date that is not as it was when she registered."""

    words: str
    note: str


@dataclass(frozen=True)
class Card:
    """One registration; `changed` are its coming sessions that are not as usual.

    `halted` says that nobody should come at all, and why; empty when they should.
    """

    registration: Registration
    summary: RunSummary
    status: StatusBadge
    blockers: list[Blocker]
    changed: list[Changed]
    ahead: int
    halted: str
    is_past: bool
    is_turn: bool
    can_withdraw: bool
    join_link: str
    proxy: bool


@dataclass
class MyList:
    """The cards by what they ask of the reader, those that wait for her first."""

    turn: list[Card] = field(default_factory=list)
    placed: list[Card] = field(default_factory=list)
    waiting: list[Card] = field(default_factory=list)
    past: list[Card] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.turn, self.placed, self.waiting, self.past))


def my_list(learner_ids, *, at: dt.datetime) -> MyList:
    """All registrations of these learners, in a fixed number of queries."""
    registrations = with_position(Registration.objects.filter(learner__in=learner_ids))
    found = MyList()
    for card in cards(registrations.order_by("run__first_starts_at", "pk"), at=at):
        _pile(found, card).append(card)
    found.past = found.past[::-1][:MOST_PAST]
    return found


def _pile(found: MyList, card: Card) -> list[Card]:
    if card.is_turn:
        return found.turn
    if card.is_past:
        return found.past
    if card.registration.status == Status.WAITING:
        return found.waiting
    return found.placed


def with_position(registrations):
    """With `ahead`: how many wait in front of it in the same run."""
    before = (
        Registration.objects.filter(
            run=OuterRef("run"), status=Status.WAITING, pk__lt=OuterRef("pk")
        )
        .order_by()
        .values("run")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return registrations.annotate(ahead=Coalesce(Subquery(before), 0)).select_related(
        "learner", "run__activity__locale", "run__residence"
    )


def cards(registrations, *, at: dt.datetime) -> list[Card]:
    """Of registrations that came `with_position`, in their order."""
    registrations = list(registrations)
    runs = {one.run_id: one.run for one in registrations}
    told = summaries(runs.values(), at=at)
    changed = _changed_sessions(runs, at)
    return [
        _card(one, told[one.run_id], changed[one.run_id], at) for one in registrations
    ]


def _changed_sessions(run_ids, at) -> dict[int, list[Session]]:
    """Coming ones that are not as usual, by run."""
    found = defaultdict(list)
    sessions = Session.objects.filter(run__in=run_ids).changed().upcoming(at)
    for session in sessions.select_related("activity").order_by("starts_at"):
        found[session.run_id].append(session)
    return found


def _card(registration, summary: RunSummary, changed, at) -> Card:
    run, status = registration.run, registration.status
    # who registered after the change saw the new day
    changed = [one for one in changed if one.modified_at > registration.created_at]
    is_placed = status == Status.PLACED
    over = is_over(run, at=at)
    is_news = _is_news(registration, at) and not over
    halted = "" if over or status not in ACTIVE else _halted(run)
    is_turn = not over and (
        status == Status.PENDING
        or is_news
        or bool(halted)
        or (is_placed and bool(changed))
    )
    return Card(
        registration=registration,
        summary=summary,
        status=_badge(registration, over),
        blockers=explain_all(registration.refusals, run),
        changed=[_change(one) for one in changed] if is_placed and not halted else [],
        ahead=registration.ahead,
        halted=halted,
        is_past=over or status in (Status.REFUSED, Status.WITHDRAWN),
        is_turn=is_turn,
        can_withdraw=status in ACTIVE and can_withdraw(run, at=at),
        join_link=_join_link(run.activity)
        if is_placed and not (over or halted)
        else "",
        proxy=registration.acted_by_id is not None,
    )


def _change(session: Session) -> Changed:
    words = {
        "day": full_date(session.original_date),
        "when": full_date_time(session.starts_at),
        "venue": session.other_venue,
    }
    if session.status == SessionStatus.CANCELLED:
        text = _("%(when)s 的这一次取消了，请不要白跑一趟。")
    elif not session.is_moved:
        text = _("%(when)s 的这一次换到%(venue)s。")
    elif session.other_venue:
        text = _("原来 %(day)s 的一次改到 %(when)s，换到%(venue)s。")
    else:
        text = _("原来 %(day)s 的一次改到 %(when)s。")
    return Changed(text % words, session.note)


def _halted(run) -> str:
    reason = run.activity.cancelled_reason
    if reason:
        return _("整个取消了，请不要白跑一趟。原因：%(reason)s") % {"reason": reason}
    if run.is_cancelled:
        return _("整个取消了，请不要白跑一趟。")
    if not run.activity.live:
        return _("这个活动暂时不公开了，请先不要来，打电话问一问。")
    return ""


def _is_news(registration, at) -> bool:
    if registration.status != Status.REFUSED or registration.decided_at is None:
        return False
    return at - registration.decided_at < REFUSAL_IS_NEWS


def _join_link(activity) -> str:
    """Only for those who have a place."""
    return "" if activity.delivery == Delivery.ON_SITE else activity.join_link


def _badge(registration, over: bool) -> StatusBadge:
    status = registration.status
    if over and status == Status.PLACED:
        return StatusBadge("finished", _("已结束"), "check")
    if registration.run.is_cancelled and status in (Status.PLACED, Status.WAITING):
        return StatusBadge("cancelled", _("活动取消了"), "cross")
    if not registration.run.activity.live and status in ACTIVE:
        return StatusBadge("closed", _("暂时不公开"), "warning")
    if status == Status.WAITING:
        words = _("候补第 %(position)s 位") % {"position": registration.ahead + 1}
        return StatusBadge("waiting", words, "list")
    return {
        Status.PENDING: StatusBadge("waiting", _("正在处理"), "clock"),
        Status.PLACED: StatusBadge("admitted", _("已报上"), "check"),
        Status.REFUSED: StatusBadge("closed", _("没有报上"), "cross"),
        Status.WITHDRAWN: StatusBadge("closed", _("已退出"), "cross"),
    }[status]
