"""The catalogue: what can be learned, whether or not a run of it is on."""

from django.db import models
from django.db.models import Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail_localize.fields import SynchronizedField, TranslatableField

from courses_catalog.forms import CourseForm
from home.fields import MultipleChoiceField
from home.theme_badge import theme_badge
from home.vocabulary import Audience, Theme


class CourseQuerySet(models.QuerySet):
    def public(self):
        """Published, and the course it is a translation of too.

        The translation itself stays published, so that publishing the original again
        brings it back. The original is the one written first.
        """
        written_before = self.model.objects.filter(
            translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk")
        )
        hidden = self.model.objects.filter(~Exists(written_before), live=False)
        return self.filter(live=True).exclude(
            translation_key__in=hidden.values("translation_key")
        )

    def shown_in(self, language: str):
        """Each public course once: in `language`, else as it was first written."""
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
        """With what a line or page of a course shows, in a fixed number of queries."""
        return self.select_related("owner_node", "locale").prefetch_related(
            "tagged_items__tag"
        )


class CourseTag(TaggedItemBase):
    content_object = ParentalKey(
        "courses_catalog.Course", on_delete=models.CASCADE, related_name="tagged_items"
    )


class Course(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    ClusterableModel,
):
    """A course as such; activities are runs of it."""

    title = models.CharField(_("课程名称"), max_length=120)
    summary = models.CharField(_("一句话说明"), max_length=200, blank=True)
    theme = models.CharField(_("主题"), max_length=10, choices=Theme)
    audiences = MultipleChoiceField(_("给谁"), options=Audience.choices)
    owner_node = models.ForeignKey(
        "home.NetworkNodePage",
        on_delete=models.PROTECT,
        related_name="courses",
        verbose_name=_("所属网点"),
    )
    tags = ClusterTaggableManager(through=CourseTag, blank=True, verbose_name=_("标签"))
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    objects = CourseQuerySet.as_manager()

    base_form_class = CourseForm
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("summary"),
        SynchronizedField("theme", overridable=False),
        SynchronizedField("audiences", overridable=False),
        SynchronizedField("owner_node", overridable=False),
    ]
    panels = [
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("theme"),
        FieldPanel("audiences"),
        FieldPanel("tags"),
        FieldPanel("owner_node"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = pgettext_lazy("one", "课程")
        verbose_name_plural = _("课程")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("course", args=[self.pk])

    @property
    def audience_names(self) -> list[str]:
        """For whom, in the words of the reader's language; empty means everybody."""
        names = dict(Audience.choices)
        return [str(names[value]) for value in self.audiences if value in names]

    @property
    def tag_names(self) -> list[str]:
        return sorted(item.tag.name for item in self.tagged_items.all())

    def in_language(self, language: str) -> "Course":
        """Its public translation into `language`, else the course itself."""
        if self.locale.language_code == language:
            return self
        translations = Course.objects.public().filter(
            translation_key=self.translation_key, locale__language_code=language
        )
        return translations.with_parts().first() or self

    def get_preview_template(self, request, mode_name) -> str:
        return "courses_catalog/course.html"

    def get_preview_context(self, request, mode_name) -> dict:
        return {"course": self, "theme": theme_badge(self.theme)}
