"""StreamField blocks of an activity."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from activities.vocabulary import ChangeKind


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(label=_("小标题"), icon="title")
    paragraph = blocks.RichTextBlock(
        label=_("一段话"), features=["bold", "ol", "ul", "link"], icon="pilcrow"
    )
    image = ImageBlock(label=_("图片"), icon="image")


class ListedTeacherBlock(SnippetChooserBlock):
    """A teacher of the catalogue: a link, the same in every language of the page."""

    def get_translatable_segments(self, value) -> list:
        return []

    def restore_translated_segments(self, value, segments):
        return value


class TeacherBlock(blocks.StructBlock):
    """The name stays on the page when the teacher leaves the list."""

    listed = ListedTeacherBlock(
        "courses_catalog.Teacher",
        label=_("教师名单里的老师"),
        required=False,
        help_text=_("本网点、上级网点的，或者借来的。不在名单里的，在下面写姓名。"),
    )
    name = blocks.CharBlock(
        label=_("姓名"),
        max_length=40,
        required=False,
        help_text=_("选了名单里的老师，可以空着。"),
    )
    introduction = blocks.TextBlock(label=_("介绍"), required=False, max_length=300)

    class Meta:
        label = _("老师")
        icon = "user"

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned["name"] and cleaned["listed"]:
            cleaned["name"] = cleaned["listed"].title[:40]
        if not cleaned["name"]:
            missing = ValidationError(_("请写老师的姓名，或者从名单里选一位。"))
            raise blocks.StructBlockValidationError({"name": missing})
        return cleaned


class ScheduleChangeBlock(blocks.StructBlock):
    """One date that differs from the rule.

    JSON in the page's own draft rather than child rows: drafts, previews and
    revisions carry it, and Wagtail's autosave cannot double it.
    """

    kind = blocks.ChoiceBlock(label=_("怎样不同"), choices=ChangeKind.choices)
    date = blocks.DateBlock(label=_("原来的日期（加一次时：新的日期）"))
    new_date = blocks.DateBlock(label=_("改到哪一天"), required=False)
    new_time = blocks.TimeBlock(label=_("改到几点"), required=False)
    venue = blocks.CharBlock(label=_("改到哪里"), required=False, max_length=120)
    note = blocks.CharBlock(label=_("一句说明"), required=False, max_length=120)

    class Meta:
        label = _("某一天不一样")
        icon = "date"
