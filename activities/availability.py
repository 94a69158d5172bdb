"""Can one still join, and how many places are left: for pages and for SQL.

`availability` answers for one run in words; `open_q` is the same rule as a
condition for lists. A test compares the two.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.blockers import Blocker
from activities.rules import has_free_place, run_blockers
from activities.states import SessionStatus
from activities.vocabulary import RegistrationMode
from home.dates import month_day

OPEN = ("open", "full")
# What is said when several things are in the way: the first of these.
WEIGHT = ("cancelled", "over", "paused", "not_yet_open", "closed", "full")
BLOCKED = {
    "cancelled": ("cancelled", gettext_lazy("已取消"), "cross"),
    "over": ("finished", gettext_lazy("已结束"), "check"),
    "paused": ("closed", gettext_lazy("暂停报名"), "lock"),
    "closed": ("closed", gettext_lazy("报名已截止"), "lock"),
    "full": ("full", gettext_lazy("已满"), "list"),
}


@dataclass(frozen=True)
class Availability:
    """What a list says about joining; `blockers` is empty where one may register.

    `code` is a key of `STATUS_TONES`; `icon` the name of a drawing.
    """

    code: str
    label: str
    icon: str
    places_line: str = ""
    taken: int | None = None
    total: int | None = None
    blockers: tuple[Blocker, ...] = ()

    @property
    def is_open(self) -> bool:
        """A place, or at least one on the waiting list, can be had now."""
        return self.code in OPEN and not self.blockers


def availability(run, activity, *, at: dt.datetime) -> Availability:
    """The state of `run` at the aware moment `at`; None where nobody registers."""
    if activity.registration_mode == RegistrationMode.NONE:
        return Availability("walk_in", _("直接来"), "arrow")
    if run is None:
        return Availability("closed", _("暂不能报名"), "lock")
    blockers = tuple(run_blockers(run, at=at))
    code, label, icon = _state(run, {blocker.code for blocker in blockers})
    return Availability(code, label, icon, *_places(run, code), blockers=blockers)


def session_availability(session, *, at: dt.datetime) -> Availability:
    """As `availability`, for one meeting: it may be cancelled or over by itself."""
    if session.status == SessionStatus.CANCELLED:
        return Availability(*_said("cancelled"))
    if session.ends_at <= at:
        return Availability(*_said("over"))
    return availability(session.run, session.activity, at=at)


def open_q(at: dt.datetime, prefix: str = "") -> Q:
    """The SQL twin of `is_open` for a run, or for what `prefix` ("run__") leads to."""

    def q(**conditions) -> Q:
        return Q(**{f"{prefix}{name}": value for name, value in conditions.items()})

    free = q(capacity=None) | q(taken__lt=F(f"{prefix}capacity"))
    may_wait = q(waiting_capacity=None) | q(waiting__lt=F(f"{prefix}waiting_capacity"))
    return (
        q(is_open=True, is_cancelled=False)
        & (q(opens_at=None) | q(opens_at__lte=at))
        & (q(closes_at=None) | q(closes_at__gt=at))
        & (q(last_ends_at=None) | q(last_ends_at__gt=at))
        & (free | may_wait)
    )


def _state(run, codes: set[str]) -> tuple[str, str, str]:
    worst = next((code for code in WEIGHT if code in codes), "")
    if worst == "not_yet_open":
        return "not_yet", _opening(run), "clock"
    if worst:
        return _said(worst)
    if has_free_place(run):
        return "open", _("可报名"), "check"
    return "full", _("已满，可候补"), "list"


def _said(blocker: str) -> tuple[str, str, str]:
    code, label, icon = BLOCKED[blocker]
    return code, str(label), icon


def _opening(run) -> str:
    return _("%(day)s开始报名") % {"day": month_day(run.opens_at)}


def _places(run, code: str) -> tuple[str, int | None, int | None]:
    """The sentence that counts, and the two numbers of its bar."""
    if code in ("cancelled", "finished", "closed"):
        return "", None, None
    if run.capacity is None:
        return _("名额不限"), None, None
    return _places_line(run), run.taken, run.capacity


def _places_line(run) -> str:
    left = run.capacity - run.taken
    words = {"left": left, "total": run.capacity, "waiting": run.waiting}
    if left > 0:
        return _("还有 %(left)d 个名额，共 %(total)d 个") % words
    if run.waiting:
        return _("%(total)d 个名额已满，%(waiting)d 人候补") % words
    return _("%(total)d 个名额已满") % words
