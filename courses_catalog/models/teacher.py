"""Who can teach: the public entry of a person, never her contact or her proofs."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from courses_catalog.models.record import Record
from courses_catalog.vocabulary import TeacherOrigin
from home.theme_badge import theme_badge


class TeacherTag(TaggedItemBase):
    content_object = ParentalKey(
        "courses_catalog.Teacher", on_delete=models.CASCADE, related_name="tagged_items"
    )


class Teacher(Record):
    """`title` is her name as she wants it shown, `tags` what she teaches."""

    origin = models.CharField(
        _("来自"),
        max_length=10,
        choices=TeacherOrigin,
        default=TeacherOrigin.POOL,
        editable=False,
    )
    introduction = models.TextField(_("介绍"), blank=True)
    availability = models.CharField(_("什么时候有空"), max_length=200, blank=True)
    can_be_borrowed = models.BooleanField(_("可以请到别的网点上课"), default=True)
    tags = ClusterTaggableManager(
        through=TeacherTag, blank=True, verbose_name=_("教什么")
    )

    translatable_fields = [
        *Record.TRANSLATED,
        TranslatableField("introduction"),
        TranslatableField("availability"),
        *Record.SYNCHRONIZED,
        SynchronizedField("can_be_borrowed", overridable=False),
    ]
    panels = [
        *Record.WHAT,
        FieldPanel("introduction"),
        FieldPanel("availability"),
        FieldPanel("can_be_borrowed"),
        *Record.WHOSE,
    ]

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("one", "教师")
        verbose_name_plural = _("教师")

    def get_absolute_url(self) -> str:
        return reverse("teacher", args=[self.pk])

    def get_preview_template(self, request, mode_name) -> str:
        return "courses_catalog/teacher.html"

    def get_preview_context(self, request, mode_name) -> dict:
        return {"teacher": self, "theme": theme_badge(self.theme)}
