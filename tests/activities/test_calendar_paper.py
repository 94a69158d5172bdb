"""The calendar on paper, and what a phone folds away of it."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from home.dates import SHANGHAI
from home.qr import qr_drawing
from tests.factories import small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db

# a Wednesday
NOW = dt.datetime(2026, 12, 9, 12, 0, tzinfo=SHANGHAI)
DAY = dt.timedelta(days=1)
HIDDEN_ON_SCREEN = re.compile(r'<li class="[^"]*\bu-print\b[^"]*">')


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    return small_network()


def page(client, view: str, **query) -> str:
    return client.get(reverse(view), query).content.decode()


def on_one_day(node, count: int) -> None:
    for number in range(count):
        published_activity(node, title=f"活动甲{number:02}", starts_at=NOW + DAY)


@pytest.mark.parametrize(
    ("view", "on_screen"), [("calendar_month", 3), ("calendar_week", 6)]
)
def test_paper_lists_what_a_screen_has_behind_a_link(client, net, view, on_screen):
    on_one_day(net.village, 8)
    html = page(client, view)
    assert html.count("活动甲") == 8
    assert len(HIDDEN_ON_SCREEN.findall(html)) == 8 - on_screen
    assert f"还有 {8 - on_screen} 场" in html
    assert "这天另有" not in html


@pytest.mark.parametrize("view", ["calendar_month", "calendar_week"])
def test_what_paper_does_not_hold_either_is_said(client, net, view):
    on_one_day(net.village, 14)
    html = page(client, view)
    assert html.count("活动甲") == 12
    assert "这天另有 2 场，扫最后的码看。" in html


@pytest.mark.parametrize(
    ("view", "query", "address"),
    [
        ("calendar", {"theme": "civic"}, "/calendar/?theme=civic"),
        (
            "calendar",
            {"from": "2026-12-10", "to": "2026-12-11"},
            "/calendar/?from=2026-12-10&to=2026-12-11",
        ),
        ("calendar_month", {}, "/calendar/month/?month=2026-12"),
        ("calendar_week", {"utm": "x"}, "/calendar/week/?week=2026-W50"),
    ],
)
def test_paper_leads_back_to_the_days_it_shows(
    client, net, settings, view, query, address
):
    """Read in another month, the code still opens the month on the paper."""
    settings.BASE_URL = "https://shexue.example"
    html = page(client, view, **query)
    whole = f"https://shexue.example{address}"
    assert whole.replace("&", "&amp;") + "<br>" in html
    assert qr_drawing(whole, scale=3) in html


@pytest.mark.parametrize("name", ["node", "activity"])
def test_a_node_and_an_activity_lead_back_from_paper(client, net, settings, name):
    settings.BASE_URL = "https://shexue.example"
    activity = published_activity(net.village, starts_at=NOW + DAY)
    path = {"node": net.village, "activity": activity}[name].url
    html = client.get(path).content.decode()
    assert qr_drawing(f"https://shexue.example{path}", scale=3) in html


def test_a_code_carries_no_style_and_none_is_drawn_for_what_is_too_long():
    assert "style" not in qr_drawing("https://shexue.example/")
    assert qr_drawing("x" * 3000) == ""


def test_days_gone_by_are_folded_on_a_phone_and_stay_in_the_table(client, net):
    for days in (-3, -2, 0, 2):
        published_activity(net.village, starts_at=NOW + days * DAY)
    html = page(client, "calendar_month")
    assert "已经过去的 2 天" in html
    past = re.findall(r'<td id="day-([0-9-]+)" class="month__past">', html)
    assert past == ["2026-12-06", "2026-12-07"]


@pytest.mark.parametrize("view", ["calendar_month", "calendar_week"])
@pytest.mark.parametrize("shown", ["2026-11-11", "2027-01-13"])
def test_a_stretch_all_past_or_all_to_come_folds_nothing(client, net, view, shown):
    at = dt.datetime.fromisoformat(f"{shown}T12:00:00+08:00")
    published_activity(net.village, title="那一天的", starts_at=at)
    html = page(client, view, month=shown[:7], week=shown)
    assert "那一天的" in html
    assert "已经过去的" not in html


def test_the_week_begins_with_today_and_folds_the_days_before(client, net):
    published_activity(net.village, title="周一的", starts_at=NOW - 2 * DAY)
    published_activity(net.village, title="周四的", starts_at=NOW + DAY)
    html = page(client, "calendar_week")
    folded = html[html.index("已经过去的 2 天") : html.index('id="day-2026-12-09"')]
    assert "周一的" in folded
    assert "周四的" not in folded
