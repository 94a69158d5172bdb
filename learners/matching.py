"""Finds the same person again, whichever way she came before.

A name alone is nobody: names repeat. A name with a telephone is somebody: the
learner's own number, or the proved one of an account she belongs to.
"""

from django.db.models import Q

from learners.encryption import keyed_hash
from learners.models import Learner, LearnerAccess, User


def by_name_and_phone(name: str, phone: str) -> Learner | None:
    """The learner of this name at the normalised number; None without a number.

    An account's number counts once its owner has proved it: anybody may type any.
    """
    if not phone:
        return None
    number = keyed_hash(phone)
    accounts = User.objects.filter(phone_hash=number, is_phone_verified=True)
    of_account = LearnerAccess.objects.filter(user__in=accounts).values("learner")
    same = Learner.objects.filter(Q(phone_hash=number) | Q(pk__in=of_account))
    return same.filter(name=name).select_related("residence").order_by("pk").first()


def met_at_the_desk(user: User, name: str) -> Learner | None:
    """Whom staff wrote down with the number `user` has proved, not yet of her account.

    A contact number that was only typed opens nobody's record.
    """
    if not (user.phone_hash and user.is_phone_verified):
        return None
    known = Learner.objects.filter(name=name, phone_hash=user.phone_hash)
    return known.exclude(access__user=user).order_by("pk").first()
