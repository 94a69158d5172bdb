"""The editor's screen, in the order one thinks: what, when, where, who, how many."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    Panel,
)

from activities.preview import schedule_preview
from home.editing import address_panel


class SchedulePreviewPanel(Panel):
    """The dates that the schedule last saved comes to, to be read over."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "activities/admin/schedule_preview.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | schedule_preview(self.instance)


class QuestionsPanel(Panel):
    """What is to be confirmed before publishing; only there while it is."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "activities/admin/questions.html"

        def is_shown(self):
            return bool(getattr(self.form, "asked", []))

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            form = self.form
            return context | {"sentences": form.asked, "answer": form.answer}


class OpenWhereFilledPanel(MultiFieldPanel):
    """Folded while none of its dates stands in it."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def classes(self):
            found = super().classes()
            if self.instance.schedule_changes:
                return [name for name in found if name != "collapsed"]
            return found


WHAT = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("theme")]),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("image"),
    ],
    heading=_("做什么"),
    icon="doc-full",
)
WHEN = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("duration_minutes")]),
        FieldPanel("repeat"),
        FieldRowPanel([FieldPanel("repeat_until"), FieldPanel("repeat_count")]),
        FieldPanel("weekdays"),
        SchedulePreviewPanel(heading=_("这样排课")),
    ],
    heading=_("什么时候"),
    icon="date",
)
INTERVAL = MultiFieldPanel(
    [FieldPanel("interval"), FieldPanel("skip_public_holidays")],
    heading=_("隔几周一次，节假日（少见）"),
    icon="rotate",
    classname="collapsed",
)
EXCEPTIONS = OpenWhereFilledPanel(
    [
        FieldPanel(
            "schedule_changes",
            help_text=_(
                "按下面的 ⊕，写一个日子：取消、改期、换地方，或者另加一次。"
                "再按一次 ⊕，再写一个。"
            ),
        ),
    ],
    heading=_("更改、取消或者另加一次课"),
    icon="date",
    classname="collapsed",
)
WHERE = MultiFieldPanel(
    [
        FieldPanel("delivery"),
        FieldPanel("venue"),
        FieldPanel("address"),
        FieldPanel("directions"),
        FieldPanel("join_link"),
    ],
    heading=_("在哪里"),
    icon="site",
)
WHO = MultiFieldPanel(
    [FieldPanel("audiences"), FieldPanel("teachers")],
    heading=_("给谁，谁来教"),
    icon="group",
)
HOW_MANY = MultiFieldPanel(
    [
        FieldPanel("registration_mode"),
        FieldRowPanel([FieldPanel("capacity"), FieldPanel("waiting_capacity")]),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
    ],
    heading=_("多少人，怎么报名"),
    icon="form",
)
CONDITIONS = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("min_age"), FieldPanel("max_age")]),
        FieldRowPanel(
            [FieldPanel("consent_from_age"), FieldPanel("desk_only_from_age")]
        ),
        FieldPanel("residence"),
        FieldRowPanel([FieldPanel("max_active"), FieldPanel("min_to_run")]),
        FieldPanel("withdraw_until"),
    ],
    heading=_("报名条件（少见）"),
    icon="key",
    classname="collapsed",
)
MONEY = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("fee_kind"), FieldPanel("fee_amount")]),
        FieldPanel("fee_note"),
    ],
    heading=_("收费（默认免费）"),
    icon="tag",
    classname="collapsed",
)
MORE = MultiFieldPanel(
    [
        FieldPanel("tags"),
        FieldPanel("course"),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("certificate_min_attendance")]),
    ],
    heading=_("学时、证书、标签（少见）"),
    icon="list-ul",
    classname="collapsed",
)
CANCEL = MultiFieldPanel(
    [FieldPanel("cancelled_reason")],
    heading=_("取消整个活动"),
    icon="cross",
    classname="collapsed",
)

# made from the title in pinyin, not in the browser
ADDRESS = address_panel(_("空着就用标题的拼音；公布以后最好不要再改。"))

CONTENT = [
    QuestionsPanel(heading=_("发布以前请确认"), icon="warning"),
    FieldPanel(
        "title",
        classname="title",
        widget=forms.TextInput(attrs={"placeholder": _("活动的名字*")}),
    ),
    WHAT,
    WHEN,
    INTERVAL,
    EXCEPTIONS,
    WHERE,
    WHO,
    HOW_MANY,
    CONDITIONS,
    MONEY,
    MORE,
    CANCEL,
    ADDRESS,
]
