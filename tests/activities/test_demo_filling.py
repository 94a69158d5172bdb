"""Who registered in the demo: the learners themselves, and the desk for the others."""

import pytest

from activities.demo import load
from activities.models import Registration, RegistrationEvent
from activities.roster import roster
from activities.states import Channel
from learners.models import User
from tests.factories import RunFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr(load, "GIVEN_NAMES", ("秀兰",))
    UserFactory(username="desk", first_name="报名台")
    run = RunFactory(capacity=6)
    load._fill(run.activity, {"fill": [6, 3]}, load._people())
    return run


def test_every_registration_and_event_has_an_account(run):
    assert Registration.objects.count() == RegistrationEvent.objects.count() == 9
    assert not Registration.objects.filter(acted_by=None).exists()
    assert not RegistrationEvent.objects.filter(acted_by=None).exists()


def test_online_they_act_themselves_and_else_the_desk(run):
    said = {(row.registration.channel, row.acted_by) for row in roster(run)}
    assert said == {
        (Channel.ONLINE, "本人"),
        (Channel.PHONE, "报名台"),
        (Channel.DESK, "报名台"),
    }


def test_their_accounts_open_to_nobody(run):
    accounts = User.objects.filter(username__startswith="demo-")
    assert accounts.count() == 12
    for account in accounts:
        assert account.phone == account.email == ""
        assert not account.has_usable_password()
