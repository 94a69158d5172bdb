"""A course as such; activities are runs of it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable
from wagtail_localize.fields import TranslatableField

from courses_catalog.models.record import Record
from courses_catalog.models.source import Sourced
from home.theme_badge import theme_badge


class CourseTag(TaggedItemBase):
    content_object = ParentalKey(
        "courses_catalog.Course", on_delete=models.CASCADE, related_name="tagged_items"
    )


class Course(Sourced, Record):
    """What can be learned, whether or not a run of it is on."""

    syllabus = models.TextField(
        _("课程大纲"), blank=True, help_text=_("一行写一讲，次序就是上课的次序。")
    )
    tags = ClusterTaggableManager(through=CourseTag, blank=True, verbose_name=_("标签"))

    translatable_fields = [
        *Record.TRANSLATED,
        TranslatableField("syllabus"),
        *Record.SYNCHRONIZED,
    ]
    panels = [
        *Record.WHAT,
        FieldPanel("syllabus"),
        InlinePanel("course_resources", heading=_("学习资源"), label=_("资源")),
        InlinePanel("course_teachers", heading=_("教师"), label=_("教师")),
        *Record.WHOSE,
    ]

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("one", "课程")
        verbose_name_plural = _("课程")

    def get_absolute_url(self) -> str:
        return reverse("course", args=[self.pk])

    @property
    def lessons(self) -> list[str]:
        """The lines of the syllabus, one a lesson."""
        return [line.strip() for line in self.syllabus.splitlines() if line.strip()]

    def get_preview_template(self, request, mode_name) -> str:
        return "courses_catalog/course.html"

    def get_preview_context(self, request, mode_name) -> dict:
        return {"course": self, "theme": theme_badge(self.theme)}


class CourseResource(Orderable):
    """Copied into no translation: what belongs to a course hangs on its original."""

    course = ParentalKey(
        Course, on_delete=models.CASCADE, related_name="course_resources"
    )
    resource = models.ForeignKey(
        "courses_catalog.Resource",
        on_delete=models.CASCADE,
        related_name="course_resources",
        verbose_name=_("资源"),
    )
    panels = [FieldPanel("resource")]

    def __str__(self) -> str:
        return str(self.resource)


class CourseTeacher(Orderable):
    course = ParentalKey(
        Course, on_delete=models.CASCADE, related_name="course_teachers"
    )
    teacher = models.ForeignKey(
        "courses_catalog.Teacher",
        on_delete=models.CASCADE,
        related_name="course_teachers",
        verbose_name=_("教师"),
    )
    panels = [FieldPanel("teacher")]

    def __str__(self) -> str:
        return str(self.teacher)
