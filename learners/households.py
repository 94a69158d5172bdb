"""The people an account acts for: itself and the family registered on the spot."""

import datetime as dt

from django.db import transaction
from django.db.models import Case, F, ProtectedError, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from learners.matching import met_at_the_desk
from learners.models import Learner, LearnerAccess, Relation, User

# More than a family needs; stops an account from hoarding names.
MOST_PEOPLE = 12


class Refused(Exception):
    """Something in the household stands against it; `sentence` says what to do."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


def learners_of(user: User) -> QuerySet[Learner]:
    """Whom `user` may register: herself first, then in the order they were added.

    Each learner carries `relation`, the value of `Relation` to this account.
    """
    return (
        Learner.objects.filter(access__user=user)
        .annotate(
            relation=F("access__relation"),
            is_other=Case(
                When(access__relation=Relation.SELF, then=Value(0)), default=Value(1)
            ),
        )
        .select_related("residence")
        .order_by("is_other", "access__pk")
    )


def self_of(user: User) -> Learner | None:
    """The learner the account holder is, once she has given her name."""
    return learners_of(user).filter(access__relation=Relation.SELF).first()


def proved_phone_of(learner: Learner) -> str:
    """The number the learner herself signs in with; "" when she has proved none."""
    own = learner.access.filter(
        relation=Relation.SELF, user__is_phone_verified=True
    ).select_related("user")
    access = own.first()
    return access.user.phone if access else ""


def full_sentence():
    return _("一个账号最多登记 %(count)s 个人。要再添，请到教学点办。") % {
        "count": MOST_PEOPLE
    }


@transaction.atomic
def add(
    user: User,
    name: str,
    relation: str,
    born_on: dt.date | None = None,
    phone: str = "",
    residence=None,
) -> Learner:
    """Adds a person to the account and returns the learner.

    SELF exists once: a second SELF (a double click, another tab) updates the first.
    So does somebody of the same name and relation, and whom staff wrote down with
    the proved number of the account. Raises Refused when the household is full.
    """
    # the account's row is the lock of its household
    User.objects.select_for_update().get(pk=user.pk)
    known = _known(user, name, relation)
    if known is None and LearnerAccess.objects.filter(user=user).count() >= MOST_PEOPLE:
        raise Refused(full_sentence())
    learner = known or met_at_the_desk(user, name)
    given = {"born_on": born_on, "phone": phone, "residence": residence}
    given = {field: value for field, value in given.items() if value}
    if learner is None:
        learner = Learner.objects.create(name=name, **given)
    else:
        change(learner, name=name, **given)
    if known is None:
        LearnerAccess.objects.create(user=user, learner=learner, relation=relation)
    learner.relation = relation
    return learner


def _known(user: User, name: str, relation: str) -> Learner | None:
    if relation == Relation.SELF:
        return self_of(user)
    same = learners_of(user).filter(name=name, access__relation=relation)
    return same.first()


def change(learner: Learner, **values) -> Learner:
    """Writes new values of name, born_on, phone, residence; names no other.

    What is not named, or stands in `learner` already, is not written: somebody else
    may be putting it right at this moment.
    """
    fields = [
        field
        for field in ("name", "born_on", "phone", "residence")
        if field in values and getattr(learner, field) != values[field]
    ]
    for field in fields:
        setattr(learner, field, values[field])
    if "phone" in fields:
        fields.append("phone_hash")
    learner.save(update_fields=fields)
    return learner


@transaction.atomic
def correct(learner: Learner, **values) -> list[str]:
    """Puts right what is written down; returns the names of the fields that changed.

    Who may, and what of it, the caller has asked already.
    """
    current = Learner.objects.select_for_update(no_key=True).get(pk=learner.pk)
    changed = [name for name in values if getattr(current, name) != values[name]]
    if changed:
        change(current, **{name: values[name] for name in changed})
    return changed


@transaction.atomic
def remove(user: User, learner: Learner) -> None:
    """Takes `learner` out of the account, and out of the database with it.

    Whom another account acts for too only leaves this one. Raises Refused for
    somebody with registrations, past ones included: they are records of classes.
    """
    access = LearnerAccess.objects.filter(user=user, learner=learner)
    if learner.access.exclude(user=user).exists():
        access.delete()
        return
    try:
        with transaction.atomic():
            learner.delete()
    except ProtectedError as error:
        raise Refused(
            _("%(name)s有报名记录，不能移除。要删去个人信息，请在“我的账号”里注销。")
            % {"name": learner.name}
        ) from error
