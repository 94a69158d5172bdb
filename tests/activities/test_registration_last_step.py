"""The claim in one statement permits what the longer way permits, and no more."""

import pytest

from activities import last_step
from activities.models import Registration, Run
from activities.registration import write_claim
from activities.states import RegistrationStatus
from learners import households
from learners.models import LearnerAccess, Relation
from tests.factories import RegistrationFactory, RunFactory, UserFactory

pytestmark = pytest.mark.django_db


def as_it_is(run, learner, account):
    """Nothing in the way."""


def unpublished(run, learner, account):
    run.activity.live = False
    run.activity.save()


def no_longer_of_the_household(run, learner, account):
    LearnerAccess.objects.filter(learner=learner, user=account).delete()


def of_another_household(run, learner, account):
    no_longer_of_the_household(run, learner, account)
    LearnerAccess.objects.create(
        learner=learner, user=UserFactory(), relation=Relation.SELF
    )


@pytest.fixture
def account():
    return UserFactory()


@pytest.fixture
def learner(account):
    return households.add(account, "王秀兰", Relation.PARENT)


def claim(run, learner, account, key="one"):
    return last_step.claim(
        run.pk, learner_id=learner.pk, account_id=account.pk, idempotency_key=key
    )


@pytest.mark.parametrize(
    ("change", "is_permitted"),
    [
        (as_it_is, True),
        (unpublished, False),
        (no_longer_of_the_household, False),
        (of_another_household, False),
    ],
)
def test_it_permits_what_the_longer_way_permits(change, is_permitted, account, learner):
    run = RunFactory()
    change(run, learner, account)
    the_longer_way = (
        Run.objects.filter(pk=run.pk, activity__live=True).exists()
        and households.learners_of(account).filter(pk=learner.pk).exists()
    )
    assert the_longer_way is is_permitted
    assert (claim(run, learner, account) is not None) is is_permitted
    assert Registration.objects.exists() is is_permitted


def test_the_row_is_the_one_the_longer_way_writes(account, learner):
    run, other = RunFactory(), RunFactory()
    short = Registration.objects.get(pk=claim(run, learner, account))
    long = write_claim(
        "two", run_id=other.pk, learner_id=learner.pk, acted_by=account,
        channel="online", consented_by="",
    )  # fmt: skip
    differs = {"id", "run", "idempotency_key", "created_at"}
    for field in Registration._meta.concrete_fields:
        if field.name not in differs:
            ours, theirs = getattr(short, field.name), getattr(long, field.name)
            assert ours == theirs, field.name
    assert abs((long.created_at - short.created_at).total_seconds()) < 60
    assert short.status == RegistrationStatus.PENDING


def test_a_run_that_may_need_a_relative_s_word_goes_the_longer_way(account, learner):
    assert claim(RunFactory(consent_from_age=70), learner, account) is None
    assert claim(RunFactory(), learner, account) is not None


def test_a_run_that_is_not_there_is_nothing_to_claim(account, learner):
    run = RunFactory()
    run.pk += 1
    assert claim(run, learner, account) is None


@pytest.mark.parametrize("status", ["pending", "placed", "waiting"])
def test_an_active_registration_is_left_to_the_longer_way(status, account, learner):
    run = RunFactory()
    RegistrationFactory(run=run, learner=learner, status=status)
    assert claim(run, learner, account) is None
    assert Registration.objects.count() == 1


def test_the_same_key_is_written_once(account, learner):
    assert claim(RunFactory(), learner, account) is not None
    assert claim(RunFactory(), learner, account) is None
    assert Registration.objects.count() == 1


def test_who_withdrew_may_come_again(account, learner):
    run = RunFactory()
    RegistrationFactory(run=run, learner=learner, status="withdrawn")
    assert claim(run, learner, account) is not None
