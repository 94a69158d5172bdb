"""The states of a session and of a registration, and the named sets of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionStatus(models.TextChoices):
    SCHEDULED = "scheduled", _("照常")
    CANCELLED = "cancelled", _("已取消")


class RegistrationStatus(models.TextChoices):
    PENDING = "pending", _("正在处理")
    PLACED = "placed", _("已报上")
    WAITING = "waiting", _("候补")
    REFUSED = "refused", _("没有报上")
    WITHDRAWN = "withdrawn", _("已退出")


class Channel(models.TextChoices):
    ONLINE = "online", _("网上")
    PHONE = "phone", _("电话")
    DESK = "desk", _("当面")


BY_HAND = (Channel.DESK, Channel.PHONE)
# still in the running: at most one of these per learner and run
ACTIVE = (
    RegistrationStatus.PENDING,
    RegistrationStatus.PLACED,
    RegistrationStatus.WAITING,
)
HOLDS_PLACE = (RegistrationStatus.PLACED,)
