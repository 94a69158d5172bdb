"""A learner's claim on a place, and everything that ever happened to it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.states import ACTIVE, Channel, RegistrationStatus


class Registration(models.Model):
    """Written as a PENDING claim; its primary key is its number in the queue.

    Only `registration` and `allocation` change `status`, and each change appends a
    `RegistrationEvent`.
    """

    run = models.ForeignKey(
        "activities.Run",
        on_delete=models.PROTECT,
        related_name="registrations",
        db_index=False,  # `registration_queue` begins with it
    )
    learner = models.ForeignKey(
        "learners.Learner",
        on_delete=models.PROTECT,
        related_name="registrations",
        db_index=False,  # `registration_learner` begins with it
    )
    status = models.CharField(
        _("状态"),
        max_length=10,
        choices=RegistrationStatus,
        default=RegistrationStatus.PENDING,
    )
    channel = models.CharField(
        _("怎么报的"), max_length=10, choices=Channel, default=Channel.ONLINE
    )
    acted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("代办人"),
    )
    # the relative who confirmed, where the run asks for it from some age on
    consented_by = models.CharField(_("确认的家人"), max_length=60, blank=True)
    # why staff registered somebody outside the window; said at the claim's event.
    # The database fills it in for processes of the version before.
    override_reason = models.CharField(
        max_length=200, blank=True, default="", db_default=""
    )
    # why it was refused: codes of `rules.Blocker`
    refusals = models.JSONField(default=list, blank=True)
    idempotency_key = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("报名")
        verbose_name_plural = _("报名")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "learner"],
                condition=models.Q(status__in=ACTIVE),
                name="one_active_registration_per_learner_and_run",
                violation_error_message=_("已经报过这个班了。"),
            )
        ]
        indexes = [
            models.Index(fields=["run", "status", "id"], name="registration_queue"),
            models.Index(fields=["learner", "status"], name="registration_learner"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class RegistrationEvent(models.Model):
    """One change of a registration: who, when, what, why. Only ever added."""

    registration = models.ForeignKey(
        Registration,
        on_delete=models.CASCADE,
        related_name="events",
        verbose_name=_("报名"),
    )
    status = models.CharField(_("状态"), max_length=10, choices=RegistrationStatus)
    channel = models.CharField(_("怎么报的"), max_length=10, choices=Channel)
    acted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("报名的变化")
        verbose_name_plural = _("报名的变化")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.get_status_display()}"
