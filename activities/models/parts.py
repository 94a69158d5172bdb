"""Groups of an activity's fields that take effect on publish."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from activities.blocks import ScheduleChangeBlock
from activities.vocabulary import RegistrationMode, Repeat, Weekday
from home.fields import MultipleChoiceField


class Schedule(models.Model):
    """When it takes place; becomes `Session` rows on publish. Shanghai wall time."""

    starts_at = models.DateTimeField(
        _("第一次什么时候开始"),
        null=True,
        help_text=_("例如：2026-12-08 09:00"),
    )
    duration_minutes = models.PositiveSmallIntegerField(
        _("一次多长（分钟）"),
        default=90,
        validators=[MinValueValidator(5), MaxValueValidator(24 * 60)],
    )
    repeat = models.CharField(
        _("重复"), max_length=10, choices=Repeat, default=Repeat.NONE
    )
    weekdays = MultipleChoiceField(
        _("每周哪几天"),
        options=Weekday.choices,
        help_text=_("不选就是第一次那天的星期几。"),
    )
    interval = models.PositiveSmallIntegerField(
        _("隔几周（天、月）一次"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    repeat_until = models.DateField(
        _("到哪一天为止"),
        null=True,
        blank=True,
        help_text=_("这一天也算。和「一共几次」填一样就可以。"),
    )
    repeat_count = models.PositiveSmallIntegerField(
        _("一共几次"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(400)],
        help_text=_("跳过的日子不算，取消的算，另加的不算。"),
    )
    skip_public_holidays = models.BooleanField(
        _("法定节假日不上课"),
        default=True,
        help_text=_("只管重复的日子；第一次，还有下面单独写出的日子，照写的算。"),
    )
    schedule_changes = StreamField(
        [("change", ScheduleChangeBlock())],
        verbose_name=_("哪几天不一样"),
        blank=True,
        help_text=_("某一天取消、改期、换地方，或者另加一次，写在这里。"),
    )
    cancelled_reason = models.CharField(
        _("整个活动取消的原因"),
        max_length=200,
        blank=True,
        help_text=_("填了并发布，以后的每一次都显示为已取消。"),
    )

    class Meta:
        abstract = True


class RegistrationPolicy(models.Model):
    """Who may join, when and how many; copied to `Run` rows on publish."""

    registration_mode = models.CharField(
        _("怎么报名"),
        max_length=20,
        choices=RegistrationMode,
        default=RegistrationMode.NONE,
    )
    capacity = models.PositiveIntegerField(
        _("名额"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("不填就是不限人数。"),
    )
    waiting_capacity = models.PositiveIntegerField(
        _("候补最多几人"),
        null=True,
        blank=True,
        help_text=_("不填就是不限，填 0 就是不设候补。"),
    )
    min_to_run = models.PositiveIntegerField(_("满几人开班"), null=True, blank=True)
    opens_at = models.DateTimeField(_("什么时候开始报名"), null=True, blank=True)
    closes_at = models.DateTimeField(_("什么时候截止报名"), null=True, blank=True)
    withdraw_until = models.DateTimeField(
        _("什么时候以前可以退"), null=True, blank=True
    )
    min_age = models.PositiveSmallIntegerField(_("最小年龄"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("最大年龄"), null=True, blank=True)
    consent_from_age = models.PositiveSmallIntegerField(
        _("几岁起要家人确认"), null=True, blank=True
    )
    desk_only_from_age = models.PositiveSmallIntegerField(
        _("几岁起只能当面报"), null=True, blank=True
    )
    residence = models.ForeignKey(
        "home.NetworkNodePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("只给住在哪里的人"),
    )
    max_active = models.PositiveSmallIntegerField(
        _("一个人最多同时报几个班"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("在本县（市、区）以内数。不填就是不限。"),
    )

    class Meta:
        abstract = True


class Completion(models.Model):
    """What the learner takes home."""

    hours = models.DecimalField(
        _("学时"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    certificate_min_attendance = models.PositiveSmallIntegerField(
        _("到课多少（%）发结业证书"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )

    class Meta:
        abstract = True
