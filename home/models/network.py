"""The network: one page type for all four levels."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
)
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home import naming
from home.addresses import InReadersLanguage, PublicWithItsOriginal
from home.editing import ADDRESS, TITLE, NodePageForm
from home.levels import Level
from home.network import node_context, original_of, refuse_while_active
from home.public_pages import PLACES_SECONDS, AlwaysPublic
from home.visibility import why_not_moved_to


class NodeStatus(models.TextChoices):
    ACTIVE = "active", _("正常开放")
    DORMANT = "dormant", _("暂停开放")


class NodeQuerySet(PageQuerySet):
    def originals(self):
        """Each place once: pages of the default language, no aliases of them."""
        return self.filter(
            locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True
        )

    def at_level(self, level: Level):
        return self.filter(level=level)


def level_below(parent: Page) -> Level | None:
    """The level of a node that hangs under `parent`; None where none may hang."""
    specific = parent.specific
    if isinstance(specific, NetworkNodePage):
        return Level(specific.level).below
    return Level.CITY_CENTRE if specific.depth == 2 else None


class NetworkNodePage(AlwaysPublic, PublicWithItsOriginal, InReadersLanguage, Page):
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
        help_text=_("12 位数字。没有就不填，例如开发区。"),
        validators=[RegexValidator(r"^[0-9]{12}$", _("区划代码是 12 位数字。"))],
    )
    # the division's name as last imported: tells a renaming by the state from one
    # by an editor
    official_name = models.CharField(
        _("区划名称"), max_length=60, blank=True, editable=False
    )
    short_name = models.CharField(
        _("简称"),
        max_length=60,
        help_text=_("用在面包屑和列表里，例如：濂溪区、十里街道、濂溪社区。"),
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    opening_hours = models.CharField(
        _("开放时间"),
        max_length=200,
        blank=True,
        help_text=_("例如：周一到周六 8:30–17:30"),
    )
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

    objects = PageManager.from_queryset(NodeQuerySet)()

    content_panels = [
        FieldPanel("title", classname="title", widget=TITLE),
        FieldPanel("short_name"),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("phone"),
                FieldPanel("opening_hours"),
                FieldPanel("status"),
            ],
            heading=_("在哪里，怎么联系"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("facilities"),
                FieldPanel("has_step_free_access"),
                FieldPanel("has_accessible_toilet"),
                FieldPanel("is_certification_point"),
            ],
            heading=_("场地"),
        ),
        FieldRowPanel(
            [FieldPanel("latitude"), FieldPanel("longitude")],
            heading=_("地图上的位置"),
        ),
        FieldPanel("division_code"),
        ADDRESS,
    ]
    promote_panels = []
    base_form_class = NodePageForm
    # no publishing by the clock: nobody would be there to be refused (`unpublish`)
    settings_panels = [CommentPanel()]
    search_fields = [
        *Page.search_fields,
        index.SearchField("short_name"),
        index.AutocompleteField("short_name"),
        index.FilterField("level"),
    ]
    parent_page_types = ["home.HomePage", "home.NetworkNodePage"]
    subpage_types = ["home.NetworkNodePage", "activities.ActivityPage"]
    # the same code twice would be two places: copies and translations carry none
    exclude_fields_in_copy = ["division_code", "official_name"]
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("slug"),
        TranslatableField("short_name"),
        TranslatableField("address"),
        TranslatableField("opening_hours"),
        TranslatableField("facilities"),
        SynchronizedField("phone"),
        SynchronizedField("status"),
    ]
    template = "home/network_node_page.html"

    class Meta:
        verbose_name = _("教学网点")
        verbose_name_plural = _("教学网点")

    @classmethod
    def can_create_at(cls, parent) -> bool:
        return super().can_create_at(parent) and level_below(parent) is not None

    def can_move_to(self, parent) -> bool:
        """Only below a parent of the same level as before: all levels stay true.

        With public activities only below places that are public.
        """
        fits = super().can_move_to(parent) and level_below(parent) == self.level
        return fits and not why_not_moved_to(self, parent)

    def full_clean(self, *args, **kwargs):
        if self.path and self.depth and self.depth > 1:
            self._take_level_from_parent()
        if not self.slug:
            spelt = naming.slug(self.short_name or self.title)
            self.slug = self._get_autogenerated_slug(spelt)
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs):
        if self.alias_of_id:
            # an alias is written field by field from its source; the code stays there
            self.division_code = None
        super().save(*args, **kwargs)

    def unpublish(self, *args, **kwargs):
        """Raises `ProtectedError` with a sentence while activities below are live."""
        refuse_while_active([self])
        return super().unpublish(*args, **kwargs)

    @property
    def as_level(self) -> Level:
        """`level` with its words: a value read back from the database has none."""
        return Level(self.level)

    @cached_property
    def original(self) -> "NetworkNodePage":
        """The page activities hang on: this one, or what it translates.

        One query, kept.
        """
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return self
        return original_of(self) or self

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, **node_context(self)}

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        response.public_seconds = PLACES_SECONDS
        return response

    def _take_level_from_parent(self) -> None:
        level = level_below(self.get_parent())
        if level is None:
            raise ValidationError(_("这里不能再设下级网点：教学点是最后一级。"))
        if self.pk and self.level and self.level != level:
            raise ValidationError(_("网点只能放在比它高一级的网点下面。"))
        self.level = level
