"""What was harvested from members of the alliance, and how far that has come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.vocabulary import Theme


class HarvestState(models.TextChoices):
    RUNNING = "running", _("正在采集")
    DONE = "done", _("采集完成")
    FAILED = "failed", _("没有采集完")


class HarvestQuerySet(models.QuerySet):
    def running(self):
        return self.filter(state=HarvestState.RUNNING)

    def complete(self):
        return self.filter(state=HarvestState.DONE)


class Harvest(models.Model):
    """One run through the list of a member. All that it needs to go on stands here:
    it is written in the transaction of each page of the list."""

    member = models.ForeignKey(
        "courses_catalog.AllianceMember",
        on_delete=models.CASCADE,
        related_name="harvests",
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=HarvestState, default=HarvestState.RUNNING
    )
    # address, set and format: what was complete for others is not for these
    asked = models.TextField()
    # the `from` of the list, as it was sent; empty for everything
    since = models.CharField(max_length=20, blank=True)
    granularity = models.CharField(max_length=20, blank=True)
    token = models.TextField(blank=True)
    pages = models.PositiveIntegerField(default=0)
    # by the clock of the repository, when the list began
    response_date = models.DateTimeField(null=True)
    # a token seen before, to notice a list that goes round in a circle
    mark = models.CharField(max_length=64, blank=True)
    restarts = models.PositiveSmallIntegerField(default=0)
    # failures in a row since the last page
    tries = models.PositiveSmallIntegerField(default=0)
    wait_until = models.DateTimeField(null=True)
    # new, changed, deleted, unchanged, own, wrong
    counts = models.JSONField(default=dict)
    # [identifier, sentence] of records that were left out, the first ones
    problems = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = HarvestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(state="running"),
                name="one_harvest_at_a_time",
            )
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.member} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_running(self) -> bool:
        return self.state == HarvestState.RUNNING


class HarvestedState(models.TextChoices):
    WAITING = "waiting", _("等您看")
    ACCEPTED = "accepted", _("已接收")
    TURNED_DOWN = "turned_down", _("不接收")


class HarvestedQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=HarvestedState.WAITING, is_deleted=False)

    def of_record(self, record):
        return self.filter(**{record._meta.model_name: record.pk})


class HarvestedRecord(models.Model):
    """A record of a member as it came, and what was decided about it here."""

    member = models.ForeignKey(
        "courses_catalog.AllianceMember",
        # where a published record comes from is not forgotten
        on_delete=models.PROTECT,
        related_name="harvested",
        verbose_name=_("联盟成员"),
    )
    identifier = models.CharField(_("编号"), max_length=400)
    datestamp = models.DateTimeField(null=True)
    sets = models.JSONField(default=list)
    prefix = models.CharField(max_length=20)
    metadata = models.TextField()
    # identifiers it had on its way to the member, the nearest first
    origins = models.JSONField(default=list)
    title = models.CharField(_("名称"), max_length=120)
    theme = models.CharField(_("主题"), max_length=10, choices=Theme, blank=True)
    # what it would be here, by field
    values = models.JSONField(default=dict)
    is_deleted = models.BooleanField(default=False)
    state = models.CharField(
        _("状态"),
        max_length=12,
        choices=HarvestedState,
        default=HarvestedState.WAITING,
    )
    reason = models.CharField(_("为什么不接收"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True)
    course = models.OneToOneField(
        "courses_catalog.Course",
        on_delete=models.SET_NULL,
        null=True,
        related_name="harvested",
    )
    resource = models.OneToOneField(
        "courses_catalog.Resource",
        on_delete=models.SET_NULL,
        null=True,
        related_name="harvested",
    )
    # the values our record was last given by the source
    taken = models.JSONField(default=dict)
    # the source has said something else since
    is_changed = models.BooleanField(default=False)
    received_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField()

    objects = HarvestedQuerySet.as_manager()

    class Meta:
        verbose_name = _("采集来的记录")
        verbose_name_plural = _("采集来的记录")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "identifier"], name="harvested_once"
            )
        ]
        indexes = [models.Index(fields=["member", "state"], name="harvested_queue")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.title

    @property
    def record(self):
        """What it became here; None before, and after that was deleted."""
        return self.course or self.resource

    @property
    def link(self) -> str:
        return self.values.get("link", "")
