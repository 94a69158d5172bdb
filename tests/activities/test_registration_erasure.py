"""Somebody closes her account: places go to the next, past classes keep a count."""

import datetime as dt

import pytest
from django.urls import reverse

from activities import registration
from activities.feeds import tokens
from activities.models import FeedToken, Registration
from activities.states import Channel, RegistrationStatus
from learners import erasure, households
from learners.models import Relation
from tests.factories import LearnerFactory, UserFactory
from tests.factories.registration import FIRST, RunFactory

pytestmark = pytest.mark.django_db

BEFORE = FIRST - dt.timedelta(days=7)
AFTER = FIRST + dt.timedelta(days=60)


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def mother(user):
    return households.add(user, "王秀兰", Relation.PARENT)


def claim(run, learner, user, **kwargs) -> Registration:
    return registration.register(
        run=run,
        learner=learner,
        channel=Channel.ONLINE,
        acted_by=user,
        idempotency_key=f"{run.pk}-{learner.pk}",
        **kwargs,
    )


def test_the_place_goes_to_the_next_in_line(user, mother, time_machine):
    time_machine.move_to(BEFORE, tick=False)
    run = RunFactory(capacity=1)
    hers = claim(run, mother, user)
    next_in_line = claim(run, LearnerFactory(), UserFactory())
    erasure.erase(user)
    hers.refresh_from_db()
    next_in_line.refresh_from_db()
    assert hers.status == RegistrationStatus.WITHDRAWN
    assert next_in_line.status == RegistrationStatus.PLACED


def test_a_class_that_is_over_keeps_one_person_without_a_name(
    user, mother, time_machine
):
    time_machine.move_to(BEFORE, tick=False)
    run = RunFactory()
    hers = claim(run, mother, user, consented_by="陈静")
    time_machine.move_to(AFTER, tick=False)
    erasure.erase(user)
    hers.refresh_from_db()
    assert hers.status == RegistrationStatus.PLACED
    assert (hers.learner.name, hers.consented_by) == ("", "")


@pytest.mark.parametrize("is_registered", [True, False])
def test_the_private_calendar_closes_for_good(
    user, mother, client, time_machine, is_registered
):
    time_machine.move_to(BEFORE, tick=False)
    if is_registered:
        claim(RunFactory(), mother, user)
    address = reverse("feed_mine", args=[tokens.make(mother)])
    assert client.get(address).status_code == 200
    erasure.erase(user)
    assert client.get(address).status_code == 410
    left = FeedToken.objects.get()
    assert (left.learner, left.seed) == (None, "")
    assert left.revoked_at


def test_so_it_does_for_somebody_taken_out_of_the_household(user, mother, client):
    address = reverse("feed_mine", args=[tokens.make(mother)])
    households.remove(user, mother)
    assert client.get(address).status_code == 410


def test_the_download_lists_the_registrations(user, mother, client, time_machine):
    time_machine.move_to(BEFORE, tick=False)
    claim(RunFactory(), mother, user)
    client.force_login(user)
    held = client.get("/my/account/data/").json()["household"][0]["records"]
    assert held["activities.registration"][0]["status"] == "placed"
    assert held["activities.registration"][0]["activities.registrationevent"]
