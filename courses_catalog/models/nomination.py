"""能者为师: who nominates herself, what she hands in, and what becomes of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses_catalog.models.event import Event
from courses_catalog.nominations.states import (
    CLOSED,
    OPEN,
    NominationAct,
    NominationStatus,
)
from home.vocabulary import Theme
from learners.encryption import EncryptedTextField


class NominationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status__in=OPEN)

    def in_review(self):
        return self.filter(status=NominationStatus.REVIEW)

    def closed(self):
        return self.filter(status__in=CLOSED)

    def under(self, nodes):
        """Of somebody who belongs to one of `nodes` or to a place below."""
        below = Q(pk__in=[])
        for node in nodes:
            below |= Q(node__path__startswith=node.path)
        return self.filter(below)

    def with_places(self):
        return self.select_related("node", "turn")


class Nomination(models.Model):
    """Only `nominations.nomination` changes `status` and `turn`; each change appends
    a `NominationEvent`.

    `turn` is the node that decides next, or that sent it back; empty once closed.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="nominations"
    )
    # where she belongs; the review begins there
    node = models.ForeignKey(
        "home.NetworkNodePage",
        on_delete=models.PROTECT,
        related_name="nominations",
        verbose_name=_("所属网点"),
    )
    turn = models.ForeignKey(
        "home.NetworkNodePage",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("轮到谁审核"),
    )
    status = models.CharField(
        _("状态"),
        max_length=10,
        choices=NominationStatus,
        default=NominationStatus.REVIEW,
    )
    shown_name = models.CharField(_("公开的名字"), max_length=30)
    theme = models.CharField(_("主题"), max_length=10, choices=Theme)
    # words, each what she can teach
    subjects = models.JSONField(_("教什么"), default=list)
    summary = models.CharField(_("一句话介绍"), max_length=100)
    introduction = models.TextField(_("详细介绍"), blank=True)
    availability = models.CharField(_("什么时候有空"), max_length=200)
    can_be_borrowed = models.BooleanField(_("可以请到别的网点上课"), default=False)
    phone = EncryptedTextField(_("联系电话"), blank=True, default="")
    # which words she agreed to, and when she last did
    consent_version = models.CharField(max_length=20)
    consented_at = models.DateTimeField()
    teacher = models.OneToOneField(
        "courses_catalog.Teacher",
        on_delete=models.SET_NULL,
        null=True,
        related_name="nomination",
    )
    created_at = models.DateTimeField(_("什么时候交的"), auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    # her proofs, her telephone and, unless she is listed, her words are gone since
    erased_at = models.DateTimeField(null=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("能者为师申请")
        verbose_name_plural = _("能者为师申请")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(status__in=OPEN),
                name="one_open_nomination",
            )
        ]
        indexes = [
            models.Index(
                fields=["closed_at"],
                condition=Q(erased_at__isnull=True),
                name="nomination_to_erase",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class NominationEvent(Event):
    """`node` is the place that acted, or whose turn was passed over."""

    nomination = models.ForeignKey(
        Nomination, on_delete=models.CASCADE, related_name="events"
    )
    act = models.CharField(_("做了什么"), max_length=12, choices=NominationAct)
    node = models.ForeignKey(
        "home.NetworkNodePage", on_delete=models.SET_NULL, null=True, related_name="+"
    )


class Proof(models.Model):
    """A file that proves what somebody can do: encrypted, apart from public files.

    Without a nomination it waits for the form that is being filled in.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="proofs"
    )
    nomination = models.ForeignKey(
        Nomination, on_delete=models.CASCADE, null=True, related_name="proofs"
    )
    name = EncryptedTextField()
    media_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    # where `nominations.proofs` keeps it
    stored_as = models.CharField(max_length=60, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)


class NominationNotice(models.Model):
    """One message to the person about one event, tried until a provider takes it.

    `next_try_at` is empty once there is nothing more to do: sent, or given up.
    """

    event = models.OneToOneField(
        NominationEvent, on_delete=models.CASCADE, related_name="notice"
    )
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return str(self.event_id)
