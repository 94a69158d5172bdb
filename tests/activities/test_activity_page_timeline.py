"""What happens when, beside the dates of a whole run."""

import datetime as dt

import pytest

from activities.activity_timeline import timeline_of
from activities.models import ActivityPage, Session
from activities.states import SessionStatus
from activities.vocabulary import RegistrationMode
from tests.factories.registration import FIRST

pytestmark = pytest.mark.django_db

WEEK, SECOND = dt.timedelta(weeks=1), dt.timedelta(seconds=1)
LENGTH = dt.timedelta(hours=2)
OPENS, CLOSES = FIRST - 2 * WEEK, FIRST - WEEK


def activity(**fields) -> ActivityPage:
    given = {"opens_at": OPENS, "closes_at": CLOSES} | fields
    return ActivityPage(**{"registration_mode": RegistrationMode.WHOLE_RUN} | given)


def sessions(*cancelled, count=4) -> list[Session]:
    return [
        Session(
            starts_at=FIRST + number * WEEK,
            ends_at=FIRST + number * WEEK + LENGTH,
            status=SessionStatus.CANCELLED
            if number in cancelled
            else SessionStatus.SCHEDULED,
        )
        for number in range(count)
    ]


def said(cancelled=(), *, at=FIRST, count=4, **fields):
    steps = timeline_of(activity(**fields), sessions(*cancelled, count=count), at=at)
    return [(step.title, step.when[:6], step.state) for step in steps]


def test_the_steps_of_a_run():
    assert said(at=OPENS - SECOND) == [
        ("报名", "11月24日", "next"),
        ("第一次", "12月8日 ", "next"),
        ("最后一次", "12月29日", "next"),
    ]


@pytest.mark.parametrize(
    ("at", "states"),
    [
        (OPENS, ["now", "next", "next"]),
        (CLOSES - SECOND, ["now", "next", "next"]),
        (CLOSES, ["done", "next", "next"]),
        (FIRST, ["done", "now", "next"]),
        (FIRST + LENGTH, ["done", "done", "next"]),
        (FIRST + 3 * WEEK, ["done", "done", "now"]),
        (FIRST + 3 * WEEK + LENGTH, ["done", "done", "done"]),
    ],
)
def test_each_step_is_done_now_or_next(at, states):
    assert [state for _title, _when, state in said(at=at)] == states


def test_a_cancelled_date_is_neither_the_first_nor_the_last():
    assert [when for _title, when, _state in said((0, 3))[1:]] == [
        "12月15日",
        "12月22日",
    ]


def test_a_single_date_has_no_last():
    assert [title for title, _when, _state in said(count=1)] == ["报名", "第一次"]


@pytest.mark.parametrize(
    "fields",
    [
        {"opens_at": None, "closes_at": None},
        {"cancelled_reason": "场地检修"},
        {"registration_mode": RegistrationMode.SINGLE_SESSIONS},
        {"cancelled": (0, 1, 2, 3)},
        {"count": 0},
    ],
)
def test_nothing_is_told_where_nobody_registers_for_a_run_in_a_window(fields):
    assert said(**fields) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"closes_at": None}, "11月24日 周二 9:00 起"),
        ({"opens_at": None}, "到 12月1日 周二 9:00 为止"),
    ],
)
def test_an_open_window_says_which_end_it_has(fields, words):
    assert timeline_of(activity(**fields), sessions(), at=FIRST)[0].when == words
