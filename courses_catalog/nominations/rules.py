"""Why something cannot be done with a nomination; empty where it can.

Every rule answers with all that stands against it, each with a sentence for whoever
asked.
"""

from django.utils.translation import gettext as _

from courses_catalog.models import Nomination
from courses_catalog.nominations.states import (
    CAN_WITHDRAW,
    DECISIONS,
    NEEDS_REASON,
    NominationStatus,
)
from courses_catalog.objections import Objection
from courses_catalog.permissions import ROLES
from home.network import full_name
from home.permissions import can_act_under


def against_nominating(user) -> list[Objection]:
    """One open nomination for each person, and none beside being listed."""
    own = Nomination.objects.filter(user=user)
    if own.open().exists():
        return [Objection("is_open", _("您已经交了一份申请，办完以后才能再交。"))]
    if own.filter(status=NominationStatus.LISTED, teacher__live=True).exists():
        return [Objection("is_listed", _("您已经在教师名单里了，不用再申请。"))]
    return []


def against_correcting(nomination: Nomination) -> list[Objection]:
    if nomination.status == NominationStatus.RETURNED:
        return []
    return [Objection("not_returned", _("这份申请现在不能改。"))]


def against_withdrawing(nomination: Nomination) -> list[Objection]:
    if nomination.status in CAN_WITHDRAW:
        return []
    return [Objection("is_closed", _("这份申请已经办完了，不用撤回。"))]


def against_deciding(nomination: Nomination, user) -> list[Objection]:
    """Whoever edits for the node whose turn it is, or for one above, decides; of
    herself nobody does."""
    if nomination.status == NominationStatus.RETURNED:
        return [Objection("is_returned", _("正在等本人修改，改好交来再审核。"))]
    if nomination.status != NominationStatus.REVIEW:
        return [Objection("is_closed", _("这份申请已经办完了。"))]
    found = []
    if not can_act_under(user, nomination.turn.path, ROLES):
        sentence = _("现在轮到%(place)s审核。") % {"place": full_name(nomination.turn)}
        found.append(Objection("not_her_turn", sentence))
    if nomination.user_id == user.pk:
        found.append(Objection("her_own", _("自己的申请要由别人审核。")))
    return found


def against_decision(
    nomination: Nomination, user, *, act: str, reason: str, seen: int
) -> list[Objection]:
    """`seen` is the last event the reviewer had before her when she decided."""
    if act not in DECISIONS:
        return [Objection("unknown", _("请选“同意”“请本人修改”或者“不同意”。"))]
    found = against_deciding(nomination, user)
    if not found and nomination.events.latest("pk").pk != seen:
        sentence = _("您看的时候，别人已经处理过了。请先看一看现在的情况。")
        found.append(Objection("is_stale", sentence))
    if act in NEEDS_REASON and not reason.strip():
        sentence = _("请写一写原因，本人会看到。")
        found.append(Objection("no_reason", sentence))
    return found
