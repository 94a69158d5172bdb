"""The network: one page type for all four levels."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.levels import Level


class NodeStatus(models.TextChoices):
    ACTIVE = "active", _("正常开放")
    DORMANT = "dormant", _("暂停开放")


class NetworkNodePage(Page):
    """A place of the network: city centre, county college, township school or
    teaching point.

    `level` follows from the parent's level. The 12-digit division code (统计用区划
    代码) is optional and never decides the parent: functional zones have none.
    """

    level = models.CharField(_("层级"), max_length=20, choices=Level, editable=False)
    division_code = models.CharField(
        _("统计用区划代码"),
        max_length=12,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^\d{12}$", _("区划代码是 12 位数字。"))],
    )
    short_name = models.CharField(_("简称"), max_length=60)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    opening_hours = models.CharField(_("开放时间"), max_length=200, blank=True)
    latitude = models.DecimalField(
        _("纬度（WGS-84）"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("经度（WGS-84）"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    facilities = models.CharField(_("场地和设备"), max_length=200, blank=True)
    has_step_free_access = models.BooleanField(_("轮椅可进"), default=False)
    has_accessible_toilet = models.BooleanField(_("有无障碍卫生间"), default=False)
    is_certification_point = models.BooleanField(_("认证服务网点"), default=False)
    status = models.CharField(
        _("状态"), max_length=10, choices=NodeStatus, default=NodeStatus.ACTIVE
    )

    parent_page_types = ["home.HomePage", "home.NetworkNodePage"]
    subpage_types = ["home.NetworkNodePage", "activities.ActivityPage"]
    # the same code twice would be two places: copies and translations carry none
    exclude_fields_in_copy = ["division_code"]
    template = "home/network_node_page.html"

    class Meta:
        verbose_name = _("教学网点")
        verbose_name_plural = _("教学网点")
