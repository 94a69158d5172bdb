"""Somebody the desk writes down who is known already, or is being corrected."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities import allocation, roster_forms
from activities.models import Registration
from learners import households
from learners.models import Learner, Relation
from tests.factories import (
    LearnerFactory,
    RegistrationFactory,
    RunFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

BORN = dt.date(1950, 3, 8)
PHONE = "15700000032"


@pytest.fixture
def run():
    soon = timezone.now() + dt.timedelta(days=10)
    return RunFactory(first_starts_at=soon, last_ends_at=soon, min_age=60)


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


def fill(desk, run, **fields):
    url = reverse("activity_roster_register", args=[run.activity_id])
    key = desk.get(url).context["form"]["key"].value()
    sent = {"key": key, "channel": "desk", "name": "胡月娥", "phone": PHONE}
    return desk.post(url, sent | fields)


@pytest.fixture
def online(run):
    """Put on the list by a daughter, with a number nobody has proved."""
    daughter = UserFactory(phone="13911112222", is_phone_verified=True)
    learner = households.add(
        daughter, "胡月娥", Relation.PARENT, born_on=BORN, phone=PHONE
    )
    RegistrationFactory(run=run, learner=learner)
    allocation.allocate(run.pk)
    return learner


@pytest.mark.parametrize(
    ("born_on", "is_said"), [("1950-3-8", True), ("1951-3-8", False)]
)
def test_the_clerk_is_pointed_to_who_may_be_the_same(
    desk, run, online, born_on, is_said
):
    """Not joined by itself: a stranger may have typed the number."""
    response = fill(desk, run, born_on=born_on)
    said = "名单上另有一条胡月娥" in desk.get(response.url).content.decode()
    assert said is is_said
    assert Registration.objects.count() == Learner.objects.count() == 2


def test_what_is_put_right_meanwhile_is_kept(desk, run, monkeypatch):
    known = LearnerFactory(name="胡月娥", phone=PHONE)
    find = roster_forms.by_name_and_phone

    def corrected_meanwhile(*args):
        found = find(*args)
        Learner.objects.filter(pk=known.pk).update(name="胡月鹅")
        return found

    form = roster_forms.DeskForm(
        {
            "key": "one",
            "channel": "desk",
            "name": "胡月娥",
            "phone": PHONE,
            "born_on": "1950-3-8",
        },
        run=run,
        staff=UserFactory(is_superuser=True),
        at=timezone.now(),
    )
    assert form.is_valid()
    monkeypatch.setattr(roster_forms, "by_name_and_phone", corrected_meanwhile)
    form.save()
    known.refresh_from_db()
    assert (known.name, known.born_on) == ("胡月鹅", BORN)
