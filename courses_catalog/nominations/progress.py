"""The way of a nomination as its person reads it: what was, what is, what comes."""

from django.utils.translation import gettext as _

from courses_catalog.models import Nomination, NominationEvent
from courses_catalog.nominations.states import NominationAct, NominationStatus
from courses_catalog.nominations.steps import next_step, steps_after
from home.templatetags.look import full_date_time

Step = dict[str, str]


def progress(nomination: Nomination) -> list[Step]:
    """Lines of components/timeline.html. No reviewer is named, only her place."""
    events = nomination.events.select_related("node")
    return [*map(_done, events), *_coming(nomination)]


def _done(event: NominationEvent) -> Step:
    place = event.node.title if event.node else ""
    words = {
        NominationAct.SUBMITTED: _("您交了申请"),
        NominationAct.RESUBMITTED: _("您改好又交了"),
        NominationAct.PASSED: _("%(place)s没有审核的人，由上一级审核"),
        NominationAct.AGREED: _("%(place)s同意了"),
        NominationAct.RETURNED: _("%(place)s请您改一改"),
        NominationAct.REFUSED: _("%(place)s没有同意"),
        NominationAct.LISTED: _("列入教师名单"),
        NominationAct.WITHDRAWN: _("您撤回了申请"),
    }
    return {
        "title": words[NominationAct(event.act)] % {"place": place},
        "state": "done",
        "when": full_date_time(event.at),
        "text": event.reason,
    }


def _coming(nomination: Nomination) -> list[Step]:
    if not nomination.is_open:
        return []
    above = [(_("%(place)s审核"), node) for node in _deciding_after(nomination)]
    rest = [_step(words, node) for words, node in above]
    rest.append({"title": _("列入教师名单"), "state": "next"})
    if nomination.status == NominationStatus.RETURNED:
        now = {"title": _("请您改好再交"), "state": "now"}
        return [now, _step(_("%(place)s再审核"), nomination.turn), *rest]
    return [_step(_("%(place)s正在审核"), nomination.turn, "now"), *rest]


def _deciding_after(nomination: Nomination) -> list:
    """Whose turn comes yet, as far as can be said today."""
    left, found = steps_after(nomination), []
    while left:
        node, passed = next_step(left, nomination)
        found.append(node)
        left = left[len(passed) + 1 :]
    return found


def _step(words: str, node, state: str = "next") -> Step:
    return {"title": words % {"place": node.title}, "state": state}
