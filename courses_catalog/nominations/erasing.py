"""What goes when a nomination is closed, and when an account is.

A reviewer may have to answer for her decision, so proofs stay `PROOF_DAYS` after it;
then they are erased with the telephone. Of whom is not listed nothing else stays but
that somebody asked, when, and what was decided.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from courses_catalog.models import Nomination, Proof
from courses_catalog.nominations import nomination as nominations
from courses_catalog.nominations import proofs
from courses_catalog.nominations.states import CAN_WITHDRAW, NOT_LISTED
from home.ticks import tick
from learners.erasure import people_leave

# A form that was left half filled in.
HALF_FILLED = dt.timedelta(days=1)
MOST_AT_ONCE = 100
WORDS = {
    "shown_name": "",
    "subjects": [],
    "summary": "",
    "introduction": "",
    "availability": "",
}


def kept_for() -> dt.timedelta:
    return dt.timedelta(days=settings.PROOF_DAYS)


@tick
def erase_what_is_over() -> None:
    """Repeatable; a little at a time."""
    now = timezone.now()
    over = Nomination.objects.closed().filter(
        erased_at=None, closed_at__lte=now - kept_for()
    )
    for nomination in over[:MOST_AT_ONCE]:
        erase(nomination, at=now)
    left = Proof.objects.filter(nomination=None, created_at__lte=now - HALF_FILLED)
    proofs.remove(left[:MOST_AT_ONCE])


@transaction.atomic
def erase(nomination: Nomination, *, at: dt.datetime) -> None:
    proofs.remove(nomination.proofs.all())
    gone = {"phone": "", "erased_at": at}
    if nomination.status in NOT_LISTED:
        gone |= WORDS
    for name, value in gone.items():
        setattr(nomination, name, value)
    nomination.save(update_fields=list(gone))


@receiver(people_leave)
def erase_all_of(sender, acted_by, **kwargs) -> None:
    """The account is being erased: what is public of the person goes with it."""
    own = Nomination.objects.filter(user=acted_by)
    for nomination in own.filter(status__in=CAN_WITHDRAW):
        nominations.withdraw(nomination)
    for nomination in own.filter(erased_at=None):
        erase(nomination, at=timezone.now())
    proofs.remove(Proof.objects.filter(user=acted_by))
