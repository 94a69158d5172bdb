"""Why a teacher cannot be asked for, or an answer not given; empty where it can."""

from django.utils import timezone
from django.utils.translation import gettext as _

from courses_catalog.loans.states import ACTIVE, LEADS, NEEDS_REASON, LoanAct
from courses_catalog.models import Teacher, TeacherLoan
from courses_catalog.objections import Objection
from courses_catalog.permissions import ROLES
from home.permissions import can_act_under


def can_answer(loan: TeacherLoan, user) -> bool:
    """Whoever edits for the node the teacher belongs to, or for one above."""
    return can_act_under(user, loan.teacher.owner_node.path, ROLES)


def can_speak_for_borrower(loan: TeacherLoan, user) -> bool:
    return can_act_under(user, loan.borrower.path, ROLES)


def can_see(loan: TeacherLoan, user) -> bool:
    return can_answer(loan, user) or can_speak_for_borrower(loan, user)


def against_asking(teacher: Teacher, borrower, user) -> list[Objection]:
    """`teacher` is an original that everybody may see."""
    if not can_act_under(user, borrower.path, ROLES):
        return [Objection("not_her_node", _("请选您自己负责的网点。"))]
    found = []
    if not Teacher.objects.public().filter(pk=teacher.pk).exists():
        found.append(Objection("not_public", _("这位老师现在不在公开的名单里。")))
    if not teacher.can_be_borrowed:
        found.append(Objection("stays", _("这位老师只在自己的网点上课。")))
    if _is_at_hand(teacher, borrower):
        sentence = _("这位老师就是本网点或者上级网点的，不用借，发布活动时直接选。")
        found.append(Objection("at_hand", sentence))
    active = TeacherLoan.objects.filter(teacher=teacher, borrower=borrower)
    if active.filter(status__in=ACTIVE).exists():
        sentence = _("已经申请过，或者正借着。结束以后才能再申请。")
        found.append(Objection("is_active", sentence))
    return found


def _is_at_hand(teacher: Teacher, borrower) -> bool:
    """Of the borrower's own subtree, or of a node above it."""
    owner = teacher.owner_node.path
    return owner.startswith(borrower.path) or borrower.path.startswith(owner)


def against_act(
    loan: TeacherLoan, act: LoanAct, user, reason: str = ""
) -> list[Objection]:
    """The owner answers, the borrower takes back, and both may end it."""
    if not _may(loan, act, user):
        return [Objection("not_hers", _("这一步要由另一方的网点来办。"))]
    before, _after = LEADS[act]
    if loan.status != before:
        sentence = _("现在是“%(status)s”，这一步办不了。请看一看现在的情况。")
        return [
            Objection("wrong_state", sentence % {"status": loan.get_status_display()})
        ]
    if act in NEEDS_REASON and not reason.strip():
        return [Objection("no_reason", _("请写一写原因，对方会看到。"))]
    if act == LoanAct.ACCEPTED and loan.is_over(timezone.localdate()):
        return [Objection("is_over", _("要借的日子已经过了，不能再同意。"))]
    return []


def _may(loan: TeacherLoan, act: LoanAct, user) -> bool:
    if act in (LoanAct.ACCEPTED, LoanAct.DECLINED):
        return can_answer(loan, user)
    if act == LoanAct.CANCELLED:
        return can_speak_for_borrower(loan, user)
    return can_see(loan, user)


def possible_acts(loan: TeacherLoan, user) -> list[LoanAct]:
    """What `user` can do with it now, a reason given where one is needed."""
    return [act for act in LEADS if not against_act(loan, act, user, reason="…")]
