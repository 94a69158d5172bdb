"""What an allocation decides, before anything of it is written."""

from collections import defaultdict

from django.db.models import QuerySet

from activities.models import Registration, Run
from activities.rules import (
    Standing,
    claim_blockers,
    has_free_place,
    has_waiting_room,
)
from activities.standing import places_held
from activities.states import RegistrationStatus
from learners.models import Learner

PLACED = RegistrationStatus.PLACED
WAITING = RegistrationStatus.WAITING
REFUSED = RegistrationStatus.REFUSED


class Decisions:
    """Collects who gets what; keeps `run.taken` and `run.waiting` in step.

    Needs the run locked. The run's figures are changed in memory only.
    """

    def __init__(self, run: Run):
        self.run = run
        self._decided: list[tuple[Registration, str, tuple[str, ...]]] = []
        self._promoted: list[int] = []

    def __bool__(self) -> bool:
        return bool(self._decided)

    def first_in_line(self, waiting: QuerySet[Registration]) -> list[Registration]:
        """As many as can get a place; all of them where some may be passed over."""
        if not has_free_place(self.run):
            return []
        if self.run.capacity is None or self.run.max_active is not None:
            return list(waiting)
        return list(waiting[: self.run.capacity - self.run.taken])

    def lock_learners(self, registrations: list[Registration]) -> None:
        """Where the run limits what a learner holds: they may be registering elsewhere.

        To be called once, for everybody there is to decide, before anybody is.
        """
        if self.run.max_active is None:
            return
        ids = [one.learner_id for one in registrations]
        locked = Learner.objects.select_for_update(no_key=True).filter(pk__in=ids)
        list(locked.order_by("pk").values_list("pk", flat=True))

    def promote(self, in_line: list[Registration], *, at) -> None:
        """Free places go to those who wait, the first in line first.

        Who has come to hold as many places as the run allows stays in line and is
        passed over.
        """
        held = self._places_held(in_line, at=at)
        for registration in in_line:
            if not has_free_place(self.run):
                break
            if not self._is_at_limit(held.get(registration.learner_id, 0)):
                self.run.waiting -= 1
                self._promoted.append(registration.pk)
                self._place(registration)

    def judge(self, claims: list[Registration]) -> None:
        """Each claim in order: a place, the waiting list, or refused with reasons.

        Rules about time look at the moment of the claim: nobody is refused because
        the lock was late.
        """
        if not claims:
            return
        held = self._places_held(claims, at=claims[0].created_at)
        for claim in claims:
            standing = Standing(places_held=held.get(claim.learner_id, 0))
            blockers = claim_blockers(
                self.run,
                claim.learner,
                at=claim.created_at,
                channel=claim.channel,
                standing=standing,
                consented_by=claim.consented_by,
                override_reason=claim.override_reason,
            )
            if blockers:
                codes = tuple(blocker.code for blocker in blockers)
                self._decided.append((claim, REFUSED, codes))
            elif has_free_place(self.run):
                self._place(claim)
            elif has_waiting_room(self.run):
                self.run.waiting += 1
                self._decided.append((claim, WAITING, ()))

    def groups(self) -> dict[tuple[str, tuple[str, ...]], list[Registration]]:
        """Registrations by (status, codes of refusal)."""
        found = defaultdict(list)
        for registration, status, codes in self._decided:
            found[status, codes].append(registration)
        return dict(found)

    def reason_of(self, registration: Registration, refusals: tuple[str, ...]) -> str:
        """What its event says: the codes that refused, or what staff wrote down."""
        if refusals or registration.pk in self._promoted:
            return ",".join(refusals)
        return registration.override_reason

    def learners_placed(self) -> set[int]:
        """Whose own calendar feed has changed."""
        return {one.learner_id for one, status, _ in self._decided if status == PLACED}

    def news(self) -> dict[str, list[int]]:
        """Primary keys by kind of notice."""
        promoted = set(self._promoted)
        found = defaultdict(list)
        for registration, status, _codes in self._decided:
            kind = "promoted" if registration.pk in promoted else str(status)
            found[kind].append(registration.pk)
        return dict(found)

    def _place(self, registration: Registration) -> None:
        self.run.taken += 1
        self._decided.append((registration, PLACED, ()))

    def _is_at_limit(self, held: int) -> bool:
        return self.run.max_active is not None and held >= self.run.max_active

    def _places_held(self, registrations: list[Registration], *, at) -> dict[int, int]:
        return places_held(self.run, [one.learner_id for one in registrations], at=at)
