"""Dates as people say them, in both languages."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from home import dates

NOW = "2026-11-25T08:00:00+08:00"
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def a_wednesday_in_november(time_machine):
    time_machine.move_to(datetime.fromisoformat(NOW), tick=False)


@pytest.fixture(params=["zh-hans", "en"])
def any_language(request):
    with translation.override(request.param):
        yield request.param


def at(text: str) -> datetime:
    """A moment in local time."""
    return timezone.make_aware(datetime.fromisoformat(text))


def said(language: str, words, *values):
    with translation.override(language):
        return words(*values)


@pytest.mark.parametrize(
    ("words", "value", "chinese", "english"),
    [
        (dates.weekday, TODAY, "周三", "Wed"),
        (dates.weekday, date(2026, 11, 29), "周日", "Sun"),
        (dates.weekday_long, TODAY, "星期三", "Wednesday"),
        (dates.month_day, TODAY, "11月25日", "25 November"),
        (dates.month_day, date(2026, 1, 1), "1月1日", "1 January"),
        (dates.month_day, date(2027, 1, 1), "2027年1月1日", "1 January 2027"),
        (dates.month_day, date(2025, 12, 31), "2025年12月31日", "31 December 2025"),
        (dates.full_date, TODAY, "11月25日 周三", "Wed 25 November"),
        (dates.full_date, date(2027, 1, 1), "2027年1月1日 周五", "Fri 1 January 2027"),
        (dates.month_short, TODAY, "11月", "Nov"),
        (dates.month_year, TODAY, "2026年11月", "November 2026"),
        (
            dates.full_date_time,
            at("2026-11-25T20:00"),
            "11月25日 周三 20:00",
            "Wed 25 November 20:00",
        ),
    ],
)
def test_a_date_is_said_in_full(words, value, chinese, english):
    assert said("zh-hans", words, value) == chinese
    assert said("en", words, value) == english


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-11-25T09:00", "9:00"),
        ("2026-11-25T09:05", "9:05"),
        ("2026-11-25T00:00", "0:00"),
        ("2026-11-25T23:59", "23:59"),
    ],
)
def test_the_clock_has_24_hours(any_language, value, expected):
    assert dates.clock(at(value)) == expected


def test_a_moment_is_told_in_local_time():
    late = datetime.fromisoformat("2026-11-25T16:30:00+00:00")
    assert dates.clock(late) == "0:30"
    assert said("zh-hans", dates.full_date_time, late) == "11月26日 周四 0:30"
    assert dates.iso_date(late) == "2026-11-26"
    assert dates.day_number(late) == 26


@pytest.mark.parametrize(
    ("starts", "ends", "chinese", "english"),
    [
        ("2026-11-25T09:00", "2026-11-25T10:30", "9:00–10:30", "9:00–10:30"),
        ("2026-11-25T22:00", "2026-11-25T23:59", "22:00–23:59", "22:00–23:59"),
        (
            "2026-11-25T22:00",
            "2026-11-26T00:00",
            "22:00–11月26日 0:00",
            "22:00–26 November 0:00",
        ),
        (
            "2026-12-31T22:00",
            "2027-01-01T00:30",
            "22:00–2027年1月1日 0:30",
            "22:00–1 January 2027 0:30",
        ),
    ],
)
def test_a_range_over_midnight_says_the_day_of_its_end(starts, ends, chinese, english):
    assert said("zh-hans", dates.time_range, at(starts), at(ends)) == chinese
    assert said("en", dates.time_range, at(starts), at(ends)) == english


def test_a_range_without_an_end_is_its_beginning():
    assert dates.time_range(at("2026-11-25T09:00"), None) == "9:00"
    assert dates.time_range(None, at("2026-11-25T09:00")) == ""


@pytest.mark.parametrize(
    "words",
    [
        dates.weekday,
        dates.weekday_long,
        dates.month_day,
        dates.month_short,
        dates.month_year,
        dates.full_date,
        dates.full_date_time,
        dates.clock,
        dates.iso_date,
        dates.day_number,
        dates.lunar_date,
        dates.lunar_short,
        dates.solar_term,
    ],
)
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_in_is_nothing_out(any_language, words, nothing):
    assert words(nothing) == ""


def test_nothing_is_neither_today_nor_a_rest_day():
    assert dates.is_today(None) is False
    assert dates.is_rest_day(None) is False


@pytest.mark.parametrize(("days", "expected"), [(-1, False), (0, True), (1, False)])
def test_today_is_one_day(days, expected):
    assert dates.is_today(TODAY + timedelta(days=days)) is expected


def test_today_begins_at_local_midnight(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-25T16:00:00+00:00"))
    assert dates.is_today(date(2026, 11, 26))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 25), False),
        (date(2026, 11, 28), True),
        (date(2026, 10, 1), True),  # the National Day, a Thursday
        (date(2026, 10, 10), False),  # a Saturday that is worked in its place
        (date(2050, 1, 1), True),  # nothing announced: a Saturday
        (date(2050, 1, 3), False),
    ],
)
def test_a_rest_day_follows_what_was_announced(day, expected):
    assert dates.is_rest_day(day) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 2, 9), "腊月三十"),
        (date(2024, 2, 10), "正月初一"),
        (date(2025, 7, 24), "六月三十"),
        (date(2025, 7, 25), "闰六月初一"),
        (date(2025, 8, 23), "七月初一"),
        (date(2026, 2, 16), "腊月廿九"),
        (date(2026, 2, 17), "正月初一"),
        (date(2026, 2, 26), "正月初十"),
        (date(2026, 2, 27), "正月十一"),
        (date(2026, 3, 3), "正月十五"),
        (date(2026, 3, 8), "正月二十"),
        (date(2026, 3, 9), "正月廿一"),
        (date(2026, 6, 19), "五月初五"),
        (date(2026, 9, 25), "八月十五"),
        (date(2026, 12, 9), "冬月初一"),
        (date(2027, 2, 6), "正月初一"),
    ],
)
def test_the_lunar_date_is_that_of_the_almanac(day, expected):
    assert said("zh-hans", dates.lunar_date, day) == expected


SOLAR_TERMS_2026 = {
    "小寒": (1, 5), "大寒": (1, 20), "立春": (2, 4), "雨水": (2, 18),
    "惊蛰": (3, 5), "春分": (3, 20), "清明": (4, 5), "谷雨": (4, 20),
    "立夏": (5, 5), "小满": (5, 21), "芒种": (6, 5), "夏至": (6, 21),
    "小暑": (7, 7), "大暑": (7, 23), "立秋": (8, 7), "处暑": (8, 23),
    "白露": (9, 7), "秋分": (9, 23), "寒露": (10, 8), "霜降": (10, 23),
    "立冬": (11, 7), "小雪": (11, 22), "大雪": (12, 7), "冬至": (12, 22),
}  # fmt: skip


def test_the_solar_terms_of_2026_fall_on_their_24_days():
    year = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    found = {
        said("zh-hans", dates.solar_term, day): (day.month, day.day)
        for day in year
        if said("zh-hans", dates.solar_term, day)
    }
    assert found == SOLAR_TERMS_2026


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 22), "小雪"),
        (date(2026, 12, 9), "冬月"),
        (date(2026, 12, 10), "初二"),
        (date(2026, 11, 28), "二十"),
        (date(2025, 7, 25), "闰六月"),
    ],
)
def test_a_cell_of_the_month_takes_one_lunar_word(day, expected):
    assert said("zh-hans", dates.lunar_short, day) == expected


@pytest.mark.parametrize(
    "words", [dates.lunar_date, dates.lunar_short, dates.solar_term]
)
def test_the_lunar_calendar_is_for_chinese_pages_and_the_years_of_its_table(words):
    assert said("zh-hans", words, date(2026, 2, 4))
    assert said("en", words, date(2026, 2, 4)) == ""
    assert said("zh-hans", words, date(1900, 12, 31)) == ""
    assert said("zh-hans", words, date(2100, 1, 1)) == ""


@pytest.mark.parametrize("year", [1901, 2026, 2099])
def test_every_day_of_a_year_in_the_table_has_a_lunar_date(year):
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert all(said("zh-hans", dates.lunar_date, day) for day in days)
    assert sum(bool(said("zh-hans", dates.solar_term, day)) for day in days) == 24
