"""The dates a schedule comes to, as the editor reads them over."""

from dataclasses import replace

from django.utils.translation import gettext as _

from activities.schedule import MOST_SESSIONS, expand, rule_of
from home.dates import SHANGHAI, long_date

SHOWN = 12


def schedule_preview(activity) -> dict:
    """Context of the preview panel.

    `has_no_end` (then only the first dates are shown), `meetings` (text,
    is_cancelled, note) of the first dozen dates, `more` how many are not shown,
    `skipped` dates left out, `notices` what the editor should know.
    """
    rule = rule_of(activity)
    if rule is None:
        return {"meetings": [], "notices": [], "skipped": [], "total": 0, "more": 0}
    if rule.has_no_end:
        # the first ones show whether the rule is meant
        rule = replace(rule, count=SHOWN)
    plan = expand(rule)
    held = plan.occurrences
    return {
        "has_no_end": rule_of(activity).has_no_end,
        "meetings": [_meeting(each) for each in held[:SHOWN]],
        "total": len(held),
        "more": max(0, len(held) - SHOWN),
        "skipped": [long_date(date) for date in plan.skipped[:SHOWN]],
        "notices": list(_notices(plan)),
    }


def _meeting(occurrence) -> dict:
    starts_at = occurrence.starts_at.astimezone(SHANGHAI)
    ends_at = occurrence.ends_at.astimezone(SHANGHAI)
    when = f"{long_date(starts_at.date())} {starts_at:%H:%M}–{ends_at:%H:%M}"
    return {
        "when": when,
        "is_cancelled": occurrence.is_cancelled,
        "is_moved": occurrence.is_moved,
        "original": long_date(occurrence.original_date),
        "venue": occurrence.venue,
        "note": occurrence.note,
    }


def _notices(plan):
    if plan.unknown_years:
        years = _("、").join(str(year) for year in plan.unknown_years)
        yield _(
            "%(years)s 年的放假安排还没有公布，这一年的节假日没有跳过。"
            "公布以后请再看一遍日期。"
        ) % {"years": years}
    if plan.is_capped:
        yield _("最多排 %(most)s 次，后面的没有列出来。") % {"most": MOST_SESSIONS}
