"""What one registers for: a whole run of an activity, or one session of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """A course run (班级/期次) with its places, under the policy last published.

    One per activity when the whole run is registered for, one per session when
    single sessions are. `taken` and `waiting` are written by `allocation` alone.
    """

    # goes with its page, unless somebody registered (`Registration.run` protects)
    activity = models.ForeignKey(
        "activities.ActivityPage", on_delete=models.CASCADE, related_name="runs"
    )
    # the first day ages are counted on; kept by publishing
    first_starts_at = models.DateTimeField(null=True)
    last_ends_at = models.DateTimeField(null=True)
    node_path = models.CharField(max_length=255)
    is_open = models.BooleanField(default=True)
    is_cancelled = models.BooleanField(default=False)

    capacity = models.PositiveIntegerField(null=True, blank=True)
    waiting_capacity = models.PositiveIntegerField(null=True, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    withdraw_until = models.DateTimeField(null=True, blank=True)
    min_age = models.PositiveSmallIntegerField(null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(null=True, blank=True)
    consent_from_age = models.PositiveSmallIntegerField(null=True, blank=True)
    desk_only_from_age = models.PositiveSmallIntegerField(null=True, blank=True)
    residence = models.ForeignKey(
        "home.NetworkNodePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    max_active = models.PositiveSmallIntegerField(null=True, blank=True)

    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)

    # Wagtail would note every reference of every row at every save
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("班次")
        verbose_name_plural = _("班次")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")),
                name="never_more_taken_than_capacity",
                violation_error_message=_("报上的人比名额多，名额不能改这么少。"),
            )
        ]
        indexes = [models.Index(fields=["activity"], name="run_activity")]

    def __str__(self) -> str:
        return f"{self.activity_id}/{self.pk}"
