"""How a schedule, a fee or an age limit is said: short, in the reader's language."""

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from activities.schedule import expand, rule_of
from activities.vocabulary import Fee, Repeat, Weekday


def join_words(words) -> str:
    """周一、周三; the mark between is the language's own."""
    return _("、").join(str(word) for word in words)


def repeat_line(activity, *, count: int | None = None) -> str:
    """每周二、周四，共12次; empty where it takes place once.

    `count` is how often it takes place where the rows were counted; else it is what
    is planned. Dates that are cancelled do not count.
    """
    if activity.repeat == Repeat.NONE or not activity.starts_at:
        return ""
    rhythm = _RHYTHMS[Repeat(activity.repeat)](activity)
    if count := count or _planned(activity):
        words = {"rhythm": rhythm, "count": count}
        return _("%(rhythm)s，共%(count)d次") % words
    return rhythm


def _planned(activity) -> int:
    """0 where it is repeated until a day, not so many times, or all is cancelled."""
    rule = rule_of(activity) if activity.repeat_count else None
    if rule is None or not rule.changes:
        return activity.repeat_count or 0
    return sum(not each.is_cancelled for each in expand(rule).occurrences)


def _daily(activity) -> str:
    if activity.interval > 1:
        return _("每%(interval)d天") % {"interval": activity.interval}
    return pgettext("rhythm", "每天")


def _weekly(activity) -> str:
    first = timezone.localtime(activity.starts_at).weekday()
    days = sorted(int(day) for day in activity.weekdays) or [first]
    words = {
        "days": join_words(Weekday(day).label for day in days),
        "interval": activity.interval,
    }
    if activity.interval > 1:
        return _("每%(interval)d周的%(days)s") % words
    return _("每%(days)s") % words


def _monthly(activity) -> str:
    first = timezone.localtime(activity.starts_at)
    week = (first.day - 1) // 7
    words = {
        "which": _WEEKS_OF_MONTH[week] % {"day": Weekday(first.weekday()).label},
        "interval": activity.interval,
    }
    if activity.interval > 1:
        return _("每%(interval)d个月的%(which)s") % words
    return _("每月%(which)s") % words


# each in full: not every language has a number for "first"
_WEEKS_OF_MONTH = (
    gettext_lazy("第1个%(day)s"),
    gettext_lazy("第2个%(day)s"),
    gettext_lazy("第3个%(day)s"),
    gettext_lazy("第4个%(day)s"),
    gettext_lazy("最后一个%(day)s"),
)


_RHYTHMS = {
    Repeat.DAILY: _daily,
    Repeat.WEEKLY: _weekly,
    Repeat.MONTHLY: _monthly,
}


def fee_line(activity) -> str:
    """免费, or what it costs and where one pays, with the editor's own words."""
    line = str(Fee(activity.fee_kind).label)
    if activity.fee_kind != Fee.FREE and activity.fee_amount is not None:
        words = {"fee": line, "amount": number_format(activity.fee_amount.normalize())}
        line = _("%(fee)s，%(amount)s 元") % words
    if activity.fee_note:
        line = _("%(first)s，%(second)s") % {"first": line, "second": activity.fee_note}
    return line


def who_line(activity, audiences) -> str:
    """老年人，满 55 岁，住在濂溪区的人; that anybody may come if nothing is asked."""
    words = [join_words(audiences), _ages(activity), _residence(activity)]
    asked = [word for word in words if word]
    return _("，").join(asked) if asked else _("谁都可以来")


def age_sentences(activity) -> str:
    """What people of a high age do differently, as sentences; may be empty."""
    sentences = [
        (activity.consent_from_age, _("%(age)d 岁以上请一位家人确认。")),
        (activity.desk_only_from_age, _("%(age)d 岁以上请到教学点当面报名。")),
    ]
    return " ".join(words % {"age": age} for age, words in sentences if age)


def _ages(activity) -> str:
    ages = {"low": activity.min_age, "high": activity.max_age}
    if activity.min_age and activity.max_age:
        return _("%(low)d 到 %(high)d 岁") % ages
    if activity.min_age:
        return _("满 %(low)d 岁") % ages
    return _("%(high)d 岁以下（含 %(high)d 岁）") % ages if activity.max_age else ""


def _residence(activity) -> str:
    if activity.residence is None:
        return ""
    return _("住在%(place)s的人") % {"place": activity.residence.short_name}
