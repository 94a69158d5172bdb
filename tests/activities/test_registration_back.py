"""Back from the result of registering, and what the last look says of a birth date."""

import datetime as dt

import pytest
from django.urls import reverse

from activities.states import RegistrationStatus
from learners import households
from learners.models import Relation
from tests.factories import RegistrationFactory, RunFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def mother(user):
    born_on = dt.date(1956, 3, 8)
    return households.add(user, "王秀兰", Relation.PARENT, born_on=born_on)


@pytest.mark.parametrize(
    ("status", "is_held"),
    [
        (RegistrationStatus.PENDING, True),
        (RegistrationStatus.PLACED, True),
        (RegistrationStatus.WAITING, True),
        (RegistrationStatus.WITHDRAWN, False),
    ],
)
def test_back_from_the_result_leads_to_the_result(client, mother, status, is_held):
    run = RunFactory()
    held = RegistrationFactory(run=run, learner=mother, status=status)
    answer = client.get(reverse("register_check", args=[run.pk, mother.pk]))
    if is_held:
        assert answer.url == reverse("my_registration", args=[held.pk])
    else:
        assert "请核对，没错就报" in answer.content.decode()


def test_another_run_is_looked_at_as_before(client, mother):
    RegistrationFactory(learner=mother, status=RegistrationStatus.PLACED)
    page = client.get(reverse("register_check", args=[RunFactory().pk, mother.pk]))
    assert "请核对，没错就报" in page.content.decode()


def test_the_last_look_says_how_the_birth_date_was_read(client, mother):
    run = RunFactory(min_age=60)
    page = client.get(reverse("register_check", args=[run.pk, mother.pk]))
    assert "1956年3月8日出生，开班时 70 岁" in page.content.decode()
