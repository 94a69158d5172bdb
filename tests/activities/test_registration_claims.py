"""Registering: the claim, its key, and what comes back."""

import pytest

from activities import allocation, registration
from activities.models import Registration
from activities.registration import register
from activities.states import Channel, RegistrationStatus
from tests.factories import LearnerFactory, RegistrationFactory, RunFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of():
    run, learner, account = RunFactory(), LearnerFactory(), UserFactory()

    def fields(**other):
        return {
            "run": run,
            "learner": learner,
            "channel": Channel.ONLINE,
            "acted_by": account,
            "idempotency_key": "one",
        } | other

    return fields


def test_a_registration_comes_back_decided(request_of):
    placed = register(**request_of(consented_by="陈静"))
    assert placed.status == RegistrationStatus.PLACED
    assert placed.consented_by == "陈静"
    placed.run.refresh_from_db()
    assert placed.run.taken == 1


def test_the_same_key_returns_the_same_registration(request_of):
    first, again = register(**request_of()), register(**request_of())
    assert first == again
    assert Registration.objects.count() == 1


def test_another_key_for_the_same_learner_returns_the_active_one(request_of):
    first = register(**request_of())
    assert register(**request_of(idempotency_key="two")) == first
    assert Registration.objects.count() == 1


def test_a_key_of_another_account_or_learner_is_another_key(request_of):
    first = register(**request_of())
    others = [
        register(**request_of(learner=LearnerFactory())),
        register(**request_of(learner=LearnerFactory(), acted_by=UserFactory())),
        register(**request_of(learner=LearnerFactory(), acted_by=None)),
    ]
    assert len({one.pk for one in (first, *others)}) == 4


def test_the_key_of_a_refusal_repeats_the_refusal_and_a_new_key_asks_again(request_of):
    run = RunFactory(is_open=False)
    refused = register(**request_of(run=run))
    assert refused.status == RegistrationStatus.REFUSED
    type(run).objects.filter(pk=run.pk).update(is_open=True)
    assert register(**request_of(run=run)) == refused
    again = register(**request_of(run=run, idempotency_key="two"))
    assert again.status == RegistrationStatus.PLACED


def test_a_claim_in_the_way_that_is_gone_at_the_next_look_is_no_error(
    request_of, monkeypatch
):
    real = registration._existing
    in_the_way = RegistrationFactory(**request_of(idempotency_key="other"))

    def refused_meanwhile(*args):
        Registration.objects.filter(pk=in_the_way.pk).update(
            status=RegistrationStatus.REFUSED
        )
        return real(*args)

    monkeypatch.setattr(registration, "_existing", refused_meanwhile)
    new = register(**request_of())
    assert new != in_the_way
    assert new.status == RegistrationStatus.PLACED


def test_a_claim_nobody_could_decide_is_left_to_the_task(request_of, monkeypatch):
    monkeypatch.setattr(allocation, "_decide_if_free", lambda run_id: False)
    monkeypatch.setattr(allocation, "PAUSES", (0, 0))
    enqueued = []
    monkeypatch.setattr(
        allocation, "allocate_later", type("", (), {"enqueue": enqueued.append})
    )
    pending = register(**request_of())
    assert pending.status == RegistrationStatus.PENDING
    assert enqueued == [pending.run_id]
    monkeypatch.undo()
    allocation.allocate_later.enqueue(pending.run_id)
    pending.refresh_from_db()
    assert pending.status == RegistrationStatus.PLACED


def test_the_sweep_decides_claims_of_a_killed_process():
    claim = RegistrationFactory()
    allocation.sweep()
    claim.refresh_from_db()
    assert claim.status == RegistrationStatus.PLACED


def test_the_sweep_gives_places_somebody_waits_for():
    run = RunFactory(capacity=2, waiting=1)
    waiting = RegistrationFactory(run=run, status=RegistrationStatus.WAITING)
    allocation.sweep()
    waiting.refresh_from_db()
    assert waiting.status == RegistrationStatus.PLACED


def test_one_registration_costs_few_statements(
    request_of, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(allocation, "tell_later", lambda news: None)
    with django_assert_max_num_queries(14):
        register(**request_of())
