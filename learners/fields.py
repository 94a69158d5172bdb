"""Form fields that understand what residents type."""

import contextlib
import datetime as dt
import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners import phones

OLDEST_YEARS = 120


class MobileField(forms.CharField):
    """A mobile number, stored as eleven digits."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("手机号"))
        kwargs.setdefault("help_text", _("11 位数字，例如 139 0000 0000。"))
        attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def clean(self, value) -> str:
        value = super().clean(value)
        return phones.clean_mobile(value) if value else ""


class ContactPhoneField(MobileField):
    """A mobile or a landline with area code: where somebody can be called."""

    def clean(self, value) -> str:
        value = forms.CharField.clean(self, value)
        return phones.clean_phone(value) if value else ""


class BirthDateField(forms.CharField):
    """A birth date in any order of marks, year first: 1956年3月8日, 19560308, 56.3.8.

    Two digits are a year of the last century where this one has not come to it yet.
    Or with the month in English words: 8 March 1956, Mar 8, 1956. Not 08/03/1956,
    which is two days. A picker of dates would have to be turned back seventy years.
    """

    PATTERN = re.compile(
        r"(\d{4}|\d\d)\D+(\d{1,2})\D+(\d{1,2})\s*日?|(\d{4})(\d\d)(\d\d)", re.ASCII
    )
    IN_WORDS = ("%d%B%Y", "%d%b%Y", "%B%d%Y", "%b%d%Y")

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("出生日期"))
        kwargs.setdefault("help_text", _("例如 1956年3月8日，或者 19560308。"))
        attrs = {"autocomplete": "off", "class": "input--short"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def clean(self, value) -> dt.date | None:
        value = super().clean(value)
        return self._sensible(self._parsed(value)) if value else None

    def prepare_value(self, value):
        if isinstance(value, dt.date):
            return f"{value.year}-{value.month:02d}-{value.day:02d}"
        return value

    def _parsed(self, text: str) -> dt.date:
        text = unicodedata.normalize("NFKC", text).strip()
        for order in self.IN_WORDS:
            with contextlib.suppress(ValueError):
                return dt.datetime.strptime(re.sub(r"[\s,.]", "", text), order).date()
        match = self.PATTERN.fullmatch(text)
        try:
            year, month, day = (int(part) for part in match.groups() if part)
            return dt.date(self._year(year), month, day)
        except (AttributeError, ValueError) as error:
            raise ValidationError(
                _("这个日期看不懂。请写年、月、日，例如 1956年3月8日。"),
                code="invalid_date",
            ) from error

    def _year(self, year: int) -> int:
        """Raises ValueError for two digits that both centuries have."""
        if year >= 100:
            return year
        if 2000 + year <= timezone.localdate().year:
            raise ValueError(year)
        return 1900 + year

    def _sensible(self, day: dt.date) -> dt.date:
        today = timezone.localdate()
        if day > today:
            raise ValidationError(
                _("出生日期还没到。请看看年份写对了没有。"), code="future"
            )
        if day.year < today.year - OLDEST_YEARS:
            raise ValidationError(
                _("这样算下来超过 120 岁了。请看看年份写对了没有。"), code="too_old"
            )
        return day


class NameField(forms.CharField):
    """A person's name: one to thirty characters, no digits."""

    LONGEST = 30

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("姓名"))
        kwargs.setdefault("help_text", _("跟身份证上一样，签到时用。"))
        attrs = {"autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def clean(self, value) -> str:
        value = super().clean(value)
        name = " ".join(unicodedata.normalize("NFKC", value).split())
        if len(name) > self.LONGEST:
            raise ValidationError(
                _("姓名最多写 %(count)s 个字。请只写姓名，别的不用写。")
                % {"count": self.LONGEST},
                code="too_long",
            )
        if name and not all(self._is_of_a_name(letter) for letter in name):
            raise ValidationError(
                _("姓名里只能有文字。请去掉数字和符号。"), code="not_a_name"
            )
        return name

    @staticmethod
    def _is_of_a_name(letter: str) -> bool:
        return letter.isalpha() or letter in " ·•.-'’" or unicodedata.combining(letter)
