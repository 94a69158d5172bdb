"""That somebody was told something: kept so that nobody is told it twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    PLACED = "placed", _("报上了")
    WAITING = "waiting", _("进了候补")
    PROMOTED = "promoted", _("候补转正")
    REFUSED = "refused", _("没有报上")
    WITHDRAWN = "withdrawn", _("由工作人员退出")
    CANCELLED = "cancelled", _("这一次取消")
    MOVED = "moved", _("这一次改时间或地点")
    CALLED_OFF = "called_off", _("整个活动取消")
    SEVERAL = "several", _("有几次课改了")
    HIDDEN = "hidden", _("活动暂时不公开")
    SHOWN = "shown", _("活动又公开了")


# Where no message reaches somebody, a person of the desk has to: the others she was
# told at the desk, or asked for herself.
MUST_REACH = (
    NoticeKind.PROMOTED,
    NoticeKind.REFUSED,
    NoticeKind.CANCELLED,
    NoticeKind.MOVED,
    NoticeKind.CALLED_OFF,
    NoticeKind.SEVERAL,
    NoticeKind.HIDDEN,
    NoticeKind.SHOWN,
)


class NoticeWay(models.TextChoices):
    SMS = "sms", _("短信")
    EMAIL = "email", _("邮件")
    HAND = "hand", _("电话或上门")


class Notice(models.Model):
    """One message to somebody by one way; written before it goes out.

    `sent_at` is set once a provider has taken it. `next_try_at` is when it is tried
    (again), empty when there is nothing more to do: sent, given up or out of date.
    `ref` tells apart what can happen several times: "<session>:<sequence>".

    By HAND it waits for a member of staff, who tells it and sets `sent_at` and
    `told_by`: see `by_hand`.
    """

    registration = models.ForeignKey(
        "activities.Registration",
        on_delete=models.CASCADE,
        related_name="notices",
        verbose_name=_("报名"),
    )
    kind = models.CharField(_("说什么"), max_length=10, choices=NoticeKind)
    way = models.CharField(
        _("怎么通知"), max_length=5, choices=NoticeWay, default=NoticeWay.SMS
    )
    ref = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "kind", "ref", "way"], name="told_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(next_try_at__isnull=False),
                name="notice_due",
            )
        ]

    def __str__(self) -> str:
        return (
            f"{self.registration_id} {self.get_kind_display()} {self.get_way_display()}"
        )
