"""The people of a run, in the order they have or await a place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.blockers import explain_all
from activities.delivery import ways_to
from activities.models import Registration, RegistrationEvent, Run
from activities.rules import age_on_first_day
from activities.states import Channel
from activities.states import RegistrationStatus as Status
from learners.models import LearnerAccess, Relation
from learners.phones import masked

# who is not on the list (any more)
GONE = (Status.REFUSED, Status.WITHDRAWN)
IN_ORDER = {Status.PLACED: 0, Status.WAITING: 1, Status.PENDING: 2}


@dataclass(frozen=True)
class RosterRow:
    """`number` counts anew among the placed and among the waiting.

    `phone` is masked where `roster` was not asked for it. `is_reached`: news goes to
    her by itself, nobody has to tell her.
    """

    registration: Registration
    number: int
    name: str
    age: int | None
    phone: str
    status: str
    channel: str
    acted_by: str
    created_at: str
    consented_by: str
    override_reason: str
    is_reached: bool

    @property
    def is_waiting(self) -> bool:
        return self.registration.status == Status.WAITING


def roster(run: Run, *, with_phones: bool = False) -> list[RosterRow]:
    """Placed first, then waiting, each by number in the queue. Two queries."""
    order = Case(
        *(When(status=status, then=Value(place)) for status, place in IN_ORDER.items()),
        output_field=IntegerField(),
    )
    registrations = list(
        Registration.objects.filter(run=run, status__in=IN_ORDER)
        .select_related("learner", "acted_by")
        .order_by(order, "pk")
    )
    relations = _relations(registrations)
    numbers: dict[str, int] = dict.fromkeys(IN_ORDER, 0)
    rows = []
    for one in registrations:
        numbers[one.status] += 1
        rows.append(_row(run, one, numbers[one.status], relations, with_phones))
    return rows


def phone_of(one: Registration) -> str:
    """Of the learner, else of the family member who registered online; never a staff
    member's own. `one` came with `learner` and `acted_by`."""
    is_own = one.channel == Channel.ONLINE and one.acted_by is not None
    return one.learner.phone or (one.acted_by.phone if is_own else "")


@dataclass(frozen=True)
class EventRow:
    """What happened to somebody: when, why, and who did it."""

    name: str
    status: str
    at: str
    reason: str
    channel: str
    acted_by: str


def gone(run: Run) -> list[EventRow]:
    """Who was refused or has withdrawn, the latest first. Two queries."""
    events = list(
        RegistrationEvent.objects.filter(
            registration__run=run,
            registration__status__in=GONE,
            status=F("registration__status"),
        )
        .select_related("registration__learner", "acted_by")
        .order_by("-at", "-pk")
    )
    relations = _relations(event.registration for event in events)
    return [_event_row(run, event, relations) for event in events]


def history(one: Registration) -> list[EventRow]:
    """All that ever happened to a registration, the first first."""
    relations = _relations([one])
    events = one.events.select_related("acted_by")
    return [_event_row(one.run, event, relations) for event in events]


def _event_row(run: Run, event: RegistrationEvent, relations) -> EventRow:
    learner = event.registration.learner
    return EventRow(
        name=learner.name or _("已注销"),
        status=str(Status(event.status).label),
        at=_minute(event.at),
        reason=_reason(run, event),
        channel=str(Channel(event.channel).label),
        acted_by=_acted_by(event, learner.pk, relations),
    )


def _reason(run: Run, event: RegistrationEvent) -> str:
    """What staff wrote down, or the sentences of the rules that refused."""
    if event.status != Status.REFUSED:
        return event.reason
    codes = [code for code in event.reason.split(",") if code]
    return "".join(blocker.sentence for blocker in explain_all(codes, run))


def _relations(registrations: Iterable[Registration]) -> dict[tuple[int, int], str]:
    """Who the learner is to the account, by (learner, account)."""
    held = LearnerAccess.objects.filter(
        learner__in=[one.learner_id for one in registrations]
    )
    return {(one.learner_id, one.user_id): one.relation for one in held}


def _row(run: Run, one: Registration, number: int, relations, with_phones):
    phone = phone_of(one)
    return RosterRow(
        registration=one,
        number=number,
        name=one.learner.name,
        age=age_on_first_day(run, one.learner, at=timezone.now()),
        phone=phone if with_phones else masked(phone),
        status=str(Status(one.status).label),
        channel=str(Channel(one.channel).label),
        acted_by=_acted_by(one, one.learner_id, relations),
        created_at=_minute(one.created_at),
        consented_by=one.consented_by,
        override_reason=one.override_reason,
        is_reached=bool(ways_to(one)),
    )


def _acted_by(act: Registration | RegistrationEvent, learner_id, relations) -> str:
    if act.acted_by is None:
        return ""
    if act.channel != Channel.ONLINE:
        return act.acted_by.get_full_name() or act.acted_by.get_username()
    relation = relations.get((learner_id, act.acted_by_id))
    return str(Relation.SELF.label) if relation == Relation.SELF else _("家人代报")


def _minute(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
