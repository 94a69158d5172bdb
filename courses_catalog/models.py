"""The catalogue: what can be learned, whether or not a run of it is on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
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

from home.fields import MultipleChoiceField
from home.vocabulary import Audience, Theme


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

    panels = [
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("theme"),
        FieldPanel("audiences"),
        FieldPanel("tags"),
        FieldPanel("owner_node"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("课程")
        verbose_name_plural = _("课程")

    def __str__(self) -> str:
        return self.title
