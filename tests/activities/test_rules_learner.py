"""What keeps one learner from registering, at the very boundaries."""

import datetime as dt

import pytest

from activities.models import Run
from activities.rules import (
    Standing,
    age_on_first_day,
    claim_blockers,
    learner_blockers,
    needs_consent,
)
from activities.states import Channel
from home.models import NetworkNodePage
from learners.models import Learner
from tests.factories.registration import FIRST

AT = FIRST - dt.timedelta(days=5)
# the run begins on 8 December 2026
SIXTY_ON_THE_DAY = dt.date(1966, 12, 8)
SIXTY_NEXT_DAY = dt.date(1966, 12, 9)


def run(**fields) -> Run:
    return Run(first_starts_at=FIRST, last_ends_at=FIRST, capacity=10, **fields)


def person(born_on=None, residence=None) -> Learner:
    return Learner(name="王秀兰", born_on=born_on, residence=residence)


def node(path: str) -> NetworkNodePage:
    # as read from the database: a page without `id` looks its content type up there
    key = int(path, 36)
    return NetworkNodePage(id=key, pk=key, path=path, short_name=path)


def codes(given, learner, *, channel=Channel.ONLINE, standing=None) -> list[str]:
    found = learner_blockers(
        given, learner, at=AT, channel=channel, standing=standing or Standing()
    )
    return [blocker.code for blocker in found]


@pytest.mark.parametrize(
    ("limits", "born_on", "expected"),
    [
        ({"min_age": 60}, SIXTY_NEXT_DAY, ["too_young"]),
        ({"min_age": 60}, SIXTY_ON_THE_DAY, []),
        ({"max_age": 59}, SIXTY_NEXT_DAY, []),
        ({"max_age": 59}, SIXTY_ON_THE_DAY, ["too_old"]),
        ({"min_age": 60, "max_age": 60}, SIXTY_ON_THE_DAY, []),
        ({"min_age": 60}, None, ["birth_date_needed"]),
        ({"consent_from_age": 80}, None, ["birth_date_needed"]),
        ({"desk_only_from_age": 80}, None, ["birth_date_needed"]),
        ({}, None, []),
    ],
)
def test_ages_count_on_the_first_day(limits, born_on, expected):
    assert codes(run(**limits), person(born_on)) == expected


@pytest.mark.parametrize(
    ("day", "age"),
    [((2027, 2, 28), 62), ((2027, 3, 1), 63), ((2028, 2, 29), 64)],
)
def test_somebody_born_on_29_february_grows_older_on_1_march(day, age):
    given = Run(first_starts_at=dt.datetime(*day, 4, tzinfo=dt.UTC))
    assert age_on_first_day(given, person(dt.date(1964, 2, 29)), at=AT) == age


def test_the_first_day_is_the_day_in_shanghai():
    late = Run(first_starts_at=dt.datetime(2026, 12, 7, 17, 0, tzinfo=dt.UTC))
    assert age_on_first_day(late, person(SIXTY_ON_THE_DAY), at=AT) == 60


def test_a_run_without_dates_counts_ages_when_asked():
    undated = Run(first_starts_at=None)
    assert age_on_first_day(undated, person(SIXTY_ON_THE_DAY), at=AT) == 59


@pytest.mark.parametrize(
    ("channel", "expected"),
    [(Channel.ONLINE, ["desk_only"]), (Channel.PHONE, ["desk_only"]), ("desk", [])],
)
def test_from_some_age_on_only_the_desk_registers(channel, expected):
    given = run(desk_only_from_age=60)
    assert codes(given, person(SIXTY_ON_THE_DAY), channel=channel) == expected
    assert codes(given, person(SIXTY_NEXT_DAY), channel=channel) == []


@pytest.mark.parametrize(
    ("lives_at", "expected"),
    [
        ("0001000200030004", []),
        ("00010002000300040001", []),
        ("0001000200030005", ["elsewhere"]),
        ("000100020003", ["elsewhere"]),
    ],
)
def test_residence_is_the_place_or_anything_below_it(lives_at, expected):
    given = run(residence=node("0001000200030004"))
    assert codes(given, person(residence=node(lives_at))) == expected


def test_an_unknown_residence_is_asked_for():
    given = run(residence=node("0001"))
    assert codes(given, person()) == ["residence_needed"]


@pytest.mark.parametrize(
    ("limit", "held", "expected"),
    [(2, 1, []), (2, 2, ["too_many"]), (2, 3, ["too_many"]), (None, 9, [])],
)
def test_a_person_may_hold_as_many_places_as_the_run_allows(limit, held, expected):
    given = run(max_active=limit)
    assert codes(given, person(), standing=Standing(places_held=held)) == expected


def test_nobody_registers_twice():
    registered = Standing(is_registered=True)
    assert codes(run(), person(), standing=registered) == ["registered"]


def test_everything_in_the_way_is_said_at_once():
    given = run(min_age=70, desk_only_from_age=50, max_active=1, residence=node("0001"))
    standing = Standing(is_registered=True, places_held=1)
    assert codes(given, person(SIXTY_ON_THE_DAY), standing=standing) == [
        "registered",
        "too_many",
        "too_young",
        "desk_only",
        "residence_needed",
    ]


@pytest.mark.parametrize(
    ("born_on", "needed"), [(SIXTY_NEXT_DAY, False), (SIXTY_ON_THE_DAY, True)]
)
def test_a_relative_confirms_from_the_age_the_run_says(born_on, needed):
    given = run(consent_from_age=60)
    assert needs_consent(given, person(born_on), at=AT) is needed


@pytest.mark.parametrize(
    ("consented_by", "expected"),
    [("", ["consent_needed"]), ("  ", ["consent_needed"]), ("陈静", [])],
)
def test_a_claim_without_the_needed_consent_is_blocked(consented_by, expected):
    found = claim_blockers(
        run(consent_from_age=60),
        person(SIXTY_ON_THE_DAY),
        at=AT,
        channel=Channel.ONLINE,
        standing=Standing(),
        consented_by=consented_by,
    )
    assert [blocker.code for blocker in found] == expected
