"""Birth dates as people write them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from learners.fields import BirthDateField

DAY = dt.date(1956, 3, 8)


@pytest.mark.parametrize(
    "written",
    [
        "1956年3月8日",
        "１９５６年３月８日",
        "19560308",
        "1956-03-08",
        "1956.3.8",
        "1956/3/8",
        "1956 3 8",
        "56.3.8",
        "56年3月8日",
        "1956 年 3 月 8 日",
        "8 March 1956",
        "8 Mar 1956",
        "08 mar. 1956",
        "March 8, 1956",
        "Mar 8 1956",
    ],
)
def test_a_day_is_understood_however_it_is_written(written):
    assert BirthDateField().clean(written) == DAY


@pytest.mark.parametrize(
    "written", ["1956.1.12", "1956 1 12", "1956年1月12", "19560112"]
)
def test_marks_keep_month_and_day_apart(written):
    assert BirthDateField().clean(written) == dt.date(1956, 1, 12)


@pytest.mark.parametrize(
    "written",
    [
        "1956112",
        "08/03/1956",
        "08.3.8",
        "560308",
        "8 Marsh 1956",
        "1956年13月8日",
        "三月八日",
    ],
)
def test_what_could_be_two_days_or_none_is_asked_again(written):
    with pytest.raises(ValidationError, match="看不懂"):
        BirthDateField().clean(written)
