"""The people of a run, in the order they have or await a place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Registration, Run
from activities.rules import age_on_first_day
from activities.states import Channel
from activities.states import RegistrationStatus as Status
from learners.models import LearnerAccess, Relation

IN_ORDER = {Status.PLACED: 0, Status.WAITING: 1, Status.PENDING: 2}


@dataclass(frozen=True)
class RosterRow:
    """`number` counts anew among the placed and among the waiting."""

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


def roster(run: Run) -> list[RosterRow]:
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
        rows.append(_row(run, one, numbers[one.status], relations))
    return rows


def _relations(registrations: Iterable[Registration]) -> dict[tuple[int, int], str]:
    """Who the learner is to the account, by (learner, account)."""
    held = LearnerAccess.objects.filter(
        learner__in=[one.learner_id for one in registrations]
    )
    return {(one.learner_id, one.user_id): one.relation for one in held}


def _row(run: Run, one: Registration, number: int, relations) -> RosterRow:
    return RosterRow(
        registration=one,
        number=number,
        name=one.learner.name,
        age=age_on_first_day(run, one.learner, at=timezone.now()),
        phone=one.learner.phone or _phone_of_account(one),
        status=str(Status(one.status).label),
        channel=str(Channel(one.channel).label),
        acted_by=_acted_by(one, relations),
        created_at=timezone.localtime(one.created_at).strftime("%Y-%m-%d %H:%M"),
        consented_by=one.consented_by,
    )


def _phone_of_account(one: Registration) -> str:
    """Of the family member who registered online; never a staff member's own."""
    is_own = one.channel == Channel.ONLINE and one.acted_by is not None
    return one.acted_by.phone if is_own else ""


def _acted_by(one: Registration, relations) -> str:
    if one.acted_by is None:
        return ""
    if one.channel != Channel.ONLINE:
        return one.acted_by.get_full_name() or one.acted_by.get_username()
    relation = relations.get((one.learner_id, one.acted_by_id))
    return str(Relation.SELF.label) if relation == Relation.SELF else _("家人代报")
