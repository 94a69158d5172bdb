"""The desk clicks twice for somebody without a telephone: one person, one place."""

import time

import pytest
from django.db.models.signals import pre_save
from django.utils import timezone

from activities.models import Registration
from activities.roster_forms import DeskForm
from activities.states import RegistrationStatus
from learners.models import Learner
from tests.activities.test_allocation_race import all_at_once
from tests.factories import RunFactory, UserFactory

# seconds in which the claim of the first click is under way
WRITING = 0.3


@pytest.fixture
def slow_to_write():
    def pause(**kwargs):
        time.sleep(WRITING)

    pre_save.connect(pause, sender=Registration)
    yield
    pre_save.disconnect(pause, sender=Registration)


def clicks(run, staff, count: int, **fields) -> list[DeskForm]:
    """The same form sent `count` times, each read before any is saved."""
    data = {"key": "one-form", "channel": "desk", "name": "胡月娥"} | fields
    at = timezone.now()
    forms = [DeskForm(data, run=run, staff=staff, at=at) for _ in range(count)]
    assert all(form.is_valid() for form in forms)
    return forms


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("phone", ["", "15700000032"])
def test_two_clicks_at_once_are_one_registration(slow_to_write, phone):
    run, staff = RunFactory(), UserFactory()
    forms = clicks(run, staff, 2, phone=phone)
    found = all_at_once([form.save for form in forms])
    assert [one for one in found if isinstance(one, Exception)] == []
    assert found[0] == found[1]
    assert (Learner.objects.count(), Registration.objects.count()) == (1, 1)
    run.refresh_from_db()
    assert run.taken == 1
    # both clicks say that she is on the list, neither that she was before
    assert [form.is_new for form in forms] == [True, True]


@pytest.mark.django_db
def test_a_click_that_was_refused_is_not_sent_for_somebody_else():
    run = RunFactory(full=True, no_waiting=True)
    forms = clicks(RunFactory(capacity=10), UserFactory(), 2)
    for form in forms:
        # filled by others after the form was read
        form.run = run
    first, second = [form.save() for form in forms]
    assert first.status == RegistrationStatus.REFUSED
    assert second == first
    assert (Learner.objects.count(), Registration.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_another_form_for_the_same_name_after_a_refusal_is_somebody_new():
    run = RunFactory(full=True, no_waiting=True)
    staff = UserFactory()
    for key in ("one", "two"):
        [form] = clicks(RunFactory(), staff, 1, key=key)
        form.run = run
        form.save()
    assert Learner.objects.count() == 2
