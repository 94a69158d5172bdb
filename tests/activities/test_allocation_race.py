"""A hundred people at once for ten places, on PostgreSQL, and what the lock is for."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connections

from activities import allocation
from activities.feeds import tokens
from activities.models import Registration, RegistrationEvent, Run
from activities.registration import register, withdraw
from activities.states import ACTIVE, Channel, RegistrationStatus
from tests.factories import LearnerFactory, RegistrationFactory, RunFactory, UserFactory

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

PEOPLE, PLACES = 100, 10
# seconds in which they come, where they do not come all at once
ARRIVING = 1.5
PLACED, WAITING = RegistrationStatus.PLACED, RegistrationStatus.WAITING


@pytest.fixture(autouse=True)
def without_notices(monkeypatch):
    """The tests' immediate tasks would send them inside the lock."""
    monkeypatch.setattr(allocation, "tell_later", lambda news: None)


def all_at_once(acts) -> list:
    """Runs every act in a thread of its own, all released together.

    Returns what each answered or raised.
    """
    gate = threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        answers = [threads.submit(run, act) for act in acts]
    return [one.exception() or one.result() for one in answers]


def rush(run, *, seconds: float) -> list:
    """A hundred different learners register for `run`, evenly over `seconds`."""
    account = UserFactory()

    def act(number, learner):
        def arrive():
            time.sleep(seconds * number / PEOPLE)
            return register(
                run=run,
                learner=learner,
                channel=Channel.ONLINE,
                acted_by=account,
                idempotency_key=f"rush-{learner.pk}",
            )

        return arrive

    return all_at_once([act(n, LearnerFactory()) for n in range(PEOPLE)])


def count(run, status) -> int:
    return Registration.objects.filter(run=run, status=status).count()


@pytest.mark.parametrize("seconds", [0, ARRIVING])
def test_a_hundred_people_get_ten_places_and_ninety_waits(seconds):
    run = RunFactory(capacity=PLACES)
    results = rush(run, seconds=seconds)
    run.refresh_from_db()
    assert [one for one in results if isinstance(one, Exception)] == []
    # nobody lost, nobody doubled
    assert len({one.pk for one in results}) == PEOPLE
    assert Registration.objects.filter(run=run).count() == PEOPLE
    # nobody oversold, nobody refused while there is room to wait
    assert (count(run, PLACED), count(run, WAITING)) == (PLACES, PEOPLE - PLACES)
    assert (run.taken, run.waiting) == (PLACES, PEOPLE - PLACES)
    # everybody was answered on the spot, and once
    assert {one.status for one in results} == {PLACED, WAITING}
    assert RegistrationEvent.objects.filter(registration__run=run).count() == PEOPLE


def test_without_the_lock_more_are_placed_than_there_are_places(monkeypatch):
    """The control: what the test above would show if the lock did nothing."""

    def plain_read(run_id):
        run = Run.objects.filter(pk=run_id).first()
        # what a busy server does between reading and writing
        time.sleep(ARRIVING / 50)
        return run

    monkeypatch.setattr(allocation, "_lock_if_free", plain_read)
    run = RunFactory(capacity=PLACES)
    rush(run, seconds=ARRIVING)
    assert count(run, PLACED) > PLACES


def test_promotions_at_once_never_overbook():
    run = RunFactory(capacity=PLACES, waiting_capacity=None)
    everybody = [RegistrationFactory(run=run) for _ in range(40)]
    allocation.allocate(run.pk)

    def leaving(registration):
        return lambda: withdraw(
            registration, acted_by=registration.acted_by, channel=Channel.ONLINE
        )

    # ten who have a place, five of them by a double click, and five who wait
    acts = [leaving(one) for one in everybody[:PLACES]]
    acts += [leaving(one) for one in everybody[:5]]
    acts += [leaving(one) for one in everybody[20:25]]
    acts += [lambda: allocation.allocate(run.pk) for _ in range(10)]
    results = all_at_once(acts)
    run.refresh_from_db()
    assert [one for one in results if isinstance(one, Exception)] == []
    assert results[:15].count(True) == PLACES
    placed = Registration.objects.filter(run=run, status=PLACED).order_by("pk")
    # the first in line of those who stayed, in their order
    assert list(placed) == everybody[PLACES : 2 * PLACES]
    assert (run.taken, run.waiting) == (PLACES, 15)


def test_twenty_clicks_with_one_key_are_one_registration():
    run, learner, account = RunFactory(), LearnerFactory(), UserFactory()

    def click():
        return register(
            run=run,
            learner=learner,
            channel=Channel.ONLINE,
            acted_by=account,
            idempotency_key="the form's",
        )

    results = all_at_once([click] * 20)
    assert {one.pk for one in results} == {Registration.objects.get(run=run).pk}
    assert {one.status for one in results} == {PLACED}


def test_twenty_forms_for_one_learner_are_one_active_registration():
    run, learner = RunFactory(), LearnerFactory()
    accounts = [UserFactory() for _ in range(20)]

    def act(account):
        return lambda: register(
            run=run,
            learner=learner,
            channel=Channel.ONLINE,
            acted_by=account,
            idempotency_key=f"form-{account.pk}",
        )

    results = all_at_once([act(account) for account in accounts])
    active = Registration.objects.get(run=run, status__in=ACTIVE)
    assert {one.pk for one in results} == {active.pk}
    run.refresh_from_db()
    assert run.taken == 1


def test_one_learner_in_many_runs_at_once_keeps_to_the_limit():
    """The limit is counted across runs, each of which has a lock of its own."""
    learner, account = LearnerFactory(), UserFactory()
    activity = RunFactory().activity
    runs = [RunFactory(activity=activity, max_active=2) for _ in range(12)]

    def act(run):
        return lambda: register(
            run=run,
            learner=learner,
            channel=Channel.ONLINE,
            acted_by=account,
            idempotency_key=f"run-{run.pk}",
        )

    results = all_at_once([act(run) for run in runs])
    placed = [one for one in results if one.status == PLACED]
    assert len(placed) == 2
    assert {tuple(one.refusals) for one in results if one not in placed} == {
        ("too_many",)
    }


def test_two_runs_with_the_same_people_never_wait_for_each_other_in_a_circle():
    """Who waits for the one claims a place in the other, and the other way round."""
    wrong = []
    for _attempt in range(6):
        pair = LearnerFactory(), LearnerFactory()
        runs = [RunFactory(capacity=2, max_active=5) for _ in pair]
        for run, (waits, claims) in zip(runs, [pair, pair[::-1]], strict=True):
            RegistrationFactory(run=run, learner=waits, status=WAITING)
            RegistrationFactory(run=run, learner=claims)
            Run.objects.filter(pk=run.pk).update(waiting=1)
        acts = [partial(allocation.allocate, run.pk) for run in runs]
        wrong += [one for one in all_at_once(acts) if one is not True]
        assert [count(run, PLACED) for run in runs] == [2, 2]
    assert wrong == []


def test_two_places_given_crosswise_to_people_with_feeds_are_both_given():
    wrong = []
    for _attempt in range(8):
        pair = LearnerFactory(), LearnerFactory()
        for learner in pair:
            tokens.make(learner)
        leaving = []
        for first, second in (pair, pair[::-1]):
            run = RunFactory(capacity=1, waiting_capacity=None)
            leaving.append(RegistrationFactory(run=run, learner=first))
            RegistrationFactory(run=run, learner=second)
            allocation.allocate(run.pk)
        acts = [
            partial(withdraw, one, acted_by=one.acted_by, channel=Channel.ONLINE)
            for one in leaving
        ]
        wrong += [one for one in all_at_once(acts) if one is not True]
        assert all(count(one.run, PLACED) == 1 for one in leaving)
    assert wrong == []
