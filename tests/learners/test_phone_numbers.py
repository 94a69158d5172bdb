import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from learners import phones
from learners.fields import BirthDateField, NameField


@pytest.mark.parametrize(
    "typed",
    [
        "13911112222",
        " 139 1111 2222 ",
        "139-1111-2222",
        "+86 139 1111 2222",
        "+8613911112222",
        "008613911112222",
        "8613911112222",
        "１３９１１１１２２２２",
        "（+86）13911112222",
    ],
)
def test_every_spelling_of_a_mobile_is_the_same_number(typed):
    assert phones.clean_mobile(typed) == "13911112222"


@pytest.mark.parametrize(
    "typed", ["", "1391111222", "139111122223", "12911112222", "0792 8580000", "abc"]
)
def test_what_is_no_mobile_is_refused(typed):
    with pytest.raises(ValidationError, match="11 位数字"):
        phones.clean_mobile(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0792-858 0000", "07928580000"),
        ("010 6609 6114", "01066096114"),
        ("13911112222", "13911112222"),
        ("+86 0792 8580000", "07928580000"),
    ],
)
def test_a_landline_is_good_enough_to_be_called(typed, stored):
    assert phones.clean_phone(typed) == stored


@pytest.mark.parametrize("typed", ["8580000", "110", "0092 123"])
def test_a_landline_needs_its_area_code(typed):
    with pytest.raises(ValidationError, match="区号"):
        phones.clean_phone(typed)


def test_a_mobile_is_read_out_in_groups():
    assert phones.spaced("13911112222") == "139 1111 2222"
    assert phones.spaced("wang@example.cn") == "wang@example.cn"


@pytest.mark.parametrize(
    "typed",
    [
        "1956-03-08",
        "1956年3月8日",
        "19560308",
        "1956.3.8",
        "1956/3/8",
        "１９５６年０３月０８日",
        " 1956 3 8 ".replace(" ", "-").strip("-"),
    ],
)
def test_birth_dates_are_read_as_people_write_them(typed):
    assert BirthDateField().clean(typed) == dt.date(1956, 3, 8)


@pytest.mark.parametrize(
    "typed", ["56", "1956", "1956-13-01", "1956-02-30", "三月八日", "8/3/1956"]
)
def test_dates_that_are_none_are_refused_in_a_sentence(typed):
    with pytest.raises(ValidationError, match="看不懂"):
        BirthDateField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-11-25", None),
        ("2026-11-26", "还没到"),
        ("1906-01-01", None),
        ("1905-12-31", "120 岁"),
    ],
)
def test_birth_dates_are_neither_in_the_future_nor_absurd(typed, sentence):
    # 1:00 in the morning of the 25th in Shanghai is still the 24th in UTC
    with time_machine.travel(dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC)):
        if sentence is None:
            assert BirthDateField().clean(typed)
        else:
            with pytest.raises(ValidationError, match=sentence):
                BirthDateField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王秀兰", "王秀兰"),
        (" 王 秀兰 ", "王 秀兰"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("Anne-Marie O'Neil", "Anne-Marie O'Neil"),
        ("王" * 30, "王" * 30),
    ],
)
def test_names_are_taken_as_they_are(typed, name):
    assert NameField().clean(typed) == name


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("王" * 31, "最多写 30 个字"), ("王3", "只能有文字"), ("<b>", "只能有文字")],
)
def test_what_is_no_name_is_refused(typed, sentence):
    with pytest.raises(ValidationError, match=sentence):
        NameField().clean(typed)
