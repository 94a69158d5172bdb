"""The facets as a reader meets them: links, chips, and addresses that can be shared."""

import re
from html import unescape

import pytest
import time_machine
from django.core.cache import caches
from django.urls import reverse

from search import rebuild
from search.facets import CHOICES
from tests.factories import CourseFactory, ResourceFactory, small_network
from tests.factories.activities import published_activity
from tests.search.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    """A class with places, one to come to, a film and a course, in two counties."""
    net = small_network()
    net.open = published_activity(net.village, title="书法班", whole_run=True)
    published_activity(net.sibling_village, title="书法角", delivery="online")
    film = {"kind": "video", "duration": 12, "is_free": False}
    ResourceFactory(owner_node=net.township, title="书法视频", **film)
    CourseFactory(owner_node=net.other_county, title="书法入门", theme="skills")
    rebuild.rebuild()
    return net


@pytest.fixture
def ask(client):
    def get(query: str = "q=书法"):
        for cache in caches.all():
            cache.clear()
        return client.get(f"{reverse('search')}?{query}")

    return get


def groups(response) -> dict[str, list[str]]:
    facets = response.context["facets"]
    return {
        group.label: [link.label for link in group.links]
        for group in (*facets.groups, *facets.more)
    }


def hits(response) -> set[str]:
    return {hit.title for hit in response.context["results"].hits}


def link(response, group: str, label: str) -> str:
    facets = response.context["facets"]
    return next(
        link.url.removeprefix("?")
        for each in (*facets.groups, *facets.more)
        for link in each.links
        if (each.label, link.label) == (group, label)
    )


def test_every_facet_with_something_to_choose_is_there(net, ask):
    found = groups(ask())

    assert found["类型"] == ["不限", "活动", "课程", "资源"]
    assert found["报名"] == ["不限", "还能报名", "不用报名，直接来"]
    assert found["形式"] == ["不限", "现场", "线上", "视频"]
    assert found["时长"] == ["不限", "15 分钟以内", "1 到 4 小时"]
    assert found["费用"] == ["不限", "免费", "要收费"]
    assert len(found["哪一级"]) == 4


def test_what_narrows_nothing_is_left_out(net, ask):
    # all of it is in Chinese, for everybody
    assert not {"语言", "给谁"} & set(groups(ask()))
    # what is left is of one theme and free
    assert not {"主题", "费用"} & set(groups(ask("q=书法&kind=activity")))


def test_two_values_of_a_facet_are_chosen_by_following_two_links(net, ask):
    once = ask(link(ask(), "形式", "视频"))
    twice = ask(link(once, "形式", "线上"))

    assert hits(once) == {"书法视频"}
    assert hits(twice) == {"书法视频", "书法角"}
    # and left by following one of them again
    assert hits(ask(link(twice, "形式", "视频"))) == {"书法角"}
    assert hits(ask(link(twice, "形式", "不限"))) == hits(ask())


def test_a_facet_of_another_kind_narrows_further(net, ask):
    address = link(ask("q=书法&format=video&format=on_site"), "费用", "要收费")
    assert hits(ask(address)) == {"书法视频"}


def test_the_places_lead_down_to_the_village_and_one_more_may_be_added(net, ask):
    county = ask(link(ask(), "地方", "濂溪区社区大学"))
    assert groups(county)["地方"] == ["全市", "濂溪区社区大学", "十里街道社区学校"]
    assert groups(county)["再加一个地方"] == ["修水县社区大学"]
    township = ask(link(county, "地方", "十里街道社区学校"))
    village = ask(link(township, "地方", "濂溪社区教学点"))
    assert hits(village) == {"书法班"}
    assert groups(village)["地方"][-1] == "濂溪社区教学点"

    both = ask(link(village, "再加一个地方", "青年路社区教学点"))
    assert hits(both) == {"书法班", "书法角"}
    assert groups(both)["再加一个地方"] == ["濂溪社区教学点", "青年路社区教学点"]
    assert hits(ask(link(both, "再加一个地方", "濂溪社区教学点"))) == {"书法角"}


def test_what_is_chosen_stands_above_the_results_to_be_taken_away(net, ask):
    asked = f"q=书法&place={net.village.pk}&place={net.other_county.pk}&fee=free"
    response = ask(asked)
    html = response.content.decode()

    way = "濂溪区社区大学 · 十里街道社区学校 · 濂溪社区教学点"
    chosen = {each.label: each.url for each in response.context["facets"].chosen}
    assert list(chosen) == [way, "修水县社区大学", "免费"]
    assert hits(ask(chosen["免费"].removeprefix("?"))) == {"书法班", "书法入门"}
    assert hits(ask(chosen["修水县社区大学"].removeprefix("?"))) == {"书法班"}
    shown = re.search(r'<nav aria-label="已选的条件">.*?</nav>', html)[0]
    assert shown.count("<a ") == 4
    assert "全部去掉" in shown
    assert unescape(re.findall('href="(.*?)"', shown)[-1]) == "?q=%E4%B9%A6%E6%B3%95"


def test_nothing_chosen_shows_no_chips(net, ask):
    assert "已选的条件" not in ask().content.decode()


def test_a_page_of_a_narrower_search_begins_with_the_first(net, ask):
    assert "page=" not in link(ask("q=书法&page=1"), "形式", "视频")


def test_the_seldom_facets_are_folded_and_not_in_the_elder_version(net, ask):
    fold = re.compile(r'<details class="stack([^>]*)>\s*<summary[^>]*>更多条件')

    assert fold.search(ask().content.decode())[1] == ' u-extra"'
    # unless one of them is in use
    assert fold.search(ask("q=书法&fee=free").content.decode())[1] == '" open'


def test_the_elder_version_asks_for_one_place_only(net, ask):
    group = re.compile(r"<div([^>]*)>\s*<h2>再加一个地方")
    one = f"q=书法&place={net.county.pk}"

    assert group.search(ask(one).content.decode())[1] == ' class="u-extra"'
    two = f"{one}&place={net.other_county.pk}"
    assert group.search(ask(two).content.decode())[1] == ""


@pytest.mark.parametrize("facet", [*CHOICES, "place"])
@pytest.mark.parametrize("value", ["nonsense", "", "9" * 40, "\0", "书" * 500])
def test_a_value_nobody_knows_is_named_and_ignored(net, client, facet, value):
    response = client.get(reverse("search"), {"q": "书法", facet: value})

    assert response.status_code == 200
    assert hits(response) == {"书法班", "书法角", "书法视频", "书法入门"}
    told = "网址里有我们不认识的筛选条件，已经忽略。" in response.content.decode()
    assert told or (facet, value) == ("place", "")


def test_a_known_value_beside_an_unknown_one_holds(net, ask):
    response = ask(f"q=书法&format=video&format=x&place={net.county.pk}&place=999999")

    assert hits(response) == {"书法视频"}
    assert "已经忽略" in response.content.decode()


def test_an_address_may_name_any_number_of_places(net, ask):
    many = "&".join(f"place={number}" for number in range(300))
    assert ask(f"q=书法&{many}").status_code == 200


@pytest.mark.parametrize("more", ["", "&registration=open&fee=free&place={place}"])
def test_the_facets_cost_no_query_each(
    net, ask, client, more, django_assert_max_num_queries
):
    ask("q=书")
    address = f"{reverse('search')}?q=书法{more.format(place=net.county.pk)}"
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


def test_the_english_page_names_them_in_english(net, client):
    html = client.get("/en/search/", {"q": "shufa"}).content.decode()

    for words in ("Registration", "Format", "Length", "Cost", "More filters"):
        assert words in html
