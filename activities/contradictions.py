"""What in an activity's fields cannot be true together, or is still missing.

Each answer maps the field to a sentence that says what to do. Contradictions are
refused in drafts too; omissions only when it is to be published.
"""

from dataclasses import replace

from django.utils.translation import gettext as _

from activities.schedule import (
    MOST_SESSIONS,
    Plan,
    changes_of,
    expand,
    is_plausible,
    rule_of,
)
from activities.vocabulary import (
    ChangeKind,
    Delivery,
    Fee,
    RegistrationMode,
    Repeat,
    Weekday,
)
from home.dates import SHANGHAI, long_date

WEEKDAYS = Weekday.labels
# More than any hall of the city holds: a slip of the finger.
MOST_PLACES = 10_000


def contradictions(activity) -> dict[str, list[str]]:
    """By field; empty when all that is filled in agrees."""
    found: dict[str, list[str]] = {}
    if activity.starts_at and not is_plausible(activity.starts_at):
        # every other answer would be computed from it
        return {"starts_at": [_("请检查年份。")]}
    for check in (_about_repeat, _about_changes, _about_times, _about_people):
        for field, sentence in check(activity):
            found.setdefault(field, []).append(sentence)
    return found


def omissions(activity) -> dict[str, list[str]]:
    """What has to be filled in before it can be published, by field."""
    found = {}
    repeats = activity.repeat != Repeat.NONE
    if repeats and not (activity.repeat_until or activity.repeat_count):
        found["repeat_until"] = [
            _("重复的活动要有一个结束：请填「到哪一天为止」，或者「一共几次」。")
        ]
    if activity.fee_kind == Fee.PAID and not activity.fee_amount:
        found["fee_amount"] = [_("请填要交多少元。")]
    if activity.delivery == Delivery.ONLINE and not activity.join_link:
        found["join_link"] = [_("线上的活动请填线上地址。")]
    if plan_is_capped(activity):
        found["repeat_until"] = [
            _("这样排会超过 %(most)s 次。请把结束的日期提前，或者少排几次。")
            % {"most": MOST_SESSIONS}
        ]
    return found


def plan_is_capped(activity) -> bool:
    """More meetings than one activity may have."""
    ends = activity.repeat_until or activity.repeat_count
    rule = rule_of(activity) if ends else None
    return rule is not None and expand(rule).is_capped


def _about_repeat(activity):
    if activity.starts_at is None:
        return
    first = activity.starts_at.astimezone(SHANGHAI).date()
    days = [int(day) for day in activity.weekdays]
    if activity.repeat == Repeat.WEEKLY and days and first.weekday() not in days:
        yield (
            "weekdays",
            _(
                "第一次是%(first)s，可是这里没有勾%(weekday)s。"
                "请勾上，或者改第一次的日期。"
            )
            % {"first": long_date(first), "weekday": WEEKDAYS[first.weekday()]},
        )
    if activity.repeat_until and activity.repeat_until < first:
        yield (
            "repeat_until",
            _("结束的日期在第一次（%(first)s）以前。") % {"first": long_date(first)},
        )


def _about_changes(activity):
    rule = rule_of(activity)
    changes = changes_of(activity)
    if rule is None or not changes:
        return
    plan = expand(rule)
    seen = set()
    for change in changes:
        key = (change.date, change.kind == ChangeKind.EXTRA)
        sentence = _wrong_in(change, plan, rule, is_second=key in seen)
        seen.add(key)
        if sentence:
            yield (
                "schedule_changes",
                _("%(date)s：%(sentence)s")
                % {"date": long_date(change.date), "sentence": sentence},
            )


def _wrong_in(change, plan: Plan, rule, *, is_second: bool) -> str:
    if is_second:
        return _("这一天写了两次，请只留一次。")
    if not is_plausible(change.date):
        return _("请检查年份。")
    if change.kind == ChangeKind.EXTRA:
        return _wrong_in_extra(change, rule)
    if change.date not in plan.known_dates:
        return _("这一天本来没有排课。请改日期，或者删去这一条。")
    if change.kind == ChangeKind.MOVE:
        return _wrong_in_move(change)
    return ""


def _wrong_in_extra(change, rule) -> str:
    if change.new_date:
        return _("加一次时，请把新的日期写在第一个日期里，「改到哪一天」留空。")
    without = expand(_without_extras(rule))
    if change.date in {each.original_date for each in without.occurrences}:
        return _("这一天已经有课，不用再加。")
    return ""


def _without_extras(rule):
    kept = [each for each in rule.changes if each.kind != ChangeKind.EXTRA]
    return replace(rule, changes=tuple(kept))


def _wrong_in_move(change) -> str:
    if not (change.new_date or change.new_time or change.venue):
        return _("请填改到哪一天、几点或者哪里，至少填一样。")
    if change.new_date and not is_plausible(change.new_date):
        return _("请检查「改到哪一天」的年份。")
    return ""


def _about_times(activity):
    opens, closes = activity.opens_at, activity.closes_at
    if opens and closes and closes <= opens:
        yield "closes_at", _("截止报名要在开始报名以后。")
    starts = activity.starts_at
    mode = activity.registration_mode
    if starts and closes and closes > starts and mode == RegistrationMode.WHOLE_RUN:
        yield "closes_at", _("截止报名不能晚于第一次开始的时间。")
    if starts and opens and opens >= starts and mode == RegistrationMode.WHOLE_RUN:
        yield "opens_at", _("开始报名要在第一次开始以前。")


def _about_people(activity):
    youngest, oldest = activity.min_age, activity.max_age
    if youngest is not None and oldest is not None and oldest < youngest:
        yield "max_age", _("最大年龄比最小年龄还小。")
    if activity.registration_mode == RegistrationMode.NONE:
        return
    most = {"most": MOST_PLACES}
    for name in ("capacity", "waiting_capacity"):
        if (getattr(activity, name) or 0) > MOST_PLACES:
            yield name, _("最多写 %(most)d 人。不限人数请留空。") % most
    if (
        activity.capacity
        and activity.min_to_run
        and activity.min_to_run > activity.capacity
    ):
        yield "min_to_run", _("开班人数不能比名额多。")
