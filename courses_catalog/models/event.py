"""What happened to something, when, by whom and why: kept, and only ever added to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 300


class Event(models.Model):
    """Abstract. `save` of a stored row and `delete` raise TypeError; rows go with
    what they tell of. `actor` is empty where nobody acted, or the account is gone."""

    at = models.DateTimeField(_("时间"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("账号"),
    )
    reason = models.CharField(_("原因"), max_length=LONGEST_REASON, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.get_act_display()}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("An event is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("An event is never removed.")
