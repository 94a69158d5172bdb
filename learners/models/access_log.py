"""Who looked at or corrected people's data: kept apart, only ever added to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessAct(models.TextChoices):
    READ = "read", _("查看")
    EXPORT = "export", _("导出")
    CHANGE = "change", _("更正")


class AccessEntry(models.Model):
    """One reading, export or correction of registrations (个人信息保护法 art. 51, 54).

    Rows cannot be changed or removed through the model: `save` of a stored row and
    `delete` raise TypeError.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("账号"),
    )
    act = models.CharField(_("做了什么"), max_length=10, choices=AccessAct)
    subject = models.CharField(_("看的是"), max_length=80)
    count = models.PositiveIntegerField(_("人数"))
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("学员资料查阅记录")
        verbose_name_plural = _("学员资料查阅记录")
        indexes = [models.Index(fields=["subject", "at"], name="access_subject_at")]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.get_act_display()} {self.subject}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("An access entry is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("An access entry is never removed.")
