"""Publishing copies the registration policy into runs, whoever has registered."""

import datetime as dt

import pytest
import time_machine

from activities import notices
from activities.models import Run
from activities.policy import possible_modes
from activities.schedule import SHANGHAI
from activities.states import RegistrationStatus, SessionStatus
from activities.vocabulary import ChangeKind, RegistrationMode
from tests.factories import NodeFactory, RegistrationFactory, small_network
from tests.factories.activities import change, published_activity, republish

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)
WHOLE = RegistrationMode.WHOLE_RUN
SINGLE = RegistrationMode.SINGLE_SESSIONS
NONE = RegistrationMode.NONE


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def village():
    return small_network().village


def the_run(activity) -> Run:
    return Run.objects.get(activity=activity)


def place(run, status=RegistrationStatus.PLACED):
    """Somebody holds a place, as the allocator would have given it."""
    registration = RegistrationFactory(run=run, status=status)
    if status == RegistrationStatus.PLACED:
        Run.objects.filter(pk=run.pk).update(taken=run.taken + 1)
        run.refresh_from_db()
    return registration


def test_just_coming_needs_no_run(village):
    activity = published_activity(village, weekly=True)
    assert not Run.objects.filter(activity=activity).exists()
    assert not activity.sessions.exclude(run=None).exists()


def test_a_whole_run_is_one_row_for_all_sessions(village):
    activity = published_activity(village, weekly=True, whole_run=True)
    run = the_run(activity)
    assert {each.run_id for each in activity.sessions.all()} == {run.pk}
    assert run.first_starts_at == activity.starts_at
    assert run.last_ends_at == activity.sessions.last().ends_at
    assert run.node_path == village.path


def test_single_sessions_have_a_run_each(village):
    activity = published_activity(village, weekly=True, registration_mode=SINGLE)
    assert activity.runs.count() == 4
    for session in activity.sessions.select_related("run"):
        assert session.run.first_starts_at == session.starts_at
        assert session.run.last_ends_at == session.ends_at


def test_the_policy_is_copied(village):
    policy = {
        "capacity": 20,
        "waiting_capacity": 5,
        "opens_at": NOW,
        "closes_at": NOW + dt.timedelta(days=6),
        "withdraw_until": NOW + dt.timedelta(days=5),
        "min_age": 50,
        "max_age": 75,
        "consent_from_age": 70,
        "desk_only_from_age": 72,
        "residence": NodeFactory(parent=village.get_parent()),
        "max_active": 2,
    }
    activity = published_activity(village, registration_mode=WHOLE, **policy)
    run = the_run(activity)
    assert {name: getattr(run, name) for name in policy} == policy


def test_a_changed_policy_reaches_the_same_run(village):
    activity = published_activity(village, weekly=True, whole_run=True)
    before = the_run(activity)
    activity = republish(activity, capacity=30)
    assert (the_run(activity).pk, the_run(activity).capacity) == (before.pk, 30)


def test_ages_count_on_the_first_date_that_is_held(village):
    activity = published_activity(village, weekly=True, whole_run=True)
    first = activity.sessions.first()
    cancelled = change(ChangeKind.CANCEL, first.original_date)
    activity = republish(activity, schedule_changes=[cancelled])
    assert the_run(activity).first_starts_at == first.starts_at + dt.timedelta(days=7)


def test_capacity_below_the_places_taken_is_clamped_when_scheduled(village):
    activity = published_activity(village, weekly=True, whole_run=True)
    for _ in range(3):
        place(the_run(activity))
    activity = republish(activity, capacity=2)
    assert (the_run(activity).capacity, the_run(activity).taken) == (3, 3)


@pytest.mark.parametrize("mode", [NONE, SINGLE])
def test_an_empty_run_gives_way_to_another_mode(village, mode):
    activity = published_activity(village, weekly=True, whole_run=True)
    activity = republish(activity, registration_mode=mode)
    assert activity.runs.count() == (4 if mode == SINGLE else 0)
    assert activity.sessions.count() == 4


@pytest.mark.parametrize(
    ("was", "wanted"),
    [(WHOLE, NONE), (WHOLE, SINGLE), (SINGLE, NONE), (SINGLE, WHOLE)],
)
def test_a_registration_keeps_its_mode(village, was, wanted):
    activity = published_activity(village, weekly=True, registration_mode=was)
    run = activity.runs.order_by("pk").first()
    place(run)
    assert possible_modes(activity) == {was}
    activity = republish(activity, registration_mode=wanted)
    assert run in activity.runs.all()
    assert activity.runs.count() == (1 if was == WHOLE else 4)
    assert not activity.sessions.filter(run=None).exists()


def test_one_session_is_a_run_either_way(village):
    activity = published_activity(village, registration_mode=WHOLE)
    place(the_run(activity))
    assert possible_modes(activity) == {WHOLE, SINGLE}
    activity = republish(activity, registration_mode=SINGLE)
    assert the_run(activity).registrations.count() == 1


def test_even_a_withdrawn_registration_keeps_the_row(village):
    activity = published_activity(village, weekly=True, whole_run=True)
    place(the_run(activity), RegistrationStatus.WITHDRAWN)
    activity = republish(activity, repeat_count=2)
    assert activity.sessions.count() == 4


def test_dates_people_registered_for_are_cancelled_not_deleted(village):
    activity = published_activity(village, weekly=True, registration_mode=SINGLE)
    third = activity.sessions.order_by("starts_at")[2]
    place(third.run)
    activity = republish(activity, repeat_count=2)
    left = activity.sessions.order_by("starts_at")
    assert [each.status for each in left] == [
        SessionStatus.SCHEDULED,
        SessionStatus.SCHEDULED,
        SessionStatus.CANCELLED,
    ]
    assert left[2].pk == third.pk
    third.run.refresh_from_db()
    assert third.run.is_cancelled


def test_a_date_that_comes_back_is_held_again(village):
    activity = published_activity(village, weekly=True, whole_run=True)
    place(the_run(activity))
    activity = republish(activity, repeat_count=2)
    activity = republish(activity, repeat_count=4)
    last = activity.sessions.last()
    assert (last.status, last.sequence) == (SessionStatus.SCHEDULED, 2)


@pytest.fixture
def told(monkeypatch):
    calls = []
    monkeypatch.setattr(notices, "session_changed", lambda ids: calls.append(ids))
    return calls


def test_people_hear_of_a_cancelled_date(village, told):
    activity = published_activity(village, weekly=True, whole_run=True)
    place(the_run(activity))
    second = activity.sessions.all()[1]
    republish(
        activity, schedule_changes=[change(ChangeKind.CANCEL, second.original_date)]
    )
    assert told == [[second.pk]]


def test_people_hear_of_a_moved_date(village, told):
    activity = published_activity(village, weekly=True, whole_run=True)
    place(the_run(activity))
    second = activity.sessions.all()[1]
    move = change(ChangeKind.MOVE, second.original_date, new_time=dt.time(15))
    republish(activity, schedule_changes=[move])
    assert told == [[second.pk]]


@pytest.mark.parametrize("changes", [{"title": "改名"}, {"capacity": 12}])
def test_nobody_is_troubled_by_a_title_or_a_capacity(village, told, changes):
    activity = published_activity(village, weekly=True, whole_run=True)
    place(the_run(activity))
    republish(activity, **changes)
    assert told == []


def test_nobody_is_told_where_nobody_registered(village, told):
    activity = published_activity(village, weekly=True, whole_run=True)
    republish(activity, cancelled_reason="场地维修")
    assert told == []


def test_more_places_go_to_the_waiting_list(
    village, django_capture_on_commit_callbacks
):
    activity = published_activity(village, registration_mode=WHOLE, capacity=1)
    run = the_run(activity)
    place(run)
    waiting = RegistrationFactory(run=run, status=RegistrationStatus.WAITING)
    Run.objects.filter(pk=run.pk).update(waiting=1)
    with django_capture_on_commit_callbacks(execute=True):
        republish(activity, capacity=2)
    waiting.refresh_from_db()
    assert waiting.status == RegistrationStatus.PLACED
