"""What a place's own page says of its activities and those of the places below."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import caches

from activities.schedule import SHANGHAI
from activities.templatetags.activities import (
    coming_activities,
    coming_counts,
    count_at,
)
from activities.vocabulary import Delivery, Repeat
from tests.factories import NodeFactory, small_network
from tests.factories.activities import published_activity, republish

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 2, 12, 0, tzinfo=SHANGHAI)
SOON = NOW + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    """Short names as the import gives them: of the division, not of the school."""
    net = small_network()
    for node, name in ((net.county, "濂溪区"), (net.township, "十里街道")):
        node.short_name = name
        node.save()
    return net


@pytest.mark.parametrize(
    ("on_page_of", "said"),
    [
        (None, "濂溪区 · 十里街道 · 濂溪社区教学点 203教室"),
        ("city", "濂溪区 · 十里街道 · 濂溪社区教学点 203教室"),
        ("county", "十里街道 · 濂溪社区教学点 203教室"),
        ("township", "濂溪社区教学点 203教室"),
        ("village", "203教室"),
    ],
)
def test_a_place_line_leaves_out_what_the_heading_says(net, on_page_of, said):
    published_activity(net.village, venue="203教室", starts_at=SOON)
    within = on_page_of and getattr(net, on_page_of)
    (line,) = coming_activities(net.village, within=within)
    assert line.place_line == said


@pytest.mark.parametrize(
    ("on_page_of", "said"),
    [("county", "线上，十里街道社区学校举办"), ("township", "线上")],
)
def test_an_online_activity_of_the_place_itself_is_just_online(net, on_page_of, said):
    published_activity(net.township, delivery=Delivery.ONLINE, starts_at=SOON)
    node = getattr(net, on_page_of)
    assert coming_activities(node, within=node)[0].place_line == said


def test_a_line_costs_no_more_on_the_page_of_its_place(net, django_assert_num_queries):
    published_activity(net.village, starts_at=SOON)
    coming_activities(net.county, within=net.county)
    with django_assert_num_queries(2):
        coming_activities(net.county, within=net.county)


def test_each_place_below_has_the_number_of_its_coming_activities(
    net, django_assert_num_queries
):
    published_activity(
        net.village, starts_at=SOON, repeat=Repeat.WEEKLY, repeat_count=5
    )
    published_activity(net.sibling_village, starts_at=SOON)
    published_activity(net.county, starts_at=SOON)
    published_activity(net.other_county, starts_at=SOON)
    published_activity(net.other_county, starts_at=NOW - dt.timedelta(days=1))
    hidden = published_activity(net.other_county, starts_at=SOON)
    hidden.unpublish()
    cancelled = published_activity(net.other_county, starts_at=SOON)
    republish(cancelled, cancelled_reason="停电")
    with django_assert_num_queries(1):
        of_the_city = coming_counts(net.city)
    assert of_the_city == {net.county.path: 3, net.other_county.path: 1}
    assert coming_counts(net.county) == {net.township.path: 2}
    assert coming_counts(net.village) == {}
    assert count_at(of_the_city, net.county) == 3
    assert count_at(of_the_city, net.village) == 0
    assert count_at("", net.village) == 0


def page_of(client, node, prefix="") -> str:
    caches["pages"].clear()
    return client.get(prefix + node.get_url_parts()[2]).content.decode()


def test_the_page_shows_the_numbers_beside_the_places(client, net):
    published_activity(net.village, starts_at=SOON, venue="203教室")
    page = page_of(client, net.township)
    link = f"{net.village.title}</a>"
    assert f'{link}<span class="small muted">1 个活动</span>' in page
    assert f"{net.sibling_village.title}</a></li>" in page
    assert "<span>濂溪社区教学点 203教室</span>" in page
    assert "<span>203教室</span>" in page_of(client, net.village)


@pytest.mark.parametrize(("count", "said"), [(1, "1 activity"), (2, "2 activities")])
def test_an_english_reader_gets_the_number_in_english(client, net, count, said):
    for _each in range(count):
        published_activity(net.village, starts_at=SOON)
    page = page_of(client, net.township, "/en")
    assert '<a class="link" href="/en/jiujiang/lianxi/shili/lianxi-shequ/" ' in page
    assert f'<span class="small muted">{said}</span>' in page


def test_the_page_costs_at_most_twelve_queries_however_many_places(
    client, net, django_assert_max_num_queries
):
    for _each in range(5):
        published_activity(NodeFactory(parent=net.township), starts_at=SOON)
    page_of(client, net.village)  # site roots are cached for long
    with django_assert_max_num_queries(12):
        answer = client.get(net.township.get_url_parts()[2])
    assert answer.content.decode().count("1 个活动") == 5
