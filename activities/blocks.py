"""StreamField blocks of an activity."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from activities.vocabulary import ChangeKind


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(label=_("小标题"), icon="title")
    paragraph = blocks.RichTextBlock(
        label=_("一段话"), features=["bold", "ol", "ul", "link"], icon="pilcrow"
    )
    image = ImageBlock(label=_("图片"), icon="image")


class TeacherBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("姓名"), max_length=40)
    introduction = blocks.TextBlock(label=_("介绍"), required=False, max_length=300)

    class Meta:
        label = _("老师")
        icon = "user"


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
