"""The desk puts right what was written down wrongly, and it can be traced."""

import datetime as dt

import pytest
from django.urls import reverse

from activities import allocation
from activities.models import RegistrationEvent
from activities.registration import withdraw
from activities.states import Channel, RegistrationStatus
from learners import households
from learners.models import AccessAct, AccessEntry, LearnerAccess, Relation
from tests.factories import (
    LearnerFactory,
    RegistrationFactory,
    RunFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db

BORN = dt.date(1950, 3, 8)


@pytest.fixture
def staff(client):
    staff = UserFactory(is_superuser=True, first_name="敏", last_name="刘")
    client.force_login(staff)
    return staff


@pytest.fixture
def placed(staff):
    net = small_network()
    run = RunFactory(activity__parent=net.village, min_age=60, residence=net.township)
    learner = LearnerFactory(
        name="胡月鹅", phone="15700000032", born_on=BORN, residence=net.village
    )
    registration = RegistrationFactory(run=run, learner=learner)
    allocation.allocate(run.pk)
    return registration


def address(registration):
    args = [registration.run.activity_id, registration.pk]
    return reverse("activity_roster_correct", args=args)


def send(client, registration, **fields):
    learner = registration.learner
    stored = {
        "channel": "desk",
        "name": learner.name,
        "phone": learner.phone,
        "born_on": learner.born_on or "",
        "residence": learner.residence_id or "",
    }
    return client.post(address(registration), stored | fields)


def corrections(registration):
    return registration.events.filter(reason__startswith="更正")


def test_every_field_can_be_put_right(client, placed):
    other = placed.learner.residence.get_parent()
    response = send(
        client,
        placed,
        name="胡月娥",
        phone="0792-858 0000",
        born_on="1951年4月9日",
        residence=other.pk,
    )
    assert response.status_code == 302
    learner = placed.learner
    learner.refresh_from_db()
    assert (learner.name, learner.phone) == ("胡月娥", "07928580000")
    assert learner.born_on == dt.date(1951, 4, 9)
    assert learner.residence_id == other.pk


def test_it_is_an_event_with_who_how_and_why_and_without_the_values(
    client, staff, placed
):
    send(client, placed, name="胡月娥", channel="phone", reason="看过身份证")
    event = corrections(placed).get()
    assert (event.acted_by, event.channel) == (staff, Channel.PHONE)
    assert event.reason == "更正了姓名。看过身份证"
    assert event.status == RegistrationStatus.PLACED
    page = client.get(address(placed)).content.decode()
    assert "更正了姓名。看过身份证" in page


def test_looking_and_correcting_stand_in_the_access_log(client, staff, placed):
    client.get(address(placed))
    send(client, placed, name="胡月娥")
    found = AccessEntry.objects.order_by("pk").values_list("user", "act", "subject")
    subject = f"registration:{placed.pk}"
    assert list(found) == [
        (staff.pk, AccessAct.READ, subject),
        (staff.pk, AccessAct.CHANGE, subject),
    ]


def test_nothing_changed_is_no_event(client, placed):
    response = send(client, placed)
    assert "没有改动" in client.get(response.url).content.decode()
    assert not corrections(placed).exists()
    assert not AccessEntry.objects.filter(act=AccessAct.CHANGE).exists()


def test_what_was_typed_stays_beside_its_error(client, placed):
    response = send(client, placed, name="", born_on="昨天", phone="12", reason="来电")
    page = response.content.decode()
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"name", "born_on", "phone"}
    assert all(f'value="{typed}"' in page for typed in ("昨天", "12", "来电"))
    assert "还有要改的地方" in page
    placed.learner.refresh_from_db()
    assert placed.learner.name == "胡月鹅"
    assert not corrections(placed).exists()


def test_a_number_she_signs_in_with_is_hers_to_change(client, placed):
    account = UserFactory(phone="15700000032", is_phone_verified=True)
    LearnerAccess.objects.create(
        user=account, learner=placed.learner, relation=Relation.SELF
    )
    assert "本人登录用的" in client.get(address(placed)).content.decode()
    send(client, placed, name="胡月娥", phone="13900000000")
    placed.learner.refresh_from_db()
    assert (placed.learner.name, placed.learner.phone) == ("胡月娥", "15700000032")
    account.refresh_from_db()
    assert account.phone == "15700000032"


@pytest.mark.parametrize(
    ("relation", "is_verified", "contact", "can_change"),
    [
        (Relation.SELF, True, "", False),
        (Relation.SELF, True, "15700000032", False),
        # a contact number beside it was only typed
        (Relation.SELF, True, "15711111111", True),
        (Relation.SELF, False, "15700000032", True),
        (Relation.PARENT, True, "15700000032", True),
    ],
)
def test_only_her_own_proved_number_is_kept(
    client, placed, relation, is_verified, contact, can_change
):
    account = UserFactory(phone="15700000032", is_phone_verified=is_verified)
    LearnerAccess.objects.create(
        user=account, learner=placed.learner, relation=relation
    )
    households.change(placed.learner, phone=contact)
    form = client.get(address(placed)).context["form"]
    assert ("phone" in form.fields) is can_change


def test_a_date_that_breaks_a_rule_is_said_and_a_person_decides(client, placed):
    response = send(client, placed, born_on="1990-1-1")
    page = client.get(response.url).content.decode()
    assert "只收满 60 岁的人" in page
    assert "留不留由您决定" in page
    placed.refresh_from_db()
    assert placed.status == RegistrationStatus.PLACED


def test_what_the_run_does_not_look_at_is_neither_shown_nor_changed(client, placed):
    elsewhere = RegistrationFactory(learner=placed.learner)
    response = client.get(address(elsewhere))
    assert {"born_on", "residence"}.isdisjoint(response.context["form"].fields)
    page = response.content.decode()
    assert not any(
        stored in page for stored in ("1950", placed.learner.residence.title)
    )
    send(client, elsewhere, name="胡月娥", born_on="1990-1-1", residence="")
    placed.learner.refresh_from_db()
    assert placed.learner.name == "胡月娥"
    assert placed.learner.born_on == BORN
    assert placed.learner.residence_id


def test_what_happened_without_an_account_is_shown(client, placed):
    """An account that is deleted leaves what it did behind."""
    RegistrationEvent.objects.update(acted_by=None)
    response = client.get(address(placed))
    assert response.status_code == 200
    assert "已报上 网上" in response.content.decode()


def test_it_says_who_did_what_as_the_roster_does(client, staff, placed):
    account = placed.acted_by
    LearnerAccess.objects.create(
        user=account, learner=placed.learner, relation=Relation.PARENT
    )
    send(client, placed, name="胡月娥")
    said = [one.acted_by for one in client.get(address(placed)).context["events"]]
    assert said == ["家人代报", staff.get_full_name()]


def test_who_has_left_the_list_is_neither_shown_nor_changed(client, staff, placed):
    withdraw(placed, acted_by=staff, channel=Channel.DESK)
    page = client.get(address(placed)).content.decode()
    assert "已经不在名单上了" in page
    assert "胡月鹅" not in page
    assert send(client, placed, name="胡月娥").status_code == 200
    placed.learner.refresh_from_db()
    assert placed.learner.name == "胡月鹅"
    assert not AccessEntry.objects.exists()
    assert RegistrationEvent.objects.filter(registration=placed).count() == 2


def test_what_the_run_looks_at_cannot_be_emptied(client, placed):
    response = send(client, placed, born_on="", residence="")
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"born_on", "residence"}
    placed.learner.refresh_from_db()
    assert placed.learner.born_on == BORN
    assert placed.learner.residence_id


def test_it_says_that_the_reason_may_be_left_out(client, placed):
    assert "为什么改（可以不填）" in client.get(address(placed)).content.decode()


def seen_in(client, placed) -> dict:
    """What the page that is open now sends along."""
    return {"seen": client.get(address(placed)).context["form"]["seen"].value()}


def test_a_page_opened_before_another_correction_overwrites_nothing(client, placed):
    seen = seen_in(client, placed)
    assert send(client, placed, name="胡月娥", **seen).status_code == 302
    answer = send(client, placed, phone="13900000000", **seen)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "别人改过这个人的信息。现在写着：姓名：胡月娥；电话：15700000032" in page
    assert 'value="13900000000"' in page
    placed.learner.refresh_from_db()
    assert (placed.learner.name, placed.learner.phone) == ("胡月娥", "15700000032")
    again = {"seen": answer.context["form"]["seen"].value()}
    sent = send(client, placed, name="胡月娥", phone="13900000000", **again)
    assert sent.status_code == 302
    placed.learner.refresh_from_db()
    assert (placed.learner.name, placed.learner.phone) == ("胡月娥", "13900000000")


def test_a_second_click_on_save_is_no_conflict(client, placed):
    seen = seen_in(client, placed)
    for _click in range(2):
        assert send(client, placed, name="胡月娥", **seen).status_code == 302
    assert corrections(placed).count() == 1


def test_the_page_does_not_carry_the_values_it_has_seen(client, placed):
    (seen,) = seen_in(client, placed).values()
    assert len(seen) == 64
