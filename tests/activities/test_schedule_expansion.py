"""From a rule to dates: tables for what people write, properties for the rest."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.schedule import (
    MOST_SESSIONS,
    SHANGHAI,
    Change,
    Rule,
    expand,
    is_public_holiday,
)
from activities.vocabulary import ChangeKind, Repeat

TUESDAY = dt.datetime(2026, 12, 8, 9, 0, tzinfo=SHANGHAI)


def rule(first=TUESDAY, **fields) -> Rule:
    return Rule(starts_at=first, **fields)


def at(*date, hour=9, minute=0) -> dt.datetime:
    return dt.datetime(*date, hour, minute, tzinfo=SHANGHAI)


def dates(plan) -> list[str]:
    return [each.original_date.strftime("%m-%d") for each in plan.occurrences]


TABLE = {
    "one talk": (rule(), ["12-08"]),
    "weekly by count": (
        rule(repeat=Repeat.WEEKLY, count=3),
        ["12-08", "12-15", "12-22"],
    ),
    "weekly until a day that counts": (
        rule(repeat=Repeat.WEEKLY, until=dt.date(2026, 12, 22)),
        ["12-08", "12-15", "12-22"],
    ),
    "weekly until the day before": (
        rule(repeat=Repeat.WEEKLY, until=dt.date(2026, 12, 21)),
        ["12-08", "12-15"],
    ),
    "whichever end comes first": (
        rule(repeat=Repeat.WEEKLY, count=9, until=dt.date(2026, 12, 15)),
        ["12-08", "12-15"],
    ),
    "two days a week, the week begins on Monday": (
        rule(repeat=Repeat.WEEKLY, weekdays=frozenset({0, 1}), count=3),
        ["12-08", "12-14", "12-15"],
    ),
    "every other week keeps both days of its week": (
        rule(repeat=Repeat.WEEKLY, weekdays=frozenset({1, 3}), interval=2, count=4),
        ["12-08", "12-10", "12-22", "12-24"],
    ),
    "daily": (rule(repeat=Repeat.DAILY, count=3), ["12-08", "12-09", "12-10"]),
    "every third day": (
        rule(repeat=Repeat.DAILY, interval=3, count=3),
        ["12-08", "12-11", "12-14"],
    ),
    "second Tuesday of the month": (
        rule(repeat=Repeat.MONTHLY, count=3),
        ["12-08", "01-12", "02-09"],
    ),
    "the fifth Thursday is the last one": (
        rule(at(2026, 12, 31), repeat=Repeat.MONTHLY, count=4),
        ["12-31", "01-28", "02-25", "03-25"],
    ),
    "every other month": (
        rule(repeat=Repeat.MONTHLY, interval=2, count=2),
        ["12-08", "02-09"],
    ),
}


@pytest.mark.parametrize(("given_rule", "expected"), TABLE.values(), ids=TABLE)
def test_a_rule_comes_to_these_dates(given_rule, expected):
    assert dates(expand(given_rule)) == expected


def weekly(*changes, count=3, **fields) -> Rule:
    return rule(repeat=Repeat.WEEKLY, count=count, changes=changes, **fields)


SECOND = dt.date(2026, 12, 15)


def test_a_skipped_date_does_not_count():
    plan = expand(weekly(Change(ChangeKind.SKIP, SECOND)))
    assert dates(plan) == ["12-08", "12-22", "12-29"]
    assert plan.skipped == [SECOND]


def test_a_cancelled_date_counts_and_stays_on_the_calendar():
    plan = expand(weekly(Change(ChangeKind.CANCEL, SECOND, note="老师生病")))
    assert dates(plan) == ["12-08", "12-15", "12-22"]
    assert [each.is_cancelled for each in plan.occurrences] == [False, True, False]
    assert plan.occurrences[1].note == "老师生病"


def test_an_extra_date_does_not_count():
    extra = Change(ChangeKind.EXTRA, dt.date(2026, 12, 12), new_time=dt.time(14))
    plan = expand(weekly(extra))
    assert dates(plan) == ["12-08", "12-12", "12-15", "12-22"]
    assert plan.occurrences[1].starts_at == at(2026, 12, 12, hour=14)


def test_an_extra_date_where_there_is_a_meeting_changes_nothing():
    assert expand(weekly(Change(ChangeKind.EXTRA, SECOND))) == expand(weekly())


def test_an_extra_date_can_itself_be_cancelled():
    date = dt.date(2026, 12, 12)
    plan = expand(
        weekly(Change(ChangeKind.EXTRA, date), Change(ChangeKind.CANCEL, date))
    )
    assert plan.occurrences[1].original_date == date
    assert plan.occurrences[1].is_cancelled


def test_a_moved_date_keeps_its_original_date():
    move = Change(
        ChangeKind.MOVE,
        SECOND,
        new_date=dt.date(2026, 12, 17),
        new_time=dt.time(14, 30),
        venue="三楼",
    )
    moved = expand(weekly(move)).occurrences[1]
    assert moved.original_date == SECOND
    assert moved.starts_at == at(2026, 12, 17, hour=14, minute=30)
    assert moved.ends_at - moved.starts_at == dt.timedelta(minutes=90)
    assert (moved.is_moved, moved.venue) == (True, "三楼")


def test_another_room_alone_is_no_move_in_time():
    moved = expand(weekly(Change(ChangeKind.MOVE, SECOND, venue="三楼"))).occurrences[1]
    assert (moved.is_moved, moved.venue) == (False, "三楼")


def test_a_note_changes_nothing_but_the_note():
    noted = expand(weekly(Change(ChangeKind.NOTE, SECOND, note="带毛笔"))).occurrences
    plain = expand(weekly()).occurrences
    assert noted[1].note == "带毛笔"
    assert [each.starts_at for each in noted] == [each.starts_at for each in plain]


def test_public_holidays_are_skipped_and_do_not_count():
    first = at(2026, 9, 23)
    plan = expand(rule(first, repeat=Repeat.WEEKLY, count=3, skip_public_holidays=True))
    assert dates(plan) == ["09-23", "09-30", "10-14"]
    assert plan.skipped == [dt.date(2026, 10, 7)]


def test_a_date_the_editor_writes_herself_is_held_on_a_holiday():
    first = at(2026, 10, 1)
    kept = Change(ChangeKind.NOTE, dt.date(2026, 10, 3), note="国庆照常")
    plan = expand(
        rule(
            first,
            repeat=Repeat.DAILY,
            until=dt.date(2026, 10, 4),
            skip_public_holidays=True,
            changes=(kept,),
        )
    )
    assert dates(plan) == ["10-01", "10-03"]


def test_a_single_talk_may_be_on_a_holiday():
    plan = expand(rule(at(2026, 10, 1), skip_public_holidays=True))
    assert dates(plan) == ["10-01"]


def test_a_year_without_published_holidays_is_named():
    plan = expand(
        rule(at(2098, 12, 30), repeat=Repeat.WEEKLY, count=3, skip_public_holidays=True)
    )
    assert len(plan.occurrences) == 3
    assert plan.unknown_years == [2099]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (dt.date(2026, 10, 1), True),
        # the make-up working day of the same holiday
        (dt.date(2026, 10, 10), False),
        # an ordinary weekend
        (dt.date(2026, 12, 12), False),
        (dt.date(2099, 1, 1), None),
    ],
)
def test_what_a_public_holiday_is(date, expected):
    assert is_public_holiday(date) is expected


def test_no_end_is_capped():
    plan = expand(rule(repeat=Repeat.DAILY))
    assert len(plan.occurrences) == MOST_SESSIONS
    assert plan.is_capped


def test_exactly_the_most_is_not_capped():
    plan = expand(rule(repeat=Repeat.DAILY, count=MOST_SESSIONS))
    assert (len(plan.occurrences), plan.is_capped) == (MOST_SESSIONS, False)


def test_times_are_wall_time_of_shanghai_wherever_the_start_came_from():
    first = dt.datetime(2026, 12, 7, 23, 0, tzinfo=dt.UTC)  # 7:00 on the 8th
    plan = expand(rule(first, repeat=Repeat.WEEKLY, count=2))
    assert [each.starts_at for each in plan.occurrences] == [
        at(2026, 12, 8, hour=7),
        at(2026, 12, 15, hour=7),
    ]


days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
changes = st.builds(
    Change,
    kind=st.sampled_from(ChangeKind.values),
    date=st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 31)),
    new_date=st.none() | days,
    new_time=st.none() | st.times(),
    venue=st.sampled_from(["", "三楼"]),
)
rules = st.builds(
    Rule,
    starts_at=st.datetimes(
        dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31), timezones=st.just(SHANGHAI)
    ),
    duration=st.integers(5, 24 * 60).map(lambda n: dt.timedelta(minutes=n)),
    repeat=st.sampled_from(Repeat.values),
    weekdays=st.frozensets(st.integers(0, 6)),
    interval=st.integers(1, 12),
    until=st.none() | days,
    count=st.none() | st.integers(1, MOST_SESSIONS),
    skip_public_holidays=st.booleans(),
    changes=st.lists(changes, max_size=6).map(tuple),
)


@given(rules)
def test_original_dates_are_unique_and_in_order(some_rule):
    found = [each.original_date for each in expand(some_rule).occurrences]
    assert found == sorted(set(found))


@given(rules)
def test_there_are_never_more_than_the_most(some_rule):
    assert len(expand(some_rule).occurrences) <= MOST_SESSIONS


@given(rules)
def test_every_meeting_lasts_as_long_as_the_rule_says(some_rule):
    for each in expand(some_rule).occurrences:
        assert each.ends_at - each.starts_at == some_rule.duration
        assert each.starts_at.tzinfo is SHANGHAI


@given(rules)
def test_a_skipped_date_is_never_also_held(some_rule):
    plan = expand(some_rule)
    assert not set(plan.skipped) & {each.original_date for each in plan.occurrences}


@given(rules)
def test_count_counts_all_but_the_extra_ones(some_rule):
    extras = {c.date for c in some_rule.changes if c.kind == ChangeKind.EXTRA}
    held = [
        each
        for each in expand(some_rule).occurrences
        if each.original_date not in extras
    ]
    assert some_rule.count is None or len(held) <= some_rule.count


@given(rules)
def test_nothing_but_extras_stands_outside_first_date_and_end(some_rule):
    extras = {c.date for c in some_rule.changes if c.kind == ChangeKind.EXTRA}
    for each in expand(some_rule).occurrences:
        if each.original_date in extras:
            continue
        assert each.original_date >= some_rule.starts_at.date()
        single = some_rule.repeat == Repeat.NONE
        until = None if single else some_rule.until
        assert until is None or each.original_date <= until


@given(rules)
def test_one_change_leaves_every_other_date_alone(some_rule):
    """What the calendar shows on other dates does not depend on a note or a move."""
    plan = expand(some_rule)
    if not plan.occurrences or some_rule.changes:
        return
    chosen = plan.occurrences[-1].original_date
    moved = expand(
        Rule(
            **{
                **vars(some_rule),
                "changes": (
                    Change(ChangeKind.MOVE, chosen, new_date=dt.date(2030, 1, 1)),
                ),
            }
        )
    )
    others = [each for each in plan.occurrences if each.original_date != chosen]
    assert [e for e in moved.occurrences if e.original_date != chosen] == others
