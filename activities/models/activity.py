"""The activity: what, when, where, who and how many, written by an editor."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Page

from activities.blocks import BodyBlock, ScheduleChangeBlock, TeacherBlock
from activities.vocabulary import (
    ActivityKind,
    Delivery,
    Fee,
    RegistrationMode,
    Repeat,
    Weekday,
)
from home.fields import MultipleChoiceField
from home.vocabulary import Audience, Theme


class ActivityTag(TaggedItemBase):
    content_object = ParentalKey(
        "activities.ActivityPage",
        on_delete=models.CASCADE,
        related_name="tagged_items",
    )


class Schedule(models.Model):
    """When it takes place; becomes `Session` rows on publish. Shanghai wall time."""

    starts_at = models.DateTimeField(_("第一次什么时候开始"), null=True)
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
    repeat_until = models.DateField(_("到哪一天为止"), null=True, blank=True)
    repeat_count = models.PositiveSmallIntegerField(
        _("一共几次"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(400)],
    )
    skip_public_holidays = models.BooleanField(_("法定节假日不上课"), default=True)
    schedule_changes = StreamField(
        [("change", ScheduleChangeBlock())],
        verbose_name=_("哪几天不一样"),
        blank=True,
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


class ActivityPage(Schedule, RegistrationPolicy, Completion, Page):
    """A talk, course run, training or study trip of one node.

    Schedule, registration policy and completion take effect on publish. A
    translation shows sessions and registration of its `original`.
    """

    kind = models.CharField(
        _("类型"), max_length=12, choices=ActivityKind, default=ActivityKind.TALK
    )
    theme = models.CharField(_("主题"), max_length=10, choices=Theme)
    audiences = MultipleChoiceField(_("给谁"), options=Audience.choices)
    tags = ClusterTaggableManager(
        through=ActivityTag, blank=True, verbose_name=_("标签")
    )
    summary = models.CharField(_("一句话说明"), max_length=200, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("详细介绍"), blank=True)
    image = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("图片"),
    )
    teachers = StreamField(
        [("teacher", TeacherBlock())], verbose_name=_("老师"), blank=True
    )
    course = models.ForeignKey(
        "courses_catalog.Course",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=_("目录里的课程"),
    )
    venue = models.CharField(
        _("地点"), max_length=120, blank=True, help_text=_("例如：二楼 203 教室")
    )
    address = models.CharField(
        _("地址"), max_length=200, blank=True, help_text=_("不填就用网点的地址。")
    )
    directions = models.TextField(_("怎么去"), blank=True, max_length=600)
    delivery = models.CharField(
        _("现场还是线上"), max_length=10, choices=Delivery, default=Delivery.ON_SITE
    )
    join_link = models.URLField(
        _("线上地址"), blank=True, help_text=_("只给报上名的人看。")
    )
    fee_kind = models.CharField(_("收费"), max_length=20, choices=Fee, default=Fee.FREE)
    fee_amount = models.DecimalField(
        _("金额（元）"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    fee_note = models.CharField(_("收费说明"), max_length=120, blank=True)

    parent_page_types = ["home.NetworkNodePage"]
    subpage_types = []
    template = "activities/activity_page.html"

    class Meta:
        verbose_name = _("活动")
        verbose_name_plural = _("活动")
