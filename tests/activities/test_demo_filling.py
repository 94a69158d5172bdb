"""Who registered in the demo: the learners themselves, and the desk for the others."""

import pytest

from activities.demo import load
from activities.models import Registration, RegistrationEvent
from activities.roster import roster
from activities.states import Channel
from learners import households
from learners.models import Relation, User
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


def test_who_is_to_be_told_by_hand_can_be_called_but_gets_no_text(run):
    rows = roster(run, with_phones=True)
    assert all(row.phone.startswith("07920") for row in rows)
    assert not any(row.is_reached for row in rows)


def test_the_resident_of_the_readme_has_something_to_look_at():
    resident = User.objects.create_user("resident", phone="13800000001")
    households.add(resident, "张桂英", Relation.SELF)
    run = RunFactory(capacity=6)
    load._register_resident(run.activity)
    assert Registration.objects.get().learner.name == "张桂英"
