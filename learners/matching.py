"""Finds the same person again, whichever way she came before.

A name alone is nobody: names repeat. A name with a telephone is somebody, where the
number is one that no stranger can have typed: of a record that only staff wrote, or
the proved number of an account she belongs to. Anybody may write any number beside
any name in an account of her own, and would share the record of whoever came next.
"""

from django.db.models import Q

from learners.encryption import keyed_hash
from learners.models import Learner, LearnerAccess, User


def by_name_and_phone(name: str, phone: str) -> Learner | None:
    """The learner of this name at the normalised number; None without a number."""
    if not phone:
        return None
    number = keyed_hash(phone)
    accounts = User.objects.filter(phone_hash=number, is_phone_verified=True)
    of_account = LearnerAccess.objects.filter(user__in=accounts).values("learner")
    of_staff = Q(phone_hash=number, access=None)
    same = Learner.objects.filter(of_staff | Q(pk__in=of_account), name=name)
    return same.select_related("residence").order_by("pk").first()


def met_at_the_desk(user: User, name: str) -> Learner | None:
    """Whom staff wrote down with the number `user` has proved, of no account yet.

    A contact number that was only typed opens nobody's record, and whom another
    account acts for is not shared behind its back.
    """
    if not (user.phone_hash and user.is_phone_verified):
        return None
    known = Learner.objects.filter(name=name, phone_hash=user.phone_hash, access=None)
    return known.order_by("pk").first()
