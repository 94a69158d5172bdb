"""What every record of the catalogue is: owned by a node, published, shared."""

from django.db import models
from django.db.models import Exists, Min, OuterRef, Prefetch, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail_localize.fields import SynchronizedField, TranslatableField

from courses_catalog.forms import RecordForm
from courses_catalog.vocabulary import LearningLevel, Licence, ShareScope
from home.fields import MultipleChoiceField
from home.vocabulary import Audience, Theme


class RecordQuerySet(models.QuerySet):
    def published(self):
        """Published, and the record it is a translation of too.

        The translation itself stays published, so that publishing the original again
        brings it back. The original is the one written first.
        """
        return self._whose_original(Q(live=True))

    def public(self):
        """Published for everybody: what residents see, and search finds."""
        return self._whose_original(Q(live=True, share_scope=ShareScope.PUBLIC))

    def _whose_original(self, is_shown: Q):
        hidden = self.model.objects.originals().filter(~is_shown)
        return self.filter(live=True).exclude(
            translation_key__in=hidden.values("translation_key")
        )

    def originals(self):
        """Those written first; the others translate them."""
        written_before = self.model.objects.filter(
            translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk")
        )
        return self.filter(~Exists(written_before))

    def shown_in(self, language: str):
        """Each public record once: in `language`, else as it was first written."""
        public = self.public()
        translated = public.filter(locale__language_code=language)
        firsts = public.order_by().values("translation_key").annotate(first=Min("pk"))
        untranslated = public.exclude(
            translation_key__in=translated.values("translation_key")
        )
        return public.filter(
            Q(pk__in=translated.values("pk"))
            | Q(pk__in=untranslated.values("pk")) & Q(pk__in=firsts.values("first"))
        )

    def for_theme(self, theme: str):
        return self.filter(theme=theme)

    def with_parts(self):
        """With what a line or page of a record shows, in a fixed number of queries."""
        tagged = self.model._meta.get_field("tagged_items").related_model
        tags = Prefetch("tagged_items", tagged.objects.select_related("tag"))
        return self.select_related("owner_node", "locale").prefetch_related(tags)


class Record(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    ClusterableModel,
):
    """Abstract. Fields a translation does not hold of its own, and all that hangs on
    a record, are those of the record it translates: its `original`."""

    title = models.CharField(_("名称"), max_length=120)
    summary = models.CharField(_("一句话说明"), max_length=200, blank=True)
    theme = models.CharField(_("主题"), max_length=10, choices=Theme)
    audiences = MultipleChoiceField(_("给谁"), options=Audience.choices)
    owner_node = models.ForeignKey(
        "home.NetworkNodePage",
        on_delete=models.PROTECT,
        related_name="%(class)s_records",
        verbose_name=_("所属网点"),
    )
    identifier = models.CharField(
        _("编号"),
        max_length=80,
        blank=True,
        help_text=_("在别的系统里的编号，或 ISBN 一类的号码。再次导入时按它更新。"),
    )
    level = models.CharField(
        _("难度"), max_length=12, choices=LearningLevel, blank=True
    )
    hours = models.DecimalField(
        _("学时"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    licence = models.CharField(
        _("使用许可"), max_length=20, choices=Licence, blank=True
    )
    contributor = models.CharField(_("作者或主讲"), max_length=120, blank=True)
    share_scope = models.CharField(
        _("给谁看、谁能用"),
        max_length=10,
        choices=ShareScope,
        default=ShareScope.PUBLIC,
    )
    review_on = models.DateField(
        _("复审日期"), null=True, blank=True, help_text=_("到这一天要再看一遍内容。")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    objects = RecordQuerySet.as_manager()

    base_form_class = RecordForm
    SYNCHRONIZED = [
        SynchronizedField(name, overridable=False)
        for name in (
            "theme",
            "audiences",
            "owner_node",
            "level",
            "hours",
            "licence",
            "share_scope",
        )
    ]
    TRANSLATED = [TranslatableField("title"), TranslatableField("summary")]
    WHAT = [
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("theme"),
        FieldPanel("audiences"),
        FieldPanel("tags"),
    ]
    WHOSE = [
        FieldPanel("owner_node"),
        FieldPanel("share_scope"),
        MultiFieldPanel(
            [
                FieldPanel("contributor"),
                FieldPanel("level"),
                FieldPanel("hours"),
                FieldPanel("licence"),
                FieldPanel("identifier"),
                FieldPanel("review_on"),
            ],
            heading=_("更多信息"),
            classname="collapsed",
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["owner_node", "identifier", "locale"],
                condition=~Q(identifier=""),
                name="%(class)s_identifier",
                violation_error_message=_("这个网点已经有一条同样编号的记录。"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def original(self):
        """The record written first, on which everything else hangs; perhaps itself.

        One query.
        """
        versions = type(self).objects.filter(translation_key=self.translation_key)
        return versions.with_parts().order_by("pk").first() or self

    @property
    def audience_names(self) -> list[str]:
        """For whom, in the words of the reader's language; empty means everybody."""
        names = dict(Audience.choices)
        return [str(names[value]) for value in self.audiences if value in names]

    @property
    def tag_names(self) -> list[str]:
        return sorted(item.tag.name for item in self.tagged_items.all())

    def in_language(self, language: str):
        """Its public translation into `language`, else the record itself."""
        if self.locale.language_code == language:
            return self
        translations = type(self).objects.public()
        found = translations.filter(
            translation_key=self.translation_key, locale__language_code=language
        )
        return found.with_parts().first() or self
