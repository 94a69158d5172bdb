"""What keeps everybody from registering, at the very boundaries."""

import datetime as dt

import pytest

from activities.blockers import CODES, explain
from activities.models import Run
from activities.rules import can_withdraw, promotes, run_blockers
from tests.factories.registration import FIRST

SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)
OPENS, CLOSES = FIRST - 10 * DAY, FIRST - DAY
ENDS = FIRST + 21 * DAY


def run(**fields) -> Run:
    given = {"capacity": 10, "first_starts_at": FIRST, "last_ends_at": ENDS}
    return Run(**given | fields)


def codes(given: Run, at=FIRST - 5 * DAY) -> list[str]:
    return [blocker.code for blocker in run_blockers(given, at=at)]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (OPENS - SECOND, ["not_yet_open"]),
        (OPENS, []),
        (CLOSES - SECOND, []),
        (CLOSES, ["closed"]),
        (ENDS - SECOND, ["closed"]),
        (ENDS, ["over", "closed"]),
    ],
)
def test_the_window_opens_and_closes_to_the_second(at, expected):
    assert codes(run(opens_at=OPENS, closes_at=CLOSES), at) == expected


def test_a_run_without_a_window_is_open_until_it_is_over():
    assert codes(run(), ENDS - SECOND) == []
    assert codes(run(), ENDS) == ["over"]


@pytest.mark.parametrize(
    ("taken", "waiting", "waiting_capacity", "expected"),
    [
        (9, 0, 0, []),
        (10, 0, 0, ["full"]),
        (10, 0, None, []),
        (10, 4, 5, []),
        (10, 5, 5, ["full"]),
        (9, 5, 5, []),
    ],
)
def test_full_means_no_place_and_no_room_to_wait(
    taken, waiting, waiting_capacity, expected
):
    given = run(taken=taken, waiting=waiting, waiting_capacity=waiting_capacity)
    assert codes(given) == expected


def test_a_run_without_capacity_is_never_full():
    assert codes(run(capacity=None, taken=10_000, waiting_capacity=0)) == []


def test_everything_in_the_way_is_said_at_once():
    given = run(
        is_cancelled=True,
        is_open=False,
        opens_at=FIRST,
        closes_at=OPENS,
        taken=10,
        waiting_capacity=0,
    )
    assert codes(given) == ["cancelled", "paused", "not_yet_open", "closed", "full"]


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_every_reason_has_a_sentence_and_says_what_would_help(code):
    blocker = explain(code, run(opens_at=OPENS, closes_at=CLOSES, max_active=2))
    assert blocker.sentence.endswith("。")
    assert blocker.remedy.endswith("。")


def test_reasons_name_the_figures_of_the_run():
    assert "12月7日 周一 9:00" in explain("closed", run(closes_at=CLOSES)).sentence
    assert "2 个班" in explain("too_many", run(max_active=2)).sentence


def test_a_reason_whose_rule_was_since_taken_away_is_still_told():
    assert explain("closed", run()).sentence == "报名已经截止了。"
    assert explain("not_yet_open", run()).sentence == "还没有开始报名。"
    assert "本地" in explain("elsewhere", run()).sentence
    assert explain("of an older version", run()).sentence == "这次没有报上。"


@pytest.mark.parametrize(
    ("until", "at", "expected"),
    [
        (CLOSES, CLOSES - SECOND, True),
        (CLOSES, CLOSES, False),
        (None, ENDS - SECOND, True),
        (None, ENDS, False),
        (ENDS + DAY, ENDS, False),
    ],
)
def test_one_may_withdraw_until_the_moment_the_run_says(until, at, expected):
    assert can_withdraw(run(withdraw_until=until), at=at) is expected


@pytest.mark.parametrize(
    ("fields", "at", "expected"),
    [
        ({}, FIRST, True),
        ({}, ENDS - SECOND, True),
        ({}, ENDS, False),
        ({"is_cancelled": True}, OPENS, False),
        ({"is_open": False}, OPENS, False),
        ({"last_ends_at": FIRST + dt.timedelta(hours=2)}, FIRST - SECOND, True),
        ({"last_ends_at": FIRST + dt.timedelta(hours=2)}, FIRST, False),
        ({"first_starts_at": None, "last_ends_at": None}, FIRST, True),
    ],
)
def test_freed_places_go_on_to_the_next_while_there_is_something_to_attend(
    fields, at, expected
):
    assert promotes(run(**fields), at=at) is expected
