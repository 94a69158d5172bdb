"""Dates as people say them, in the language of the reader.

Every function takes a date or a datetime; an aware datetime is told in local time.
Nothing in, nothing out: an empty value is an empty string.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import chinese_calendar
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from lunardate import LunarDate

# The one time of all of China. A named zone: feeds would write a fixed offset without
# its definition.
SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS_ZH = "一二三四五六日"
LUNAR_MONTHS = "正二三四五六七八九十冬腊"
LUNAR_YEARS = range(1901, 2100)  # the libraries' tables end there
LUNAR_TENS = ("初", "十", "廿", "三")
DIGITS_ZH = "一二三四五六七八九十"


def _local(value):
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _day(value):
    value = _local(value)
    return value.date() if isinstance(value, datetime) else value


def _is_chinese():
    return (get_language() or settings.LANGUAGE_CODE).startswith("zh")


def weekday(value):
    """周三, Wed."""
    if not value:
        return ""
    if _is_chinese():
        return f"周{WEEKDAYS_ZH[_day(value).weekday()]}"
    return date_format(_day(value), "D")


def month_day(value):
    """11月25日, 25 November; with the year when it is not this year."""
    if not value:
        return ""
    day = _day(value)
    return _month_day(day, with_year=day.year != timezone.localdate().year)


def _month_day(day, *, with_year):
    if _is_chinese():
        return date_format(day, "Y年n月j日" if with_year else "n月j日")
    return date_format(day, "j F Y" if with_year else "j F")


def full_date(value):
    """11月25日 周三, Wed 25 November; with the year when it is not this year."""
    return _with_weekday(month_day(value), value) if value else ""


def long_date(value):
    """2026年11月25日 周三, Wed 25 November 2026: the year is said whichever it is."""
    if not value:
        return ""
    return _with_weekday(_month_day(_day(value), with_year=True), value)


def _with_weekday(words, value):
    parts = words, weekday(value)
    return " ".join(parts if _is_chinese() else reversed(parts))


def clock(value):
    """9:00, on the 24-hour clock."""
    value = _local(value)
    return f"{value.hour}:{value.minute:02d}" if value else ""


def full_date_time(value):
    """11月25日 周三 20:00: a deadline is always said like this."""
    return f"{full_date(value)} {clock(value)}" if value else ""


def time_range(starts_at, ends_at):
    """9:00–10:30; the day of the end is said when it is another day."""
    if not starts_at:
        return ""
    if not ends_at:
        return clock(starts_at)
    end = clock(ends_at)
    if _day(ends_at) != _day(starts_at):
        end = f"{month_day(ends_at)} {end}"
    return f"{clock(starts_at)}–{end}"


def iso_date(value):
    return _day(value).isoformat() if value else ""


def day_number(value):
    return _day(value).day if value else ""


def month_short(value):
    """The head of a calendar leaf: 11月, Nov."""
    return date_format(_day(value), "n月" if _is_chinese() else "M") if value else ""


def month_year(value):
    """2026年11月, November 2026."""
    pattern = "Y年n月" if _is_chinese() else "F Y"
    return date_format(_day(value), pattern) if value else ""


def weekday_long(value):
    """星期三, Wednesday."""
    return date_format(_day(value), "l") if value else ""


def is_today(value):
    return bool(value) and _day(value) == timezone.localdate()


def is_rest_day(value):
    """A weekend or public holiday, as far as the State Council has announced."""
    day = _day(value)
    if not day:
        return False
    try:
        return chinese_calendar.is_holiday(day)
    except NotImplementedError:
        return day.weekday() >= 5


def _lunar_month_name(lunar):
    leap = "闰" if lunar.is_leap_month else ""
    return f"{leap}{LUNAR_MONTHS[lunar.month - 1]}月"


def _lunar_day_name(number):
    if number in (10, 20, 30):
        return {10: "初十", 20: "二十", 30: "三十"}[number]
    return LUNAR_TENS[number // 10] + DIGITS_ZH[number % 10 - 1]


def _lunar(value):
    day = _day(value)
    if not day or not _is_chinese() or day.year not in LUNAR_YEARS:
        return None
    return LunarDate.from_solar_date(day.year, day.month, day.day)


def lunar_date(value):
    """十月十四; empty in languages without the lunar calendar."""
    lunar = _lunar(value)
    return f"{_lunar_month_name(lunar)}{_lunar_day_name(lunar.day)}" if lunar else ""


def solar_term(value):
    """小雪 on the day it falls, else empty."""
    day = _day(value)
    if not day or not _is_chinese() or day.year not in LUNAR_YEARS:
        return ""
    terms = chinese_calendar.get_solar_terms(day, day)
    return terms[0][1] if terms else ""


def lunar_short(value):
    """One word for a cell of the month: 小雪, 冬月 (its first day) or 廿三."""
    lunar = _lunar(value)
    if not lunar:
        return ""
    if term := solar_term(value):
        return term
    return _lunar_month_name(lunar) if lunar.day == 1 else _lunar_day_name(lunar.day)
