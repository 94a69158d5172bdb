"""The last step under a rush: what it reads, and that every claim is decided."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from activities import allocation, my_views, registration, rush
from activities.models import Registration, RegistrationEvent
from activities.states import Channel, RegistrationStatus
from learners import households
from learners.models import Relation
from tests.factories import LearnerFactory, RegistrationFactory, RunFactory, UserFactory

PEOPLE, PLACES = 40, 10
PENDING, PLACED = RegistrationStatus.PENDING, RegistrationStatus.PLACED


@pytest.fixture(autouse=True)
def no_turns_of_other_tests(monkeypatch):
    monkeypatch.setattr(rush, "_turns", type(rush._turns)(threading.Lock))


@pytest.fixture
def no_threads(monkeypatch):
    """Rounds run where they are started: a thread sees nothing of an open test."""
    monkeypatch.setattr(rush, "_in_background", rush.decide_the_rest)
    monkeypatch.setattr(rush, "BETWEEN", 0)


def claim_of(run, learner, account, key="one") -> int:
    return registration.hand_in(
        run_id=run.pk,
        learner_id=learner.pk,
        channel=Channel.ONLINE,
        acted_by=account,
        idempotency_key=key,
    )


class Stopped(Exception):
    """Instead of a sleep that would last."""


@pytest.mark.django_db
class TestAlone:
    @pytest.fixture
    def never_sleeps(self, monkeypatch):
        def stop(seconds):
            raise Stopped

        monkeypatch.setattr(rush.time, "sleep", stop)

    def test_one_after_another_are_decided_at_once(self, never_sleeps):
        run, account = RunFactory(), UserFactory()
        for _ in range(3):
            pk = claim_of(run, LearnerFactory(), account)
            assert Registration.objects.get(pk=pk).status == PLACED

    def test_the_same_key_again_is_the_same_registration(self):
        run, learner, account = RunFactory(), LearnerFactory(), UserFactory()
        assert claim_of(run, learner, account) == claim_of(run, learner, account)
        assert Registration.objects.get().acted_by == account

    def test_nobody_waits_for_the_one_who_decides(self, never_sleeps):
        run = RunFactory()
        with rush._turns[run.pk]:
            pk = claim_of(run, LearnerFactory(), UserFactory())
        assert Registration.objects.get(pk=pk).status == PENDING

    def test_a_claim_that_came_during_a_round_is_in_the_next(
        self, no_threads, monkeypatch
    ):
        run, late = RunFactory(), []

        def round_during_which_somebody_comes(run_id):
            was_free = allocation.allocate(run_id)
            if len(late) < 2:
                late.append(RegistrationFactory(run=run))
            return was_free

        monkeypatch.setattr(rush, "allocate", round_during_which_somebody_comes)
        claim_of(run, LearnerFactory(), UserFactory())
        assert {row.status for row in Registration.objects.all()} == {PLACED}
        assert len(late) == 2

    def test_a_claim_that_came_while_the_turn_was_given_up_is_decided(
        self, no_threads, monkeypatch
    ):
        run, late = RunFactory(), []
        give_up = rush._Turn.__exit__

        def somebody_comes_and_finds_it_taken(turn, *raised):
            if len(late) < 2:
                late.append(RegistrationFactory(run=run))
            give_up(turn, *raised)

        monkeypatch.setattr(rush._Turn, "__exit__", somebody_comes_and_finds_it_taken)
        claim_of(run, LearnerFactory(), UserFactory())
        assert {row.status for row in Registration.objects.all()} == {PLACED}
        assert len(late) == 2

    def test_rounds_leave_a_run_that_somebody_else_decides(self, never_sleeps):
        claim = RegistrationFactory()
        with rush._turns[claim.run_id]:
            rush.decide_the_rest(claim.run_id)
        claim.refresh_from_db()
        assert claim.status == PENDING

    def test_a_run_that_stays_locked_is_left_to_the_task_after_one_round(
        self, no_threads, monkeypatch
    ):
        rounds = []

        def stays_locked(run_id):
            rounds.append(run_id)
            return False

        monkeypatch.setattr(rush, "allocate", stays_locked)
        run = RunFactory()
        claim_of(run, LearnerFactory(), UserFactory())
        assert rounds == [run.pk]

    def test_a_round_that_fails_gives_the_turn_back(self, monkeypatch):
        def fails(run_id):
            raise Stopped

        monkeypatch.setattr(rush, "allocate", fails)
        run = RunFactory()
        with pytest.raises(Stopped):
            rush.see_decided(run.pk)
        assert not rush._turns

    def test_waiting_ends_when_it_takes_long_and_decides_nothing(self, monkeypatch):
        monkeypatch.setattr(rush, "PATIENCE", 0)
        claim = RegistrationFactory()
        rush.wait_for(claim.pk)
        claim.refresh_from_db()
        assert claim.status == PENDING


@pytest.mark.django_db
class TestLastStep:
    @pytest.fixture
    def mine(self):
        account = UserFactory()
        return account, households.add(account, "王秀兰", Relation.PARENT)

    def test_a_promise_costs_few_statements(
        self, mine, client, monkeypatch, django_assert_max_num_queries
    ):
        account, learner = mine
        client.force_login(account)
        run = RunFactory()
        monkeypatch.setattr(registration, "see_decided", lambda run_id: None)
        url = f"/register/{run.pk}/for/{learner.pk}/"
        # session, account and claim
        with django_assert_max_num_queries(3):
            assert client.post(url, {"key": "one"}).status_code == 302

    def test_the_result_waits_for_the_one_who_decides(self, mine, client, monkeypatch):
        account, learner = mine
        client.force_login(account)
        claim = RegistrationFactory(run=RunFactory(), learner=learner)
        monkeypatch.setattr(
            my_views, "wait_for", lambda pk: allocation.allocate(claim.run_id)
        )
        page = client.get(f"/my/{claim.pk}/")
        assert page.context["card"].registration.status == PLACED


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_forty_people_at_once_are_all_decided_and_none_is_left(monkeypatch):
    monkeypatch.setattr(allocation, "tell_later", lambda news: None)
    run, account = RunFactory(capacity=PLACES), UserFactory()
    people = [LearnerFactory() for _ in range(PEOPLE)]
    gate = threading.Barrier(PEOPLE)

    def arrive(number, learner):
        gate.wait()
        time.sleep(0.5 * number / PEOPLE)
        try:
            return claim_of(run, learner, account)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as threads:
        pks = set(threads.map(arrive, range(PEOPLE), people))
    for thread in threading.enumerate():
        if thread.name == f"run-{run.pk}":
            thread.join(timeout=20)
    rows = Registration.objects.filter(run=run)
    assert set(rows.values_list("pk", flat=True)) == pks
    assert len(pks) == PEOPLE
    placed = rows.filter(status=PLACED)
    assert not rows.filter(status=PENDING).exists()
    assert set(placed) == set(rows.order_by("pk")[:PLACES])
    assert RegistrationEvent.objects.filter(registration__run=run).count() == PEOPLE
