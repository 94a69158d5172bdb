"""Nobody comes into another account's household by a name and a number typed there."""

import pytest

from learners import households
from learners.matching import by_name_and_phone
from learners.models import Learner, Relation
from tests.factories import LearnerFactory, UserFactory

pytestmark = pytest.mark.django_db

NAME, HERS, OTHERS = "王秀兰", "13800138000", "13911112222"


def account(phone: str, *, is_proved: bool = True):
    return UserFactory(phone=phone, is_phone_verified=is_proved)


def at_the_desk() -> Learner:
    """What the desk does with a name and a number."""
    return by_name_and_phone(NAME, HERS) or LearnerFactory(name=NAME, phone=HERS)


def online() -> Learner:
    """She signs in with her own number and gives her name."""
    return households.add(account(HERS), NAME, Relation.SELF)


def daughter() -> Learner:
    """The account of the daughter, with the number the family gives everywhere."""
    return households.add(account(HERS), NAME, Relation.PARENT)


def planted() -> Learner:
    """A stranger's account writes her name and her number."""
    return households.add(account(OTHERS), NAME, Relation.OTHER, phone=HERS)


def planted_unproved() -> Learner:
    """Whoever has not proved her number may still say it is the account's."""
    stranger = account(HERS, is_proved=False)
    learner = households.add(stranger, NAME, Relation.SELF, phone=HERS)
    # the number is her account's as soon as she proves it
    stranger.phone = ""
    stranger.save()
    return learner


@pytest.mark.parametrize(
    ("first", "then", "is_one_person"),
    [
        (planted, online, False),
        (planted, daughter, False),
        (planted, at_the_desk, False),
        (planted_unproved, online, False),
        (planted_unproved, at_the_desk, False),
        (online, planted, False),
        (at_the_desk, planted, False),
        (at_the_desk, online, True),
        (at_the_desk, daughter, True),
        (at_the_desk, at_the_desk, True),
        (online, at_the_desk, True),
        (daughter, at_the_desk, True),
    ],
)
def test_who_comes_next_is_the_same_person(first, then, is_one_person):
    assert (first() == then()) is is_one_person


@pytest.mark.parametrize("hers", [online, at_the_desk, daughter])
def test_a_planted_name_hides_nobody(hers):
    """The stranger wrote first, and what was really hers is found all the same."""
    stranger_s = planted()
    met = hers()
    assert at_the_desk() == met != stranger_s
    assert stranger_s.access.count() == 1


def test_the_stranger_reads_nothing_of_what_she_tells():
    stranger_s = planted()
    households.change(online(), residence=None, born_on="1955-01-01")
    stranger_s.refresh_from_db()
    assert stranger_s.born_on is None


def test_what_another_corrected_meanwhile_stays():
    read_before = LearnerFactory(name="王秀蓝", phone=OTHERS)
    households.correct(read_before, born_on="1955-01-01", phone=HERS)
    households.change(read_before, name=NAME, phone=OTHERS)
    read_before.refresh_from_db()
    assert (read_before.name, read_before.phone) == (NAME, HERS)
    assert read_before.born_on.year == 1955
    assert by_name_and_phone(NAME, HERS) == read_before
