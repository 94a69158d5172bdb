"""One full set of values for every component: `{% include … only %}` gets no more."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator

from home import style_samples

DAY = date(2026, 11, 25)
STARTS = datetime(2026, 11, 25, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
THEME = {"slug": "civic", "mark": "民", "label": "公民素养"}
STATUS = {"code": "open", "label": "可报名", "icon": "check"}
LANGUAGES = [
    {"code": "zh-hans", "name": "简体中文", "url": "/", "current": True},
    {"code": "en", "name": "English", "url": "/en/", "current": False},
]
OF_THE_SITE = {
    "SITE_NAME": "社学",
    "CITY_NAME": "九江",
    "site_settings": {
        "hotline": "0792-858 0000",
        "hotline_hours": "周一到周五 9:00–17:00",
        "organiser": "市中心",
    },
    "elder": False,
    "version_url": "/version/",
    "language_links": LANGUAGES,
    "section": "calendar",
}
ROW = {
    "url": "/a/",
    "title": "书法班",
    "language": "",
    "theme": THEME,
    "starts_at": STARTS,
    "ends_at": STARTS.replace(hour=10, minute=30),
    "time_line": "",
    "place_line": "十里街道",
    "status": STATUS,
    "places_line": "还有 6 个名额",
    "places_taken": 18,
    "places_total": 24,
    "note": "带毛笔",
}


def bound_form():
    """A form sent back: one field of each kind is wrong."""
    return style_samples.SampleForm({"name": "王建平", "birth_year": "56"})


def samples() -> dict[str, dict]:
    """The context of each component by its name."""
    form = bound_form()
    return {
        "ask_by_phone": {"hotline": "0792-858 0000", "hours": "9:00–17:00"},
        "breadcrumb": {"items": [{"title": "活动", "url": "/a/"}, {"title": "书法班"}]},
        "button": {"url": "/a/", "label": "我要报名", "icon": "check"},
        "chips": {"label": "看哪些活动", "chips": style_samples.CHIPS},
        "choice": {
            "kind": "radio",
            "name": "who",
            "id": "who_0",
            "value": "1",
            "label": "王秀兰",
            "text": "可以报。",
            "checked": True,
        },
        "choice_list": {
            "id": "who",
            "name": "who",
            "kind": "radio",
            "legend": "为谁报名？",
            "hint": "可以替家人报",
            "errors": ["请选一位"],
            "choices": style_samples.choices(),
        },
        "copy_link": {"id": "feed", "label": "地址", "url": "https://shexue.example/a"},
        "date_leaf": {"day": DAY},
        "empty_state": {
            "title": "没有活动",
            "text": "看别的日子",
            "url": "/a/",
            "link": "看",
        },
        "error_summary": {"errors": [{"text": "请写姓名", "href": "#id_name"}]},
        "event_row": {"row": ROW},
        "facet_group": {"group": style_samples.FACETS[0]},
        "facets": {"summary": "缩小范围", "groups": style_samples.FACETS},
        "facts": {"facts": style_samples.FACTS},
        "field_error": {"id": "id_name_error", "errors": ["请写姓名"]},
        "filter_form": {
            "form": style_samples.SampleFilterForm(),
            "summary": "全市",
            "submit": "显示活动",
            "reset_url": "/a/",
        },
        "footer": OF_THE_SITE,
        "form_field": {"field": form["name"], "optional": True},
        "form_fields": {"form": form},
        "header": OF_THE_SITE,
        "messages": {"messages": [Message(25, "报上了"), Message(40, "没有报上")]},
        "notice": {"tone": "turn", "title": "等您", "text": "请确认", "level": 3},
        "pagination": {"page": Paginator(range(200), 20).page(3)},
        "paper": {
            "address": "https://shexue.example/a/",
            "SITE_NAME": "社学",
            "hotline": "0792-858 0000",
        },
        "places_bar": {"line": "还有 6 个名额", "taken": 18, "total": 24},
        "print_button": {"label": "打印"},
        "read_aloud": {},
        "rows": {"rows": style_samples.LINES, "ordered": True},
        "search_form": {"id": "find", "label": "想学点什么？", "value": "书法"},
        "status_badge": {"status": STATUS},
        "steps": {"steps": ["为谁", "联系", "核对"], "current": 2},
        "theme_badge": {"theme": THEME},
        "timeline": {"steps": style_samples.timeline()},
        "today_leaf": {"day": DAY},
        "week": {"days": [{"day": DAY, "url": "/a/", "count": 3, "current": True}]},
    }


def hostile(value):
    """The same shape, every text turned into mark-up that must not survive."""
    if isinstance(value, str):
        return '"><script>alert(1)</script>'
    if isinstance(value, dict):
        return {key: hostile(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [hostile(inner) for inner in value]
    return value


def request(path: str = "/calendar/?theme=civic&page=3"):
    """Just enough of a request for `{% querystring %}`."""
    from django.test import RequestFactory

    return RequestFactory().get(path)
