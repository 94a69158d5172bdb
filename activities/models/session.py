"""The dated meeting: the only thing calendars, lists and feeds read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.querysets import SessionQuerySet
from activities.states import SessionStatus
from activities.vocabulary import Delivery


class Session(models.Model):
    """One meeting of an activity, derived from its published schedule.

    Keyed by (activity, original date): a moved session keeps its row, its UID and
    its registrations. Past rows and rows people registered for are never deleted.
    """

    # goes with its page, unless somebody registered (`Registration.run` protects)
    activity = models.ForeignKey(
        "activities.ActivityPage", on_delete=models.CASCADE, related_name="sessions"
    )
    run = models.ForeignKey(
        "activities.Run",
        on_delete=models.RESTRICT,
        null=True,
        related_name="sessions",
    )
    original_date = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=120, blank=True)
    status = models.CharField(
        max_length=10, choices=SessionStatus, default=SessionStatus.SCHEDULED
    )
    is_moved = models.BooleanField(default=False)
    # the activity is live: unpublishing hides rows without losing them
    is_public = models.BooleanField(default=True)
    sequence = models.PositiveIntegerField(default=0)
    # denormalised for the calendar's indexed queries
    node_path = models.CharField(max_length=255)
    theme = models.CharField(max_length=10)
    audience_mask = models.PositiveSmallIntegerField(default=0)
    # the stored VEVENT; empty means "render before use"
    ics = models.TextField(blank=True)
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()

    objects = SessionQuerySet.as_manager()
    # Wagtail would note every reference of every row at every save
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("课次")
        verbose_name_plural = _("课次")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "original_date"],
                name="one_session_per_activity_and_date",
            )
        ]
        indexes = [
            models.Index(
                fields=["node_path", "starts_at"], name="session_node_path_start"
            ),
            models.Index(fields=["starts_at"], name="session_start"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}/{self.original_date}"

    def is_held_elsewhere(self, activity) -> bool:
        """Than `activity` is: its node, address, directions and point may all be
        those of another building. In SQL: `SessionQuerySet.changed`."""
        is_somewhere = activity.delivery != Delivery.ONLINE
        return is_somewhere and self.venue.strip() not in ("", activity.venue.strip())

    @property
    def other_venue(self) -> str:
        """The room of this one where it is not that of the others, else empty."""
        return self.venue if self.is_held_elsewhere(self.activity) else ""

    @property
    def uid(self) -> str:
        """The calendar UID (RFC 5545 §3.8.4.7): the same in every feed, for ever."""
        return f"session-{self.pk}@{settings.UID_DOMAIN}"
