"""Registered at the desk, and not into the account of whoever typed her name."""

import pytest
from django.urls import reverse

from activities.models import Registration
from activities.states import RegistrationStatus
from learners import households
from learners.models import Learner, Relation
from tests.factories import RegistrationFactory, RunFactory, UserFactory

pytestmark = pytest.mark.django_db

NAME, HERS = "王秀兰", "13800138000"


@pytest.fixture
def stranger():
    return UserFactory(phone="13911112222", is_phone_verified=True)


@pytest.fixture
def clerk():
    return UserFactory(is_superuser=True)


def at_the_desk(client, clerk, run, phone, key="k") -> Registration:
    client.force_login(clerk)
    url = reverse("activity_roster_register", args=[run.activity_id])
    sent = {"key": key, "channel": "desk", "name": NAME, "phone": phone}
    answer = client.post(url, sent)
    assert answer.status_code == 302
    return Registration.objects.filter(run=run).latest("pk")


@pytest.mark.parametrize("phone", [HERS, ""])
def test_a_planted_name_opens_no_registration_of_the_desk(
    client, clerk, stranger, phone
):
    run = RunFactory(capacity=5)
    planted = households.add(stranger, NAME, Relation.OTHER, phone=phone)
    RegistrationFactory(run=run, learner=planted, status=RegistrationStatus.PLACED)
    hers = at_the_desk(client, clerk, run, phone)
    assert hers.learner != planted
    client.force_login(stranger)
    assert client.get(reverse("my_registration", args=[hers.pk])).status_code == 404


@pytest.mark.parametrize("phone", [HERS, ""])
def test_the_desk_finds_again_whom_it_wrote_down(client, clerk, phone):
    run = RunFactory(capacity=5)
    for key in ("first", "second"):
        at_the_desk(client, clerk, run, phone, key)
    assert (Registration.objects.count(), Learner.objects.count()) == (1, 1)
