"""Registers and withdraws, for every channel: web, telephone and desk."""

import hashlib

from django.db import IntegrityError, transaction

from activities.allocation import allocate, give_back
from activities.models import Registration, Run
from activities.states import ACTIVE

TRIES = 5


def register(
    *, run: Run, learner, channel, acted_by, idempotency_key, consented_by=""
) -> Registration:
    """Claims a place for `learner` and answers with what became of the claim.

    The claim is committed before anything is decided, so it can be neither lost nor
    refused for being late. The same key from the same account for the same learner
    and run returns the same registration; so does another key while one is active.
    PENDING is returned only when the run stayed locked for seconds: it is decided
    shortly after by a task. Not to be called inside a transaction.
    """
    key = _scoped(idempotency_key, run, learner, acted_by)
    claim = _claim(
        idempotency_key=key,
        run=run,
        learner=learner,
        channel=channel,
        acted_by=acted_by,
        consented_by=consented_by,
    )
    if claim.decided_at is None:
        allocate(run.pk, claim=claim)
        claim.refresh_from_db()
    return claim


def withdraw(registration: Registration, *, acted_by, channel, reason="") -> bool:
    """Gives the place back and to the next in line; False when it was done before.

    Whether it is still allowed is `rules.can_withdraw`; staff may at any time.
    """
    return give_back(registration, acted_by=acted_by, channel=channel, reason=reason)


def _claim(*, idempotency_key, run, learner, **fields) -> Registration:
    """The new claim, or the one that is there already."""
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                return Registration.objects.create(
                    idempotency_key=idempotency_key, run=run, learner=learner, **fields
                )
        except IntegrityError:
            existing = _existing(idempotency_key, run, learner)
            if existing is not None:
                return existing
    raise RuntimeError("A claim was neither written nor found.")


def _existing(key: str, run, learner) -> Registration | None:
    """None when the one in the way was refused or withdrawn in this very moment."""
    same_key = Registration.objects.filter(idempotency_key=key).first()
    if same_key is not None:
        return same_key
    return Registration.objects.filter(
        run=run, learner=learner, status__in=ACTIVE
    ).first()


def _scoped(key: str, run, learner, acted_by) -> str:
    """A key counts only for who sent it, whom and what it was sent for."""
    account = acted_by.pk if acted_by else ""
    text = f"{account}:{run.pk}:{learner.pk}:{key}"
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()
