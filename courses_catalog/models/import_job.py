"""One file that is being brought into the catalogue, and how far that has come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses_catalog.files import kept_files


class ImportState(models.TextChoices):
    CHECKING = "checking", _("正在检查")
    CHECKED = "checked", _("等您确认")
    UNREADABLE = "unreadable", _("文件不能用")
    IMPORTING = "importing", _("正在导入")
    DONE = "done", _("导入完成")
    FAILED = "failed", _("出了错，停下了")


WORKING = (ImportState.CHECKING, ImportState.IMPORTING)


class ImportKind(models.TextChoices):
    COURSE = "course", _("课程")
    RESOURCE = "resource", _("资源")


class ImportJob(models.Model):
    """`position` counts the rows that are written; it grows in their transaction."""

    kind = models.CharField(_("导入什么"), max_length=10, choices=ImportKind)
    file = models.FileField(storage=kept_files, upload_to="imports/%Y/%m/")
    file_name = models.CharField(_("文件"), max_length=255)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    # for rows that name no node
    owner_node = models.ForeignKey(
        "home.NetworkNodePage",
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
    )
    state = models.CharField(
        _("状态"), max_length=12, choices=ImportState, default=ImportState.CHECKING
    )
    position = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # of the dry run: new, changed, unchanged, wrong, and "fields": times by field
    counts = models.JSONField(default=dict)
    # [row, header of the column, sentence]
    errors = models.JSONField(default=list)
    # why the whole file cannot be used
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # times in a row that a worker fell over it
    failures = models.PositiveSmallIntegerField(default=0)
    # when a worker last got a batch further
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("导入")
        verbose_name_plural = _("导入")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        return self.state in WORKING
