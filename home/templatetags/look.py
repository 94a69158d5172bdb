"""The words of the look in templates: icons, dates as people say them, form parts.

Registered as a template builtin: no ``{% load %}`` is needed.
"""

import re
from datetime import datetime

import chinese_calendar
from django import template
from django.conf import settings
from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _
from lunardate import LunarDate

register = template.Library()

# Linked in this order; no rule needs more than that (no layers, no build step).
STYLESHEETS = (
    "tokens",
    "base",
    "components/button",
    "components/header",
    "components/breadcrumb",
    "components/tag",
    "components/event",
    "components/facts",
    "components/fold",
    "components/form",
    "components/notice",
    "components/table",
    "components/timeline",
    "components/calendar",
    "components/registration",
    "components/subscribe",
    "components/home",
    "components/footer",
)

# Eight states of a run and the states of a person in it share six shapes of label.
STATUS_TONES = {
    "open": "open",
    "admitted": "open",
    "full": "wait",
    "waiting": "wait",
    "moved": "wait",
    "turn": "wait",
    "draw": "draw",
    "walk_in": "soon",
    "not_yet": "soon",
    "closed": "over",
    "finished": "over",
    "cancelled": "off",
}

WEEKDAYS_ZH = "一二三四五六日"
LUNAR_MONTHS = "正二三四五六七八九十冬腊"
LUNAR_YEARS = range(1901, 2100)  # the libraries' tables end there
LUNAR_TENS = ("初", "十", "廿", "三")
DIGITS_ZH = "一二三四五六七八九十"


@register.simple_tag
def stylesheets():
    """The links to every stylesheet of the site, in order."""
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((static(f"css/{name}.css"),) for name in STYLESHEETS),
    )


@register.simple_tag
def icon(name):
    """One drawing of img/icons.svg. A word always stands beside it."""
    return format_html(
        '<svg class="icon" width="24" height="24" aria-hidden="true">'
        '<use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def site_name():
    """The name of the site where no context is at hand (the 500 page)."""
    return settings.SITE_NAME


# --- Dates ------------------------------------------------------------------------


def _local(value):
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _day(value):
    value = _local(value)
    return value.date() if isinstance(value, datetime) else value


def _is_chinese():
    return (get_language() or settings.LANGUAGE_CODE).startswith("zh")


@register.filter
def weekday(value):
    """周三, Wed."""
    if not value:
        return ""
    if _is_chinese():
        return f"周{WEEKDAYS_ZH[_day(value).weekday()]}"
    return date_format(_day(value), "D")


@register.filter
def month_day(value):
    """11月25日, 25 November; with the year when it is not this year."""
    if not value:
        return ""
    day = _day(value)
    this_year = day.year == timezone.localdate().year
    if _is_chinese():
        pattern = "n月j日" if this_year else "Y年n月j日"
    else:
        pattern = "j F" if this_year else "j F Y"
    return date_format(day, pattern)


@register.filter
def full_date(value):
    """11月25日 周三, Wed 25 November; with the year when it is not this year."""
    if not value:
        return ""
    parts = month_day(value), weekday(value)
    return " ".join(parts if _is_chinese() else reversed(parts))


@register.filter
def clock(value):
    """9:00, on the 24-hour clock."""
    value = _local(value)
    return f"{value.hour}:{value.minute:02d}" if value else ""


@register.filter
def full_date_time(value):
    """11月25日 周三 20:00: a deadline is always said like this."""
    return f"{full_date(value)} {clock(value)}" if value else ""


@register.filter
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


@register.filter
def iso_date(value):
    return _day(value).isoformat() if value else ""


@register.filter
def day_number(value):
    return _day(value).day if value else ""


@register.filter
def month_short(value):
    """The head of a calendar leaf: 11月, Nov."""
    return date_format(_day(value), "n月" if _is_chinese() else "M") if value else ""


@register.filter
def month_year(value):
    """2026年11月, November 2026."""
    return date_format(_day(value), "Y年n月" if _is_chinese() else "F Y")


@register.filter
def weekday_long(value):
    """星期三, Wednesday."""
    return date_format(_day(value), "l") if value else ""


@register.filter
def is_today(value):
    return bool(value) and _day(value) == timezone.localdate()


@register.filter
def is_rest_day(value):
    """A weekend or public holiday, as far as the State Council has announced."""
    day = _day(value)
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


@register.filter
def lunar_date(value):
    """十月十四; empty in languages without the lunar calendar."""
    lunar = _lunar(value)
    return f"{_lunar_month_name(lunar)}{_lunar_day_name(lunar.day)}" if lunar else ""


@register.filter
def solar_term(value):
    """小雪 on the day it falls, else empty."""
    day = _day(value)
    if not day or not _is_chinese() or day.year not in LUNAR_YEARS:
        return ""
    terms = chinese_calendar.get_solar_terms(day, day)
    return terms[0][1] if terms else ""


@register.filter
def lunar_short(value):
    """One word for a cell of the month: 小雪, 冬月 (its first day) or 廿三."""
    lunar = _lunar(value)
    if not lunar:
        return ""
    if term := solar_term(value):
        return term
    return _lunar_month_name(lunar) if lunar.day == 1 else _lunar_day_name(lunar.day)


# --- Words and numbers ------------------------------------------------------------


@register.filter
def bcp47(code):
    """zh-hans → zh-Hans: the spelling HTML and feeds want."""
    return to_locale(code).replace("_", "-") if code else ""


@register.filter
def tel(number):
    """The address of a phone link: 0792-858 0000 → tel:0792-8580000."""
    return f"tel:{re.sub(r'[^0-9+*#-]', '', str(number))}"


@register.filter
def status_tone(code):
    return STATUS_TONES.get(code, "over")


@register.filter
def page_numbers(page):
    """Pages worth a link; the gap is a … ."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


# --- Forms ------------------------------------------------------------------------


@register.filter
def field_kind(field):
    """choices (radio buttons, boxes), checkbox or input."""
    widget = field.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "choices"
    return "checkbox" if isinstance(widget, CheckboxInput) else "input"


@register.simple_tag
def field_input(field):
    """The control itself: our class, no placeholder (the label says it all)."""
    attrs = {"placeholder": False}
    if field_kind(field) == "input":
        given = field.field.widget.attrs.get("class", "")
        attrs["class"] = f"input {given}".strip()
    return field.as_widget(attrs=attrs)


@register.filter
def choices(field):
    """The options of a bound field as choice_list.html wants them."""
    return [
        {
            "id": option.id_for_label,
            "value": option.data["value"],
            "label": option.choice_label,
            "checked": option.data["selected"],
            "disabled": option.data["attrs"].get("disabled", False),
        }
        for option in field.subwidgets
    ]


@register.filter
def choice_kind(field):
    multiple = isinstance(field.field.widget, CheckboxSelectMultiple)
    return "checkbox" if multiple else "radio"


@register.filter
def errors_of(form):
    """What error_summary.html lists: [{"text", "href"}] in the form's order."""
    found = [{"text": text, "href": ""} for text in form.non_field_errors()]
    for field in form:
        target = field.id_for_label or f"{field.auto_id}_0"
        label = str(field.label).rstrip("？?：:")
        found += [
            {
                "text": _("%(field)s：%(error)s") % {"field": label, "error": text},
                "href": f"#{target}",
            }
            for text in field.errors
        ]
    return found
