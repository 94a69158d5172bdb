"""A message is sent once, however often a provider fails or a process dies."""

import datetime as dt
from itertools import pairwise

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from structlog.testing import capture_logs

from activities import allocation, delivery, notices
from activities.models import Notice, NoticeWay
from activities.registration import withdraw
from activities.states import Channel, RegistrationStatus
from tests.factories import (
    LearnerFactory,
    RegistrationFactory,
    RunFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
SOON = START + dt.timedelta(days=10)
PHONE = "13800008000"


class Provider:
    """Takes down what it was given; `answers` are raised first, one a message."""

    def __init__(self):
        self.sent, self.asked, self.answers = [], 0, []

    def __call__(self, phone, text):
        self.asked += 1
        if self.answers:
            answer = self.answers.pop(0)
            if answer is not None:
                raise answer
        self.sent.append(phone)
        return True


class Killed(BaseException):
    """What the end of the process looks like from inside."""


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def provider(monkeypatch):
    provider = Provider()
    monkeypatch.setattr(delivery.sms, "send", provider)
    return provider


@pytest.fixture
def run(clock):
    return RunFactory(capacity=9, first_starts_at=SOON, last_ends_at=SOON)


def claims(run, count=1, **fields):
    return [
        RegistrationFactory(
            run=run, learner=LearnerFactory(phone=f"{PHONE[:-1]}{n}"), **fields
        )
        for n in range(count)
    ]


def pass_time(clock, pause, *, ticks=1):
    for _ in range(ticks):
        clock.shift(pause)
        delivery.take_up_unsent()


def test_a_provider_that_fails_twice_gets_one_message_through(run, clock, provider):
    provider.answers = [ConnectionError(), TimeoutError()]
    [one] = claims(run)
    allocation.allocate(run.pk)
    assert provider.sent == []
    pass_time(clock, dt.timedelta(minutes=1), ticks=60)
    assert provider.sent == [PHONE]
    told = one.notices.get()
    assert (told.tries, told.next_try_at) == (3, None)
    assert told.sent_at == START + dt.timedelta(minutes=6)


def test_the_pauses_grow(run, clock, provider):
    provider.answers = [ConnectionError()] * 99
    claims(run)
    allocation.allocate(run.pk)
    moments = []
    for minute in range(1, 24 * 60):
        before = provider.asked
        pass_time(clock, dt.timedelta(minutes=1))
        if provider.asked > before:
            moments.append(minute)
    pauses = [later - sooner for sooner, later in pairwise([0, *moments])]
    assert pauses == [1, 5, 20, 60, 180, 360]


def test_a_provider_down_for_good_is_given_up_and_said_without_a_name(
    run, clock, provider
):
    provider.answers = [ConnectionError(f"cannot reach {PHONE}")] * 99
    [one] = claims(run)
    with capture_logs() as logs:
        allocation.allocate(run.pk)
        pass_time(clock, dt.timedelta(hours=7), ticks=20)
    assert provider.asked == delivery.MOST_TRIES
    told = one.notices.get()
    assert (told.sent_at, told.next_try_at) == (None, None)
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == [
        "notice given up"
    ]
    assert logs[-1]["error"] == "ConnectionError"
    assert PHONE not in str(logs)
    assert one.learner.name not in str(logs)


def test_one_that_fails_stops_no_other_and_no_task(run, clock, provider):
    provider.answers = [None, ConnectionError()]
    claims(run, 3)
    allocation.allocate(run.pk)
    assert provider.sent == ["13800008000", "13800008002"]
    pass_time(clock, dt.timedelta(minutes=1))
    assert provider.sent == ["13800008000", "13800008002", "13800008001"]


def test_a_batch_that_was_killed_half_way_reaches_everybody(
    run, clock, provider, monkeypatch
):
    provider.answers = [None, None, Killed()]
    five = claims(run, 5)
    monkeypatch.setattr(allocation, "tell_later", lambda news: None)
    allocation.allocate(run.pk)
    news = {"placed": [one.pk for one in five]}
    with pytest.raises(Killed):
        notices.tell.call(news)
    notices.tell.call(news)
    # the one under way when the power went may have gone out: others come first
    assert provider.sent == [f"1380000800{n}" for n in (0, 1, 3, 4)]
    pass_time(clock, delivery.UNDER_WAY)
    assert provider.sent[4:] == ["13800008002"]
    pass_time(clock, delivery.UNDER_WAY, ticks=3)
    notices.tell.call(news)
    assert len(provider.sent) == 5


def test_a_row_written_before_the_crash_is_enough(run, clock, provider, monkeypatch):
    [one] = claims(run, status=RegistrationStatus.PLACED)

    def killed(notices):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(delivery, "send", killed)
        notices.tell.call({"placed": [one.pk]})
    pass_time(clock, dt.timedelta(minutes=1))
    assert provider.sent == [PHONE]


def test_a_message_that_kills_its_process_is_given_up(run, clock, provider):
    provider.answers = [Killed()] * 99
    [one] = claims(run, status=RegistrationStatus.PLACED)
    with pytest.raises(Killed):
        notices.tell.call({"placed": [one.pk]})
    pass_time(clock, delivery.UNDER_WAY, ticks=delivery.MOST_TRIES + 5)
    assert provider.asked == delivery.MOST_TRIES
    assert one.notices.get().next_try_at is None


def test_two_processes_send_it_once(run, clock, provider):
    provider.answers = [ConnectionError()]
    claims(run)
    allocation.allocate(run.pk)
    clock.shift(dt.timedelta(minutes=1))
    seen_by_both = delivery.due()
    first, second = list(seen_by_both), list(seen_by_both.all())
    assert [delivery._take(one) for one in (*first, *second)] == [True, False]


def test_each_way_is_tried_again_by_itself(run, clock, provider, monkeypatch):
    provider.answers = [ConnectionError()]
    [one] = claims(run, acted_by=UserFactory(email="chen@example.org"))
    allocation.allocate(run.pk)
    assert len(mail.outbox) == 1
    pass_time(clock, dt.timedelta(minutes=1), ticks=9)
    assert (len(mail.outbox), provider.sent) == (1, [PHONE])
    assert {told.way: told.tries for told in one.notices.all()} == {
        NoticeWay.SMS: 2,
        NoticeWay.EMAIL: 1,
    }


class TestOutOfDate:
    @pytest.fixture
    def unsent(self, run, clock, provider):
        provider.answers = [ConnectionError()]
        [one] = claims(run)
        SessionFactory(run=run, starts_at=SOON, is_moved=True, sequence=1)
        return one

    def test_who_has_withdrawn_is_not_told_of_a_place(
        self, run, clock, provider, unsent
    ):
        allocation.allocate(run.pk)
        withdraw(unsent, acted_by=unsent.acted_by, channel=Channel.ONLINE)
        pass_time(clock, dt.timedelta(minutes=1), ticks=9)
        assert provider.sent == []
        assert not delivery.due().exists()

    def test_of_two_changes_of_a_date_the_later_is_told(
        self, run, clock, provider, unsent
    ):
        type(unsent).objects.update(status=RegistrationStatus.PLACED)
        session = run.sessions.get()
        notices.session_changed([session.pk])
        session.sequence = 2
        session.save()
        notices.session_changed([session.pk])
        pass_time(clock, dt.timedelta(minutes=1), ticks=9)
        assert provider.sent == [PHONE]
        assert Notice.objects.exclude(sent_at=None).get().ref == f"{session.pk}:2"

    def test_who_has_lost_the_telephone_is_left_alone(
        self, run, clock, provider, unsent
    ):
        allocation.allocate(run.pk)
        unsent.learner.phone = ""
        unsent.learner.save()
        type(unsent.acted_by).objects.update(phone="", phone_hash=None)
        pass_time(clock, dt.timedelta(minutes=1), ticks=9)
        assert provider.sent == []
        assert unsent.notices.get().next_try_at is None


def test_nothing_to_send_starts_no_task(run, monkeypatch, provider):
    monkeypatch.setattr(
        type(delivery.send_unsent), "enqueue", lambda *_: pytest.fail("enqueued")
    )
    assert not Notice.objects.filter(next_try_at__lte=timezone.now()).exists()
    delivery.take_up_unsent()
