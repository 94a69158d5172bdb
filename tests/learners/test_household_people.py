"""The people an account acts for."""

import datetime as dt

import pytest
from django.db import IntegrityError

from learners import households
from learners.models import Learner, LearnerAccess, Relation
from tests.factories import LearnerFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory()


def names(user):
    return [one.name for one in households.learners_of(user)]


def test_a_new_account_has_nobody(user):
    assert names(user) == []
    assert households.self_of(user) is None


def test_oneself_comes_first_then_the_family_in_order(user):
    households.add(user, "王秀兰", Relation.PARENT)
    households.add(user, "陈小宝", Relation.CHILD)
    households.add(user, "陈静", Relation.SELF)
    assert names(user) == ["陈静", "王秀兰", "陈小宝"]
    assert households.self_of(user).name == "陈静"


def test_everybody_says_who_they_are_to_this_account(user):
    mother = households.add(user, "王秀兰", Relation.PARENT)
    other = UserFactory()
    LearnerAccess.objects.create(user=other, learner=mother, relation=Relation.SELF)
    assert [one.relation for one in households.learners_of(user)] == ["parent"]
    assert [one.relation for one in households.learners_of(other)] == ["self"]


def test_other_accounts_people_are_not_seen(user):
    households.add(UserFactory(), "别人", Relation.SELF)
    LearnerFactory(name="到教学点登记的")
    assert names(user) == []


def test_adding_writes_what_was_given(user):
    net = small_network()
    born = dt.date(1956, 3, 8)
    learner = households.add(
        user, "王秀兰", Relation.PARENT, born, "13911112222", net.township
    )
    learner.refresh_from_db()
    assert (learner.born_on, learner.phone) == (born, "13911112222")
    assert learner.residence.pk == net.township.pk


def test_oneself_is_one_person_whatever_is_clicked_twice(user):
    first = households.add(user, "陈静", Relation.SELF)
    again = households.add(user, "陈静", Relation.SELF, dt.date(1987, 1, 1))
    assert first.pk == again.pk
    assert Learner.objects.get().born_on == dt.date(1987, 1, 1)


def test_the_same_name_and_relation_is_the_same_person(user):
    first = households.add(user, "王秀兰", Relation.PARENT, dt.date(1956, 3, 8))
    again = households.add(user, "王秀兰", Relation.PARENT)
    assert first.pk == again.pk
    assert Learner.objects.get().born_on == dt.date(1956, 3, 8)


def test_the_database_holds_one_self_per_account(user):
    households.add(user, "陈静", Relation.SELF)
    with pytest.raises(IntegrityError):
        LearnerAccess.objects.create(
            user=user, learner=LearnerFactory(), relation=Relation.SELF
        )


def test_a_household_has_an_end_with_a_way_on(user):
    for number in range(households.MOST_PEOPLE):
        households.add(user, f"家人{number}", Relation.OTHER)
    with pytest.raises(households.Refused, match="教学点"):
        households.add(user, "又一位", Relation.OTHER)
    assert households.add(user, "家人0", Relation.OTHER)


def test_removing_somebody_removes_the_person(user):
    mother = households.add(user, "王秀兰", Relation.PARENT)
    households.remove(user, mother)
    assert not Learner.objects.exists()


def test_whom_another_account_acts_for_only_leaves_this_one(user):
    mother = households.add(user, "王秀兰", Relation.PARENT)
    other = UserFactory()
    LearnerAccess.objects.create(user=other, learner=mother, relation=Relation.SELF)
    households.remove(user, mother)
    assert names(user) == []
    assert names(other) == ["王秀兰"]


def test_changing_leaves_what_is_not_named(user):
    mother = households.add(user, "王秀兰", Relation.PARENT, dt.date(1956, 3, 8))
    households.change(mother, name="王秀蓝")
    mother.refresh_from_db()
    assert (mother.name, mother.born_on) == ("王秀蓝", dt.date(1956, 3, 8))


def test_listing_a_household_is_one_query(user, django_assert_num_queries):
    net = small_network()
    for number in range(5):
        households.add(user, f"家人{number}", Relation.OTHER, None, "", net.village)
    with django_assert_num_queries(1):
        for one in households.learners_of(user):
            assert one.relation
            assert one.residence.title


class TestWhomTheDeskWroteDown:
    """Registered by staff first, with the number that is now the account's."""

    @pytest.fixture
    def met(self):
        return LearnerFactory(name="胡月娥", phone="15700000032")

    @pytest.mark.parametrize("relation", [Relation.SELF, Relation.PARENT])
    def test_with_the_proved_number_it_is_the_same_person(self, met, relation):
        user = UserFactory(phone="15700000032", is_phone_verified=True)
        born = dt.date(1956, 3, 8)
        assert households.add(user, "胡月娥", relation, born) == met
        assert Learner.objects.get().born_on == born
        assert [one.relation for one in households.learners_of(user)] == [relation]

    def test_adding_twice_is_still_one(self, met):
        user = UserFactory(phone="15700000032", is_phone_verified=True)
        for _ in range(2):
            households.add(user, "胡月娥", Relation.PARENT)
        assert LearnerAccess.objects.get().learner == met

    @pytest.mark.parametrize(
        ("account", "name"),
        [
            ({"phone": "15700000032", "is_phone_verified": False}, "胡月娥"),
            ({"phone": "15700000033", "is_phone_verified": True}, "胡月娥"),
            ({"phone": "15700000032", "is_phone_verified": True}, "胡月"),
            ({"phone": "", "is_phone_verified": True}, "胡月娥"),
        ],
    )
    def test_a_number_only_typed_opens_nobody_s_record(self, met, account, name):
        user = UserFactory(**account)
        added = households.add(user, name, Relation.SELF, phone="15700000032")
        assert added != met
        assert not met.access.exists()
