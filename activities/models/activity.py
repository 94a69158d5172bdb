"""The activity: what, when, where, who and how many, written by an editor."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail.search import index

from activities import panels
from activities.blocks import BodyBlock, TeacherBlock
from activities.contradictions import contradictions
from activities.copying import ActivityCopyForm
from activities.editing import ActivityPageForm
from activities.models.parts import Completion, RegistrationPolicy, Schedule
from activities.slugs import slug_of
from activities.translating import TRANSLATED_FIELDS
from activities.vocabulary import ActivityKind, Delivery, Fee
from home.addresses import InReadersLanguage, PublicWithItsOriginal
from home.fields import MultipleChoiceField
from home.public_pages import AlwaysPublic
from home.visibility import refuse_below_hidden, why_not_public_at
from home.vocabulary import Audience, Theme


class ActivityTag(TaggedItemBase):
    content_object = ParentalKey(
        "activities.ActivityPage",
        on_delete=models.CASCADE,
        related_name="tagged_items",
    )


class ActivityPage(
    AlwaysPublic,
    PublicWithItsOriginal,
    InReadersLanguage,
    Schedule,
    RegistrationPolicy,
    Completion,
    Page,
):
    """A talk, course run, training or study trip of one node.

    Schedule, registration policy and completion take effect on publish. A
    translation shows sessions and registration of its `original`.
    """

    kind = models.CharField(
        _("类型"), max_length=12, choices=ActivityKind, default=ActivityKind.TALK
    )
    theme = models.CharField(_("主题"), max_length=10, choices=Theme)
    audiences = MultipleChoiceField(
        _("给谁"), options=Audience.choices, help_text=_("不选就是谁都可以来。")
    )
    tags = ClusterTaggableManager(
        through=ActivityTag,
        blank=True,
        verbose_name=_("标签"),
        help_text=_("几个词，用逗号隔开，例如：书法，写字"),
    )
    summary = models.CharField(
        _("一句话说明"),
        max_length=200,
        blank=True,
        help_text=_("列表和日历里标题下面的那一句。"),
    )
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
    directions = models.TextField(
        _("怎么去"),
        blank=True,
        max_length=600,
        help_text=_("例如：坐 5 路公交到十里站，下车往南走 200 米。"),
    )
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
    base_form_class = ActivityPageForm
    copy_form_class = ActivityCopyForm
    content_panels = panels.CONTENT
    promote_panels = []
    override_translatable_fields = TRANSLATED_FIELDS
    # next term's copy starts with the same words and new dates
    exclude_fields_in_copy = [
        "starts_at",
        "repeat_until",
        "schedule_changes",
        "cancelled_reason",
        "opens_at",
        "closes_at",
        "withdraw_until",
        "go_live_at",
        "expire_at",
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.FilterField("kind"),
        index.FilterField("theme"),
    ]

    class Meta:
        verbose_name = pgettext_lazy("one", "活动")
        verbose_name_plural = _("活动")

    @cached_property
    def original(self) -> "ActivityPage":
        """The page that has the sessions and runs: in the site's first language.

        A translation whose original was deleted is its own, without sessions.
        """
        if self.alias_of_id:
            return self.alias_of.specific.original
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return self
        translations = ActivityPage.objects.filter(
            translation_key=self.translation_key,
            locale__language_code=settings.LANGUAGE_CODE,
            alias_of=None,
        )
        return translations.select_related("locale").first() or self

    @property
    def has_own_sessions(self) -> bool:
        """False for aliases and translations: theirs hang on the `original`."""
        is_default = self.locale_id == Locale.get_default().pk
        return is_default and not self.alias_of_id

    def get_context(self, request, *args, **kwargs):
        from activities.activity_context import activity_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **activity_context(self, request)}

    def serve(self, request, *args, **kwargs):
        from activities.activity_context import mark_public

        return mark_public(super().serve(request, *args, **kwargs), request)

    def clean(self):
        super().clean()
        found = contradictions(self)
        if found:
            raise ValidationError(found)

    def save(self, *args, **kwargs):
        if self.starts_at is None:
            # A copy has no date yet. Nothing without a date is public.
            self.live = False
            self.live_revision = None
        if self.live and not self._is_public():
            self._refuse_below_hidden()
        super().save(*args, **kwargs)

    def publish(self, *args, **kwargs):
        """In one transaction with the sessions it makes (`publishing.publish`).

        Raises `PlaceHidden` with a sentence where the place is not public.
        """
        self._refuse_below_hidden()
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    def unpublish(self, *args, **kwargs):
        """In one transaction with hiding its sessions (`publishing.hide`)."""
        with transaction.atomic():
            return super().unpublish(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Raises `ProtectedError` with a sentence when somebody registered.

        Deleting a page above raises the database's own `ProtectedError`.
        """
        from activities.publishing import refuse_if_registered

        refuse_if_registered([self])
        return super().delete(*args, **kwargs)

    def can_move_to(self, parent) -> bool:
        """What is public stays at places that are."""
        return super().can_move_to(parent) and not (
            self.live and why_not_public_at(parent)
        )

    def _is_public(self) -> bool:
        """Before this save; a page being made is not."""
        return ActivityPage.objects.filter(pk=self.pk, live=True).exists()

    def _refuse_below_hidden(self) -> None:
        # translations and aliases follow their original; a new page has no language yet
        if self.locale_id is None or self.has_own_sessions:
            refuse_below_hidden(self)

    def _set_core_field_defaults(self):
        parent_is_known = self.path or getattr(self, "_cached_parent_obj", None)
        if not self.slug and self.title and parent_is_known:
            self.slug = self._get_autogenerated_slug(slug_of(self.title))
        super()._set_core_field_defaults()
