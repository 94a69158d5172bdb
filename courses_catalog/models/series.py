"""Courses that belong together, perhaps with an award: 名师好课."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField

from courses_catalog.models.record import Record
from courses_catalog.vocabulary import SeriesAward
from home.theme_badge import theme_badge


class SeriesTag(TaggedItemBase):
    content_object = ParentalKey(
        "courses_catalog.Series", on_delete=models.CASCADE, related_name="tagged_items"
    )


class Series(Record):
    award = models.CharField(_("荣誉"), max_length=20, choices=SeriesAward, blank=True)
    tags = ClusterTaggableManager(through=SeriesTag, blank=True, verbose_name=_("标签"))

    translatable_fields = [
        *Record.TRANSLATED,
        *Record.SYNCHRONIZED,
        SynchronizedField("award", overridable=False),
    ]
    panels = [
        *Record.WHAT,
        FieldPanel("award"),
        InlinePanel("series_courses", heading=_("课程"), label=_("课程")),
        *Record.WHOSE,
    ]

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("one", "系列课程")
        verbose_name_plural = _("系列课程")

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.pk])

    def get_preview_template(self, request, mode_name) -> str:
        return "courses_catalog/series.html"

    def get_preview_context(self, request, mode_name) -> dict:
        return {"series": self, "theme": theme_badge(self.theme)}


class SeriesCourse(Orderable):
    series = ParentalKey(
        Series, on_delete=models.CASCADE, related_name="series_courses"
    )
    course = models.ForeignKey(
        "courses_catalog.Course",
        on_delete=models.CASCADE,
        related_name="series_courses",
        verbose_name=pgettext_lazy("one", "课程"),
    )
    panels = [FieldPanel("course")]

    def __str__(self) -> str:
        return str(self.course)
