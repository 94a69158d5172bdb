"""What the borrowing of a teacher can be, and what can be done to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoanStatus(models.TextChoices):
    ASKED = "asked", _("等对方答复")
    ACCEPTED = "accepted", _("已经同意")
    DECLINED = "declined", _("没有同意")
    CANCELLED = "cancelled", _("不借了")
    ENDED = "ended", _("已经结束")


# One for each teacher and borrower at a time.
ACTIVE = (LoanStatus.ASKED, LoanStatus.ACCEPTED)


class LoanAct(models.TextChoices):
    """What an event says."""

    ASKED = "asked", _("申请借用")
    ACCEPTED = "accepted", _("同意")
    DECLINED = "declined", _("不同意")
    CANCELLED = "cancelled", _("不借了")
    ENDED = "ended", _("结束借用")


# From which state each act leads to which.
LEADS = {
    LoanAct.ACCEPTED: (LoanStatus.ASKED, LoanStatus.ACCEPTED),
    LoanAct.DECLINED: (LoanStatus.ASKED, LoanStatus.DECLINED),
    LoanAct.CANCELLED: (LoanStatus.ASKED, LoanStatus.CANCELLED),
    LoanAct.ENDED: (LoanStatus.ACCEPTED, LoanStatus.ENDED),
}
NEEDS_REASON = (LoanAct.DECLINED,)
