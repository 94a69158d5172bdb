"""One thing to learn from: a file that is kept here, or an address elsewhere."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from courses_catalog.files import check_file, kept_files
from courses_catalog.models.record import Record
from courses_catalog.models.source import Sourced
from courses_catalog.vocabulary import ResourceKind
from home.theme_badge import theme_badge


class ResourceTag(TaggedItemBase):
    content_object = ParentalKey(
        "courses_catalog.Resource",
        on_delete=models.CASCADE,
        related_name="tagged_items",
    )


class Resource(Sourced, Record):
    kind = models.CharField(_("种类"), max_length=15, choices=ResourceKind)
    file = models.FileField(
        _("文件"),
        storage=kept_files,
        upload_to="%Y/%m/",
        blank=True,
        validators=[check_file],
    )
    link = models.CharField(
        _("网址"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    text = models.TextField(_("正文"), blank=True)
    isbn = models.CharField(_("ISBN"), max_length=17, blank=True)
    # minutes
    duration = models.PositiveIntegerField(_("时长（分钟）"), null=True, blank=True)
    is_free = models.BooleanField(_("免费"), default=True)
    tags = ClusterTaggableManager(
        through=ResourceTag, blank=True, verbose_name=_("标签")
    )

    translatable_fields = [
        *Record.TRANSLATED,
        TranslatableField("text"),
        *Record.SYNCHRONIZED,
        *[
            SynchronizedField(name, overridable=False)
            for name in ("kind", "file", "link", "isbn", "duration", "is_free")
        ],
    ]
    panels = [
        FieldPanel("kind"),
        *Record.WHAT,
        FieldPanel("file"),
        FieldPanel("link"),
        FieldPanel("text"),
        FieldPanel("isbn"),
        FieldPanel("duration"),
        FieldPanel("is_free"),
        *Record.WHOSE,
    ]

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("one", "资源")
        verbose_name_plural = _("资源")

    def get_absolute_url(self) -> str:
        return reverse("resource", args=[self.pk])

    def clean(self):
        super().clean()
        if not (self.file or self.link or self.text):
            raise ValidationError(
                _("请上传文件、填网址，或者写正文：三样至少要有一样。")
            )

    def get_preview_template(self, request, mode_name) -> str:
        return "courses_catalog/resource.html"

    def get_preview_context(self, request, mode_name) -> dict:
        return {"resource": self, "theme": theme_badge(self.theme)}
