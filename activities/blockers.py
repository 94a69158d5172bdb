"""Why somebody cannot register, in the words a clerk would say.

A refusal is stored as a code; sentence and remedy are made when they are read, in
the reader's language, from the run's own figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from home.templatetags.look import full_date_time


@dataclass(frozen=True)
class Blocker:
    """One reason, the sentence that says it and what would help ("" if nothing)."""

    code: str
    sentence: str
    remedy: str = ""


def explain(code: str, run) -> Blocker:
    """The words of `code` for `run`; an unknown code is said in general words."""
    sentence, remedy = _WORDS.get(code, _unknown)(run)
    return Blocker(code, sentence, remedy)


def explain_all(codes: Iterable[str], run) -> list[Blocker]:
    return [explain(code, run) for code in codes]


def _unknown(run):
    return _("这次没有报上。"), _("请打电话问一问，工作人员会告诉您原因。")


def _cancelled(run):
    return _("这个活动取消了。"), _("可以看看附近别的活动。")


def _over(run):
    return _("这个活动已经结束了。"), _("可以看看附近别的活动。")


def _paused(run):
    return _("这个活动现在不接受报名。"), _("请打电话问一问什么时候再收人。")


def _not_yet_open(run):
    when = full_date_time(run.opens_at)
    sentence = _("还没有开始报名，%(when)s 开始。") if when else _("还没有开始报名。")
    return (
        sentence % {"when": when},
        _("到时候再来，或者请教学点的工作人员替您报。"),
    )


def _closed(run):
    when = full_date_time(run.closes_at)
    sentence = _("报名已经在 %(when)s 截止了。") if when else _("报名已经截止了。")
    return sentence % {"when": when}, _("请打电话问一问还有没有余下的名额。")


def _full(run):
    if run.waiting_capacity:
        sentence = _("名额满了，候补也满了。")
    else:
        sentence = _("名额满了，这个活动不设候补。")
    return sentence, _("有人退出时名额会放出来，请过几天再看。")


def _registered(run):
    return _("已经报过这个班了。"), _("到“我的报名”可以看到。")


def _too_many(run):
    return (
        _("已经报上了 %(limit)s 个班，到了上限。") % {"limit": run.max_active},
        _("退掉一个，就能报这个。"),
    )


def _birth_date_needed(run):
    return _("这个班看年龄，还不知道出生日期。"), _("请补上出生日期。")


def _too_young(run):
    return (
        _("这个班只收满 %(age)s 岁的人。") % {"age": run.min_age},
        _("年龄按开班第一天算。可以看看别的班。"),
    )


def _too_old(run):
    return (
        _("这个班只收 %(age)s 岁以下（含 %(age)s 岁）的人。") % {"age": run.max_age},
        _("年龄按开班第一天算。可以请工作人员介绍合适的班。"),
    )


def _desk_only(run):
    return (
        _("满 %(age)s 岁的人要当面报名。") % {"age": run.desk_only_from_age},
        _("请到教学点，工作人员当面替您报。"),
    )


def _place(run) -> str:
    """The run may have stopped asking since the refusal was written."""
    return run.residence.short_name if run.residence else _("本地")


def _residence_needed(run):
    return (
        _("这个班只给住在%(place)s的人，还不知道住在哪里。") % {"place": _place(run)},
        _("请补上住在哪里。"),
    )


def _elsewhere(run):
    return (
        _("这个班只给住在%(place)s的人。") % {"place": _place(run)},
        _("可以看看住处附近的班。如果搬了家，请改一改住在哪里。"),
    )


def _consent_needed(run):
    return (
        _("满 %(age)s 岁的人报名要有一位家人确认。") % {"age": run.consent_from_age},
        _("请填上确认的家人的姓名。"),
    )


_WORDS = {
    "cancelled": _cancelled,
    "over": _over,
    "paused": _paused,
    "not_yet_open": _not_yet_open,
    "closed": _closed,
    "full": _full,
    "registered": _registered,
    "too_many": _too_many,
    "birth_date_needed": _birth_date_needed,
    "too_young": _too_young,
    "too_old": _too_old,
    "desk_only": _desk_only,
    "residence_needed": _residence_needed,
    "elsewhere": _elsewhere,
    "consent_needed": _consent_needed,
}
CODES = tuple(_WORDS)
