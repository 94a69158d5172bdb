"""One rule, once in Python and once in SQL: both must say the same."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.availability import availability, session_availability
from activities.models import Run, Session
from activities.schedule import SHANGHAI
from activities.states import SessionStatus
from activities.vocabulary import RegistrationMode
from tests.factories import small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)
SECOND = dt.timedelta(seconds=1)
SOON = NOW + dt.timedelta(days=1)
PAST = NOW - dt.timedelta(days=1)

# what of the run differs, the state it is in, whether one can register
CASES = [
    ({}, "open", True),
    ({"capacity": None}, "open", True),
    ({"taken": 9}, "open", True),
    ({"taken": 10}, "full", True),
    ({"taken": 10, "waiting_capacity": 0}, "full", False),
    ({"taken": 10, "waiting_capacity": 2, "waiting": 1}, "full", True),
    ({"taken": 10, "waiting_capacity": 2, "waiting": 2}, "full", False),
    ({"opens_at": NOW + SECOND}, "not_yet", False),
    ({"opens_at": NOW}, "open", True),
    ({"opens_at": NOW - SECOND}, "open", True),
    ({"closes_at": NOW + SECOND}, "open", True),
    ({"closes_at": NOW}, "closed", False),
    ({"closes_at": NOW - SECOND}, "closed", False),
    ({"last_ends_at": NOW + SECOND}, "open", True),
    ({"last_ends_at": NOW}, "finished", False),
    ({"is_open": False}, "closed", False),
    ({"is_cancelled": True}, "cancelled", False),
    ({"is_cancelled": True, "closes_at": PAST}, "cancelled", False),
    ({"taken": 10, "waiting_capacity": 0, "opens_at": SOON}, "not_yet", False),
]


@pytest.fixture
def activity():
    return published_activity(
        small_network().village,
        registration_mode=RegistrationMode.WHOLE_RUN,
        capacity=10,
    )


@pytest.mark.parametrize(("difference", "code", "is_open"), CASES)
def test_python_and_sql_agree_on_who_can_register(activity, difference, code, is_open):
    Run.objects.update(**difference)
    said = availability(Run.objects.get(), activity, at=NOW)
    assert (said.code, said.is_open) == (code, is_open)
    assert Session.objects.open_for_registration(at=NOW).exists() is is_open
    assert bool(said.blockers) is not is_open


@pytest.mark.parametrize(
    ("difference", "code", "is_open"),
    [
        ({}, "open", True),
        ({"status": SessionStatus.CANCELLED}, "cancelled", False),
        ({"ends_at": NOW}, "finished", False),
        ({"ends_at": NOW + SECOND}, "open", True),
        ({"run": None}, "closed", False),
    ],
)
def test_a_session_may_be_off_by_itself(activity, difference, code, is_open):
    Session.objects.update(**difference)
    said = session_availability(Session.objects.with_activity().get(), at=NOW)
    assert (said.code, said.is_open) == (code, is_open)
    assert Session.objects.open_for_registration(at=NOW).exists() is is_open


def test_where_nobody_registers_one_just_comes(activity):
    activity.registration_mode = RegistrationMode.NONE
    said = availability(None, activity, at=NOW)
    assert (said.code, said.is_open, said.places_line) == ("walk_in", False, "")


@pytest.mark.parametrize(
    ("difference", "line"),
    [
        ({"taken": 4}, "还有 6 个名额，共 10 个"),
        ({"taken": 10}, "10 个名额已满"),
        ({"taken": 10, "waiting": 3}, "10 个名额已满，3 人候补"),
        ({"capacity": None}, "名额不限"),
        ({"is_cancelled": True}, ""),
    ],
)
def test_places_are_said_in_a_sentence(activity, difference, line):
    Run.objects.update(**difference)
    assert availability(Run.objects.get(), activity, at=NOW).places_line == line


def test_the_day_registration_opens_is_said(activity):
    Run.objects.update(opens_at=dt.datetime(2026, 12, 3, 8, 0, tzinfo=SHANGHAI))
    said = availability(Run.objects.get(), activity, at=NOW)
    year = "" if timezone.localdate().year == 2026 else "2026年"
    assert said.label == f"{year}12月3日开始报名"
