"""That somebody was told something: kept so that nobody is told it twice."""

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


class Notice(models.Model):
    """Written before the message goes out: after a crash a message may be missing
    (`sent_at` is empty), but never comes twice.

    `ref` tells apart what can happen several times: "<session>:<sequence>".
    """

    registration = models.ForeignKey(
        "activities.Registration", on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=10, choices=NoticeKind)
    ref = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "kind", "ref"], name="told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.kind} {self.ref}"
