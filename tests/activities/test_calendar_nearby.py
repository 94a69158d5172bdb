"""The home page of a small place shows what is on around it too."""

import datetime as dt

import pytest
import time_machine

from activities.schedule import SHANGHAI
from activities.templatetags.nearby import whats_near
from home.models import HomePage
from tests.factories import small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 2, 12, 0, tzinfo=SHANGHAI)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    return small_network()


def titles(rows):
    return [row.title for row in rows]


def test_own_activities_come_first_then_those_of_the_township(
    net, django_assert_max_num_queries
):
    published_activity(net.village, title="村里", starts_at=NOW + 2 * DAY)
    published_activity(net.township, title="街道", starts_at=NOW + DAY)
    with django_assert_max_num_queries(4):
        near = whats_near(net.village, net.city)
    assert titles(near.own) == ["村里"]
    assert titles(near.near) == ["街道"]
    assert near.around.pk == net.township.pk
    assert near.name.endswith(net.village.title)


def test_a_quiet_township_leads_on_to_the_county(net):
    published_activity(net.county, title="县里", starts_at=NOW + DAY)
    near = whats_near(net.village, net.city)
    assert (titles(near.own), titles(near.near)) == ([], ["县里"])
    assert near.around.pk == net.county.pk


def test_without_a_place_nothing_is_near(net):
    published_activity(net.village, title="村里", starts_at=NOW + DAY)
    near = whats_near(None, net.city)
    assert (near.name, titles(near.own), near.around) == ("", ["村里"], None)


def test_the_home_page_says_which_place_it_shows(
    client, net, django_assert_max_num_queries
):
    published_activity(net.township, title="街道合唱", starts_at=NOW + DAY)
    client.cookies["place"] = str(net.village.pk)
    address = HomePage.objects.first().url
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert "现在看的是" in page and "附近：" in page and "街道合唱" in page


@pytest.mark.parametrize("page", ["-1", "0"])
def test_a_page_before_the_first_is_the_first(client, net, page):
    for day in range(1, 23):
        published_activity(net.village, title=f"第{day}", starts_at=NOW + day * DAY)
    shown = client.get("/calendar/", {"page": page})
    assert shown.context["page"].number == 1
