"""Outside the window the desk decides, with a reason; nothing else gives way."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities import allocation
from activities.blockers import CODES
from activities.models import Registration, Run
from activities.registration import register, withdraw
from activities.rules import DESK_MAY_OVERRIDE, Standing, claim_blockers
from activities.states import Channel, RegistrationStatus
from tests.factories import (
    LearnerFactory,
    RegistrationFactory,
    RunFactory,
    UserFactory,
)

NOW = timezone.now()
HOUR = dt.timedelta(hours=1)
PLACED, WAITING = RegistrationStatus.PLACED, RegistrationStatus.WAITING
CLOSED, NOT_YET = {"closes_at": NOW - HOUR}, {"opens_at": NOW + HOUR}
WHY = "教学点停电，昨天没能登记"

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    staff = UserFactory(is_superuser=True)
    client.force_login(staff)
    return staff


def run_of(**fields):
    soon = NOW + 10 * 24 * HOUR
    return RunFactory(first_starts_at=soon, last_ends_at=soon + HOUR, **fields)


def fill(client, run, **fields):
    url = reverse("activity_roster_register", args=[run.activity_id])
    data = {"key": "k", "channel": "desk", "name": "胡月娥", "phone": "15700000032"}
    return client.post(url, data | fields)


def codes(run, *, channel=Channel.DESK, reason=WHY):
    found = claim_blockers(
        run,
        LearnerFactory.build(),
        at=NOW,
        channel=channel,
        standing=Standing(),
        consented_by="",
        override_reason=reason,
    )
    return [one.code for one in found]


def test_only_reasons_that_exist_may_be_set_aside():
    assert set(CODES) >= DESK_MAY_OVERRIDE


@pytest.mark.parametrize("window", [CLOSED, NOT_YET])
@pytest.mark.parametrize(
    ("channel", "reason", "is_set_aside"),
    [
        (Channel.DESK, WHY, True),
        (Channel.PHONE, WHY, True),
        (Channel.ONLINE, WHY, False),
        (Channel.DESK, "", False),
        (Channel.DESK, "  ", False),
    ],
)
def test_staff_set_the_window_aside_and_say_why(window, channel, reason, is_set_aside):
    found = codes(run_of(**window), channel=channel, reason=reason)
    assert (found == []) is is_set_aside


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"is_cancelled": True}, "cancelled"),
        ({"is_open": False}, "paused"),
        ({"capacity": 1, "taken": 1, "waiting_capacity": 0}, "full"),
        ({"min_age": 60}, "birth_date_needed"),
    ],
)
def test_nothing_else_gives_way(fields, code):
    assert code in codes(run_of(**CLOSED, **fields))


@pytest.mark.parametrize("window", [CLOSED, NOT_YET])
def test_the_form_says_what_is_in_the_way_and_asks_why(client, staff, window):
    run = run_of(**window)
    url = reverse("activity_roster_register", args=[run.activity_id])
    page = client.get(url).content.decode()
    assert "要仍然登记，请写下原因" in page
    assert "仍然登记</button>" in page
    response = fill(client, run)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["override_reason"]
    assert not Registration.objects.exists()


def test_an_open_run_asks_for_no_reason(client, staff):
    url = reverse("activity_roster_register", args=[run_of().activity_id])
    response = client.get(url)
    assert "override_reason" not in response.context["form"].fields
    assert "仍然登记" not in response.content.decode()


def test_what_nobody_may_set_aside_is_said_before_anything_is_typed(client, staff):
    run = run_of(is_open=False)
    url = reverse("activity_roster_register", args=[run.activity_id])
    page = client.get(url).content.decode()
    assert "现在不能登记：这个活动现在不接受报名。" in page
    assert 'name="name"' not in page
    assert fill(client, run, override_reason=WHY).status_code == 422


def test_the_event_says_who_and_why_and_so_does_the_roster(client, staff):
    run = run_of(**CLOSED)
    response = fill(client, run, override_reason=WHY)
    assert response.status_code == 302
    registration = Registration.objects.get()
    assert registration.status == PLACED
    event = registration.events.get()
    assert (event.reason, event.acted_by) == (WHY, staff)
    assert f"时段以外登记：{WHY}" in client.get(response.url).content.decode()


def test_who_is_late_to_a_full_run_waits_and_the_clerk_was_told_so(client, staff):
    run = run_of(**CLOSED, capacity=1)
    first = RegistrationFactory(run=run)
    Registration.objects.update(created_at=NOW - 2 * HOUR)
    allocation.allocate(run.pk)
    url = reverse("activity_roster_register", args=[run.activity_id])
    assert "再报的人排进候补，前面有 0 人" in client.get(url).content.decode()
    fill(client, run, override_reason=WHY)
    late = Registration.objects.latest("pk")
    assert late.status == WAITING
    assert Run.objects.get(pk=run.pk).taken == 1
    # moving up is no decision of the desk: the reason is not said a second time
    withdraw(first, acted_by=staff, channel=Channel.DESK)
    assert [event.reason for event in late.events.all()] == [WHY, ""]


def test_a_reason_sent_along_does_not_help_online(staff):
    registration = register(
        run=run_of(**CLOSED),
        learner=LearnerFactory(),
        channel=Channel.ONLINE,
        acted_by=staff,
        idempotency_key="k",
        override_reason=WHY,
    )
    assert registration.status == RegistrationStatus.REFUSED
    assert registration.events.get().reason == "closed"
