"""The sharing alliance: who harvests from us, and what is announced to whom."""

import hashlib
import secrets

from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    URLValidator,
)
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learners.encryption import EncryptedTextField


class AllianceMemberQuerySet(models.QuerySet):
    def known_by(self, token: str):
        """The active member that holds `token`; no row where nobody does."""
        return self.filter(is_active=True, token_digest=digest_of(token))

    def harvested(self):
        """Those we harvest from."""
        return self.filter(is_active=True).exclude(harvest_url="")


class HarvestFormat(models.TextChoices):
    OAI_DC = "oai_dc", "Dublin Core (oai_dc)"
    LOM = "lom", "LOM (lom)"


class AllianceMember(models.Model):
    """Another platform. With its token it harvests what is shared in the alliance; with
    an address of its own it is harvested by us.

    Only the digest of its token is kept: the token itself is shown once.
    """

    name = models.CharField(_("名称"), max_length=120, unique=True)
    is_active = models.BooleanField(
        _("启用"),
        default=True,
        help_text=_("停用以后，这个成员只能采集公开的内容，本站也不采集它。"),
    )
    token_digest = models.CharField(max_length=64, blank=True, editable=False)
    harvest_url = models.CharField(
        _("采集地址"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("对方的 OAI-PMH 2.0 地址，例如 https://…/oai。空着就不采集。"),
    )
    harvest_set = models.CharField(
        _("只采集这个集合"),
        max_length=200,
        blank=True,
        help_text=_("对方的 setSpec；空着就是全部。"),
    )
    harvest_prefix = models.CharField(
        _("元数据格式"),
        max_length=10,
        choices=HarvestFormat,
        default=HarvestFormat.OAI_DC,
    )
    harvest_hours = models.PositiveSmallIntegerField(
        _("每隔几小时采集一次"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 31)],
    )
    harvest_token = EncryptedTextField(
        _("对方给的口令"),
        blank=True,
        help_text=_("对方要口令才填；加密保存。"),
    )
    harvest_node = models.ForeignKey(
        "home.NetworkNodePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("由哪个网点挑选"),
        help_text=_("这个网点和它上级的编辑决定收哪些；空着就只有管理员能挑选。"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AllianceMemberQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "联盟成员")
        verbose_name_plural = _("联盟成员")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def new_token(self) -> str:
        """Replaces the token of before, which is good for nothing from now on."""
        token = secrets.token_urlsafe(32)
        self.token_digest = digest_of(token)
        return token


def digest_of(token: str) -> str:
    """Without salt: the token is 256 random bits, no word that can be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


class AnnouncedKind(models.TextChoices):
    COURSE = "course"
    RESOURCE = "resource"
    SERIES = "series"


class AnnouncedState(models.TextChoices):
    PUBLIC = "public"
    ALLIANCE = "alliance"
    GONE = "gone"


class AnnouncedQuerySet(models.QuerySet):
    def for_member(self):
        return self

    def for_everybody(self):
        """What was never public is not even announced as gone."""
        return self.filter(was_public=True)


class AnnouncedRecord(models.Model):
    """What harvesters are told of one record, and when that last changed.

    A row stays when its record goes: harvesters learn of it for ever. `number` is
    the key of the original; translations are part of its metadata.
    """

    kind = models.CharField(max_length=10, choices=AnnouncedKind)
    number = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=AnnouncedState)
    was_public = models.BooleanField()
    # whole seconds: harvesters ask in no finer ones
    stamp = models.DateTimeField(db_index=True)
    node = models.ForeignKey(
        "home.NetworkNodePage",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    theme = models.CharField(max_length=10, db_index=True)
    # keys of the series it belongs to, each between spaces: " 3 17 "
    series = models.TextField(blank=True)

    objects = AnnouncedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="announced_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.number}"

    @property
    def series_numbers(self) -> list[int]:
        return [int(number) for number in self.series.split()]

    def is_gone(self, *, for_member: bool) -> bool:
        shown = (AnnouncedState.PUBLIC,)
        if for_member:
            shown += (AnnouncedState.ALLIANCE,)
        return self.state not in shown
