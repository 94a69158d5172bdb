"""What a nomination can be, and what can be done to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NominationStatus(models.TextChoices):
    REVIEW = "review", _("正在审核")
    RETURNED = "returned", _("请本人修改")
    LISTED = "listed", _("列入教师名单")
    REFUSED = "refused", _("没有通过")
    WITHDRAWN = "withdrawn", _("本人撤回")


# One for each person at a time.
OPEN = (NominationStatus.REVIEW, NominationStatus.RETURNED)
CLOSED = (
    NominationStatus.LISTED,
    NominationStatus.REFUSED,
    NominationStatus.WITHDRAWN,
)
# Nothing of the person is shown anywhere: her words are erased with her proofs.
NOT_LISTED = (NominationStatus.REFUSED, NominationStatus.WITHDRAWN)
CAN_WITHDRAW = (*OPEN, NominationStatus.LISTED)


class NominationAct(models.TextChoices):
    """What an event says."""

    SUBMITTED = "submitted", _("交了申请")
    RESUBMITTED = "resubmitted", _("改好再交")
    PASSED = "passed", _("没有审核的人，由上一级审核")
    AGREED = "agreed", _("同意")
    RETURNED = "returned", _("请本人修改")
    REFUSED = "refused", _("不同意")
    LISTED = "listed", _("列入教师名单")
    WITHDRAWN = "withdrawn", _("本人撤回")


# What a reviewer chooses from, and those of it she has to give a reason for.
DECISIONS = (NominationAct.AGREED, NominationAct.RETURNED, NominationAct.REFUSED)
NEEDS_REASON = (NominationAct.RETURNED, NominationAct.REFUSED)
# What the person is told by a message.
TOLD = (NominationAct.RETURNED, NominationAct.REFUSED, NominationAct.LISTED)
