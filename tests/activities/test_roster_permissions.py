"""Every address of the roster × own, sibling's, parent's subtree × role × level."""

import pytest
from django.urls import get_resolver, reverse

from activities.models import Registration
from activities.roster_hooks import register_roster_urls
from activities.states import RegistrationStatus
from home.models import NodeRole, Role
from learners.models import AccessEntry
from tests.factories import (
    ActivityPageFactory,
    LearnerFactory,
    RegistrationFactory,
    RunFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db

SECRET = "胡月娥"
# name of the address → the fields that would change something when sent
SENT = {
    "activity_roster": None,
    "activity_roster_csv": None,
    "activity_roster_xlsx": None,
    "activity_roster_print": None,
    "activity_roster_register": {"key": "k", "channel": "desk", "name": "新来的"},
    "activity_roster_correct": {"channel": "desk", "name": "改过的"},
    "activity_roster_told": {"notice": "1"},
    "activity_roster_withdraw": {"channel": "desk"},
}
OF_ONE = {f"activity_roster_{act}" for act in ("correct", "told", "withdraw")}
SENT_ONLY = {"activity_roster_told"}
OWN, FOREIGN = True, False


@pytest.fixture
def net():
    return small_network()


def holder(node, role):
    user = UserFactory()
    NodeRole.objects.create(user=user, node=node, role=role)
    return user


def registered_at(node) -> Registration:
    activity = ActivityPageFactory(parent=node)
    run = RunFactory(activity=activity, node_path=node.path, taken=1)
    return RegistrationFactory(
        run=run,
        learner=LearnerFactory(name=SECRET),
        status=RegistrationStatus.PLACED,
    )


def address(name: str, registration: Registration) -> str:
    args = [registration.run.activity_id]
    if name in OF_ONE:
        args.append(registration.pk)
    return reverse(name, args=args)


def answers(client, registration):
    """Every address asked for, and sent to where it takes something."""
    for name, data in SENT.items():
        if name not in SENT_ONLY:
            yield name, client.get(address(name, registration))
        if data is not None:
            yield f"{name} sent", client.post(address(name, registration), data)


def test_every_address_of_the_roster_stands_in_this_table():
    assert {pattern.name for pattern in register_roster_urls()} == set(SENT)
    assert get_resolver().reverse_dict.getlist("activity_roster")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.DESK])
@pytest.mark.parametrize(
    ("seat", "place", "expected"),
    [
        ("village", "village", OWN),
        ("village", "sibling_village", FOREIGN),
        ("village", "township", FOREIGN),
        ("township", "village", OWN),
        ("township", "other_township", FOREIGN),
        ("township", "county", FOREIGN),
        ("county", "village", OWN),
        ("county", "other_village", FOREIGN),
        ("county", "city", FOREIGN),
        ("city", "other_village", OWN),
    ],
)
def test_staff_reach_the_rosters_of_their_own_subtree(
    client, net, seat, place, expected, role
):
    registration = registered_at(getattr(net, place))
    client.force_login(holder(getattr(net, seat), role))
    reached = {
        name: response.status_code not in (403, 404)
        for name, response in answers(client, registration)
    }
    assert set(reached.values()) == {expected}, reached


def test_what_is_refused_changes_nothing_shows_nobody_and_is_not_a_reading(client, net):
    registration = registered_at(net.sibling_village)
    client.force_login(holder(net.village, Role.EDITOR))
    for _name, response in answers(client, registration):
        assert SECRET not in response.content.decode()
        assert response.status_code == 403
    registration.refresh_from_db()
    assert registration.status == RegistrationStatus.PLACED
    assert registration.learner.name == SECRET
    assert Registration.objects.count() == 1
    assert not AccessEntry.objects.exists()


def test_a_registration_of_another_activity_cannot_be_named(client, net):
    mine, theirs = registered_at(net.village), registered_at(net.sibling_village)
    client.force_login(holder(net.village, Role.EDITOR))
    for name in OF_ONE:
        url = reverse(name, args=[mine.run.activity_id, theirs.pk])
        assert client.post(url, SENT[name]).status_code == 404
    foreign_run = {"run": theirs.run_id}
    for name in SENT.keys() - OF_ONE:
        url = reverse(name, args=[mine.run.activity_id])
        assert client.get(url, foreign_run).status_code == 404


@pytest.mark.parametrize("who", ["nobody", "resident"])
def test_residents_are_sent_to_sign_in(client, net, who):
    registration = registered_at(net.village)
    if who == "resident":
        client.force_login(UserFactory())
    for _name, response in answers(client, registration):
        assert response.status_code in (302, 403)
        assert SECRET not in response.content.decode()
