"""Registers and withdraws, for every channel: web, telephone and desk."""

import hashlib
from contextlib import nullcontext

from django.db import IntegrityError, connection, transaction

from activities import last_step
from activities.allocation import allocate, give_back
from activities.models import Registration, Run
from activities.rush import see_decided
from activities.states import ACTIVE

TRIES = 5


def register(
    *,
    run: Run,
    learner,
    channel,
    acted_by,
    idempotency_key,
    consented_by="",
    override_reason="",
) -> Registration:
    """Claims a place for `learner` and answers with what became of the claim.

    The claim is committed before anything is decided, so it can be neither lost nor
    refused for being late. The same key from the same account for the same learner
    and run returns the same registration; so does another key while one is active.
    PENDING is returned only when the run stayed locked for seconds: it is decided
    shortly after by a task. With `override_reason` staff set aside what
    `rules.DESK_MAY_OVERRIDE` names. Not to be called inside a transaction.
    """
    claim = write_claim(
        idempotency_key,
        run_id=run.pk,
        learner_id=learner.pk,
        acted_by=acted_by,
        channel=channel,
        consented_by=consented_by,
        override_reason=override_reason,
    )
    return decided(claim)


def decided(claim: Registration) -> Registration:
    """The claim with what became of it. Not to be called inside a transaction."""
    if claim.decided_at is None:
        allocate(claim.run_id, claim=claim)
        claim.refresh_from_db()
    return claim


def hand_in(
    *, run_id: int, learner_id: int, channel, acted_by, idempotency_key, consented_by=""
) -> int:
    """Claims a place as `register` does, without waiting while others decide.

    Returns the primary key of the registration: decided by now, or in a moment
    (`rush.wait_for`). Not to be called inside a transaction.
    """
    claim = write_claim(
        idempotency_key,
        run_id=run_id,
        learner_id=learner_id,
        acted_by=acted_by,
        channel=channel,
        consented_by=consented_by,
    )
    if claim.decided_at is None:
        see_decided(run_id)
    return claim.pk


def hand_in_at_once(
    *, run_id: int, learner_id: int, acted_by, idempotency_key
) -> int | None:
    """`hand_in` for an account's household, on the shortest way there is.

    None, with nothing done, where more has to be known or said first
    (`last_step.claim`).
    """
    pk = last_step.claim(
        run_id,
        learner_id=learner_id,
        account_id=acted_by.pk,
        idempotency_key=_scoped(idempotency_key, run_id, learner_id, acted_by),
    )
    if pk is not None:
        see_decided(run_id)
    return pk


def withdraw(registration: Registration, *, acted_by, channel, reason="") -> bool:
    """Gives the place back and to the next in line; False when it was done before.

    Whether it is still allowed is `rules.can_withdraw`; staff may at any time.
    """
    return give_back(registration, acted_by=acted_by, channel=channel, reason=reason)


def came_of(registration: Registration, idempotency_key: str, *, acted_by) -> bool:
    """False when it was there before this key was sent by this account."""
    key = _scoped(
        idempotency_key, registration.run_id, registration.learner_id, acted_by
    )
    return registration.idempotency_key == key


def write_claim(
    idempotency_key, *, run_id, learner_id, acted_by, **fields
) -> Registration:
    """The new claim, or the one that is there already; nothing is decided.

    The first half of `register`, for who writes more in the same transaction.
    `decided` is called when that is committed.
    """
    key = _scoped(idempotency_key, run_id, learner_id, acted_by)
    for _attempt in range(TRIES):
        try:
            with _savepoint_inside_others():
                return Registration.objects.create(
                    idempotency_key=key,
                    run_id=run_id,
                    learner_id=learner_id,
                    acted_by=acted_by,
                    **fields,
                )
        except IntegrityError:
            existing = _existing(key, run_id, learner_id)
            if existing is not None:
                return existing
    raise RuntimeError("A claim was neither written nor found.")


def _savepoint_inside_others():
    """A statement by itself is its own transaction: BEGIN and COMMIT are saved."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _existing(key: str, run_id, learner_id) -> Registration | None:
    """None when the one in the way was refused or withdrawn in this very moment."""
    same_key = Registration.objects.filter(idempotency_key=key).first()
    if same_key is not None:
        return same_key
    return Registration.objects.filter(
        run=run_id, learner=learner_id, status__in=ACTIVE
    ).first()


def _scoped(key: str, run_id, learner_id, acted_by) -> str:
    """A key counts only for who sent it, whom and what it was sent for."""
    account = acted_by.pk if acted_by else ""
    text = f"{account}:{run_id}:{learner_id}:{key}"
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()
