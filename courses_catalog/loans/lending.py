"""The only code that changes what becomes of the borrowing of a teacher.

Each act locks the row, asks the rules again, writes and appends its event.
"""

import datetime as dt

from django.db import transaction

from courses_catalog.loans import rules
from courses_catalog.loans.states import LEADS, LoanAct
from courses_catalog.models import LoanEvent, Teacher, TeacherLoan
from courses_catalog.objections import refuse
from learners.models import User


@transaction.atomic
def ask(
    teacher: Teacher,
    *,
    borrower,
    by: User,
    purpose: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
) -> TeacherLoan:
    """Asks the node of `teacher`, an original, to lend her. Raises Refused."""
    # the teacher's row is the lock of her loans
    teacher = Teacher.objects.select_for_update().get(pk=teacher.pk)
    refuse(rules.against_asking(teacher, borrower, by))
    loan = TeacherLoan.objects.create(
        teacher=teacher,
        borrower=borrower,
        purpose=purpose,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    LoanEvent.objects.create(loan=loan, act=LoanAct.ASKED, actor=by)
    return loan


@transaction.atomic
def act_on(
    loan: TeacherLoan, act: LoanAct, *, by: User, reason: str = ""
) -> TeacherLoan:
    """Accepts, declines, takes back or ends it. Raises Refused."""
    loan = TeacherLoan.objects.select_for_update().get(pk=loan.pk)
    refuse(rules.against_act(loan, act, by, reason))
    _before, loan.status = LEADS[act]
    loan.save(update_fields=["status"])
    LoanEvent.objects.create(loan=loan, act=act, actor=by, reason=reason.strip())
    return loan
