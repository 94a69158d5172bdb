"""Erasing an account (个人信息保护法 art. 47): what goes, and what stays nameless."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import ProtectedError
from django.dispatch import Signal

from learners import households, staff
from learners.models import Learner, User

# Sent with `learners`, whose names are about to go, before the transaction (giving a
# place back locks its run): later apps give back what these people still hold.
people_leave = Signal()


def can_erase(user: User) -> bool:
    """False for staff: what they did is a record, an administrator decides."""
    return not staff.is_staff(user)


def erase(user: User) -> None:
    """Takes every name, phone, date and address of the account away, for good.

    People of the household whom another account acts for too stay there. Rows of
    classes attended stay for the count, without a name.
    """
    people = list(households.learners_of(user))
    leaving = [one for one in people if not _is_of_another(one, user)]
    people_leave.send(sender=User, learners=leaving, acted_by=user)
    with transaction.atomic():
        user.learner_access.all().delete()
        for learner in leaving:
            _forget(learner)
        _close(user)


def _is_of_another(learner: Learner, user: User) -> bool:
    return learner.access.exclude(user=user).exists()


def _forget(learner: Learner) -> None:
    try:
        with transaction.atomic():
            learner.delete()
    except ProtectedError:  # registrations are counted, whose they were is forgotten
        learner.name = ""
        learner.phone = ""
        learner.born_on = learner.residence = None
        learner.save()


def _close(user: User) -> None:
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.username = f"erased-{user.pk}"
    user.first_name = user.last_name = user.email = user.phone = ""
    user.is_phone_verified = user.is_active = False
    user.password = make_password(None)
    user.save()
