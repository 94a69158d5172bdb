"""Sample words of the page of styles, as a Chinese centre would write them."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.vocabulary import Theme

THEMES = {
    theme: {"slug": theme.value, "mark": theme.mark, "label": theme.label}
    for theme in Theme
}

# The codes of a run and of a person in it; the real ones belong to a later app.
STATUSES = {
    code: {"code": code, "label": label, "icon": icon}
    for code, label, icon in (
        ("open", _("可报名"), "check"),
        ("full", _("已满"), "cross"),
        ("waiting", _("已满 · 可候补"), "list"),
        ("walk_in", _("直接来"), "arrow"),
        ("closed", _("报名已截止"), "lock"),
        ("cancelled", _("已取消"), "cross"),
        ("moved", _("改时间"), "clock"),
        ("not_yet", _("还没开始报名"), "clock"),
        ("draw", _("抽签报名中"), "ticket"),
        ("turn", _("轮到您了，请确认"), "warning"),
        ("admitted", _("已录取"), "check"),
        ("finished", _("已结束"), "check"),
    )
}

FACTS = [
    {
        "icon": "calendar",
        "label": "时间",
        "text": "每周二 9:00–10:30，共12次",
        "more": "12月8日开课，2027年3月9日结业",
    },
    {
        "icon": "place",
        "label": "地点",
        "text": "十里街道社区学校 203教室",
        "more": "濂溪区十里大道，有电梯",
        "url": "#facts",
        "link": "看怎么走",
    },
    {
        "icon": "person",
        "label": "给谁",
        "text": "55 岁以上，住在或工作在濂溪区。80 岁以上请家人陪同确认。",
    },
]

LINES = [
    {
        "title": "民法典讲堂：遗嘱和赡养",
        "text": "11月15日，到课，2 学时",
        "aside_status": STATUSES["finished"],
    },
    {"title": "春季太极拳班", "url": "#lines", "aside": "21 学时"},
]

CHIPS = [
    {"label": "全部", "url": "#chips", "current": True},
    {"label": "今天", "url": "#chips"},
    {"label": "本周末", "url": "#chips"},
    {"label": "不用报名的", "url": "#chips", "extra": True},
]

FACETS = [
    {
        "label": "类型",
        "links": [
            {"label": "全部", "count": 31, "current": True},
            {"label": "活动", "count": 12, "url": "#facets"},
            {"label": "课程和资源", "count": 16, "url": "#facets"},
        ],
    }
]


class SampleFilterForm(forms.Form):
    place = forms.ChoiceField(
        label="地方",
        choices=[("shili", "十里街道和附近"), ("lianxi", "濂溪区"), ("", "全市")],
    )
    theme = forms.ChoiceField(
        label="内容",
        choices=[("", "全部内容"), *Theme.choices],
    )
    starts = forms.DateField(
        label="从哪天起",
        # Browsers take no other format, whatever the language of the page.
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    open_only = forms.BooleanField(label="只看能报名的", required=False)


class SampleForm(forms.Form):
    name = forms.CharField(
        label="姓名", widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    birth_year = forms.RegexField(
        r"^\d{4}$",
        label="出生年份",
        help_text="四位数字，例如 1956。只用来看年龄合不合要求。",
        error_messages={"invalid": "请写四位数的年份，例如 1956"},
        widget=forms.TextInput(
            attrs={
                "class": "input--short",
                "inputmode": "numeric",
                "autocomplete": "bday-year",
            }
        ),
    )
    notice_by = forms.ChoiceField(
        label="怎么通知您？",
        choices=[("sms", "发短信"), ("call", "打电话")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种通知的办法"},
    )
    remark = forms.CharField(
        label="要告诉老师的话", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreed = forms.BooleanField(
        label="我看过安全须知", error_messages={"required": "请看过安全须知再打勾"}
    )


def _row(title, theme, status, days, clock, length, **more):
    day = timezone.localdate() + timedelta(days=days)
    starts_at = timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))
    return {
        "url": "#rows",
        "title": title,
        "theme": THEMES[theme],
        "status": STATUSES[status],
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=length),
        "place_line": "十里街道 · 濂溪社区教学点",
        "time_line": "",
        "places_line": "",
        "places_taken": None,
        "places_total": None,
        "note": "",
        "language": "",
    } | more


def rows():
    return [
        _row(
            "智能手机班：微信视频和防骗",
            Theme.CIVIC,
            "open",
            1,
            "09:00",
            90,
            time_line="9:00–10:30，周一、周三，共8次",
            places_line="还有 6 个名额，共 24 个",
            places_taken=18,
            places_total=24,
        ),
        _row(
            "八段锦晨练",
            Theme.SAFETY_HEALTH,
            "walk_in",
            0,
            "07:30",
            60,
            note="不用报名，穿软底鞋",
        ),
        _row(
            "和孩子好好说话：隔代教育谈心会",
            Theme.COUNSELLING,
            "waiting",
            3,
            "15:00",
            90,
            places_line="20 个名额已满，3 人在等",
            places_taken=20,
            places_total=20,
        ),
        _row(
            "油菜越冬田间管理",
            Theme.SKILLS,
            "moved",
            5,
            "09:00",
            120,
            note="下雪路滑，从前一天改到这一天",
        ),
        _row(
            "家里着火怎么办：灭火器人人动手",
            Theme.SAFETY_HEALTH,
            "cancelled",
            6,
            "09:30",
            90,
            note="教官临时有任务",
        ),
        _row(
            "Stargazing for families",
            Theme.SCIENCE,
            "not_yet",
            40,
            "18:30",
            90,
            language="en",
            note="下个月 1 日 8:00 开始报名",
        ),
    ]


def timeline():
    return [
        {
            "title": "报名",
            "state": "done",
            "when": "11月16日 周一 8:00 到 11月25日 周三 20:00",
            "text": "网上、电话、教学点都能报。早报晚报，中签机会一样。",
        },
        {
            "title": "抽签",
            "state": "now",
            "when": "11月26日 周四 10:00",
            "text": "公布种子和名单，任何人都能自己验算。",
        },
        {
            "title": "确认",
            "state": "next",
            "when": "11月29日 周日 10:00 以前",
            "text": "中签的人点“我来上课”，或打电话说一声。",
        },
    ]


def choices():
    return [
        {
            "id": "who_0",
            "value": "wang",
            "label": "王秀兰（您的母亲）",
            "text": "68 岁，住十里街道。可以报。",
            "checked": True,
        },
        {
            "id": "who_1",
            "value": "chen",
            "label": "陈国强（您的父亲）",
            "text": "本学期已经报了 2 个班，到了上限。退掉一个，就能报这个。",
            "disabled": True,
        },
        {"id": "who_2", "value": "new", "label": "另一位家人"},
    ]
