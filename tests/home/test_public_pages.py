"""The public pages of the network: found quickly, in both languages, by everybody."""

import pytest
from django.core.cache import caches
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import Locale, Page

from home.addresses import find_page
from home.models import HomePage, NetworkNodePage
from home.network import ancestors_of
from home.node_facts import facts_of
from home.place import COOKIE, chosen_place
from tests.factories import small_network

pytestmark = pytest.mark.django_db
DEEP = "/jiujiang/lianxi/shili/lianxi-shequ/"
STATEMENTS = ["accessibility", "privacy", "find_nodes", "choose_place", "home"]


@pytest.fixture(autouse=True)
def empty_cache():
    """A rolled back test leaves a page behind under a number that comes again."""
    caches["pages"].clear()


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def english():
    return Locale.objects.get(language_code="en")


def text(response) -> str:
    return response.content.decode()


def test_one_query_finds_the_deepest_page(net, django_assert_num_queries):
    parts = DEEP.strip("/").split("/")
    with django_assert_num_queries(1):
        found, rest = find_page(net.home, parts)
        above = ancestors_of(found)
    assert (found, rest) == (net.village, [])
    assert above == [net.city, net.county, net.township]


@pytest.mark.parametrize(
    ("path", "slug", "rest"),
    [
        ("jiujiang", "jiujiang", []),
        ("jiujiang/lianxi/nowhere", "lianxi", ["nowhere"]),
        ("jiujiang/nowhere/shili", "jiujiang", ["nowhere", "shili"]),
    ],
)
def test_what_no_page_answers_for_is_left_over(net, path, slug, rest):
    found, left = find_page(net.home, path.split("/"))
    assert (found.slug, left) == (slug, rest)


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/jiujiang/nowhere/", f"{DEEP}nowhere/", "/en/nowhere/"]
)
def test_an_address_without_a_page_is_not_found(client, net, path):
    assert client.get(path).status_code == 404


def test_an_unpublished_node_is_gone(client, net):
    net.village.save_revision().publish()
    assert client.get(DEEP).status_code == 200
    NetworkNodePage.objects.get(pk=net.village.pk).unpublish()
    assert client.get(DEEP).status_code == 410
    assert client.get(f"/en{DEEP}").status_code == 410


@pytest.mark.parametrize(
    ("path", "most"),
    [("/", 12), ("/en/", 12), ("/jiujiang/", 12), (DEEP, 12)]
    + [("/places/", 12), ("/place/", 12)],
)
def test_a_public_page_asks_few_queries(
    client, net, path, most, django_assert_max_num_queries
):
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200


def translated(net, english) -> NetworkNodePage:
    """The county in English, published; what stands above it is mirrored."""
    page = net.county.copy_for_translation(english, copy_parents=True)
    page.save_revision().publish()
    return page


def test_an_english_page_asks_few_queries_translated_or_not(
    client, net, english, django_assert_max_num_queries
):
    county = translated(net, english)
    client.get(DEEP)  # site roots are cached for long
    for path in (county.url, f"/en{DEEP}"):
        caches["pages"].clear()
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


def test_a_page_is_no_dearer_for_forty_villages(
    client, net, django_assert_max_num_queries
):
    for number in range(40):
        net.township.add_child(
            instance=NetworkNodePage(
                title=f"第{number}村教学点", short_name=f"第{number}村"
            )
        )
    with django_assert_max_num_queries(12):
        response = client.get("/jiujiang/lianxi/shili/")
    assert "第39村教学点" in text(response)


@pytest.mark.parametrize("path", ["/", DEEP, "/places/", "/place/", "/privacy/"])
def test_a_public_page_knows_no_person(client, net, path):
    response = client.get(path)
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in text(response)


def test_a_node_page_says_what_and_where_it_is(client, net):
    net.township.address, net.township.phone = "十里大道 1 号", "0792-0000000"
    net.township.save()
    page = text(client.get("/jiujiang/lianxi/shili/"))
    for words in ("第三级", "十里大道 1 号", "0792-0000000", "濂溪社区教学点", "订阅"):
        assert words in page
    assert f'href="{net.county.url}"' in page
    assert f"/subscribe/?place={net.township.pk}" in page


@pytest.mark.parametrize(
    ("facilities", "step_free", "text", "more"),
    [
        ("教室", True, "教室", "轮椅能进。"),
        ("教室", False, "教室", ""),
        ("", True, "轮椅能进。", ""),
    ],
)
def test_a_place_says_what_makes_coming_easy(facilities, step_free, text, more):
    node = NetworkNodePage(facilities=facilities, has_step_free_access=step_free)
    [fact] = facts_of(node)
    assert (fact["text"], fact["more"]) == (text, more)


def test_a_place_without_facts_shows_none():
    assert facts_of(NetworkNodePage()) == []


def test_a_dormant_place_says_so(client, net):
    net.village.status = "dormant"
    net.village.save()
    assert "暂停开放" in text(client.get(DEEP))
    assert "暂停开放" in text(client.get("/jiujiang/lianxi/shili/"))


@pytest.mark.parametrize("has_english_tree", [False, True])
def test_a_page_without_translation_answers_in_english_with_its_own_words(
    client, net, english, has_english_tree
):
    if has_english_tree:
        net.city.copy_for_translation(english, copy_parents=True, alias=True)
    response = client.get(f"/en{DEEP}")
    page = text(response)
    assert response.headers["Content-Language"] == "en"
    assert '<html lang="en"' in page
    assert '<h1 lang="zh-Hans">濂溪社区教学点</h1>' in page
    assert f'href="{DEEP}"' in page  # the switch back
    assert 'href="/en/jiujiang/lianxi/' in page  # other links stay in English


def test_a_translated_node_shows_the_children_of_its_original(client, net, english):
    net.township.copy_for_translation(english, copy_parents=True, alias=True)
    page = NetworkNodePage.objects.get(locale=english, slug="shili")
    page.alias_of = None
    page.title = "Shili school"
    page.save_revision().publish()
    shown = text(client.get("/en/jiujiang/lianxi/shili/"))
    assert "<h1>Shili school</h1>" in shown
    assert "青年路社区教学点" in shown


def test_an_alias_shows_its_source_as_it_is_now(client, net, english):
    net.village.copy_for_translation(english, copy_parents=True, alias=True)
    NetworkNodePage.objects.filter(pk=net.village.pk).update(phone="0792-1111111")
    assert "0792-1111111" in text(client.get(f"/en{DEEP}"))


def test_the_switch_of_language_leads_to_the_same_page_and_back(client, net):
    assert f'href="/en{DEEP}"' in text(client.get(DEEP))
    assert client.get(f"/en{DEEP}").status_code == 200


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_page_stands_in_both_languages(client, net, name):
    for prefix in ("", "/en"):
        assert client.get(prefix + reverse(name)).status_code == 200


def test_the_home_page_shows_the_levels_and_the_elder_entry(client, net):
    page = text(client.get("/"))
    assert "<b>3</b> <span>村（社区）教学点</span>" in page
    assert "大字的长者版" in page


def test_a_chosen_place_changes_the_home_page_alone(client, net):
    client.get(reverse("set_place", args=[net.village.pk]))
    assert "濂溪社区教学点七天内" in text(client.get("/"))
    assert "濂溪社区教学点" not in text(client.get("/privacy/"))
    client.get(reverse("forget_place"))
    assert "九江市社区教育指导中心七天内" in text(client.get("/"))


@pytest.mark.parametrize(
    ("following", "lands"),
    [("/calendar/", "/calendar/"), ("https://example.com/", "/"), ("", "/")],
)
def test_choosing_a_place_returns_only_within_the_site(client, net, following, lands):
    url = reverse("set_place", args=[net.village.pk])
    response = client.get(url, {"next": following})
    assert response.headers["Location"] == lands
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("value", ["", "x", "٣", "9" * 40, "999999", "-1"])
def test_a_strange_cookie_is_no_place(net, value):
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = value
    assert chosen_place(request) is None


def test_a_place_that_is_gone_can_not_be_chosen(client, net):
    assert client.get(reverse("set_place", args=[999999])).status_code == 404
    assert client.get(reverse("set_place", args=[net.home.pk])).status_code == 404


def test_names_repeat_so_their_places_are_said(client, net):
    page = text(client.get("/places/", {"q": "教学点"}))
    assert "找到 3 个地方" in page
    assert "濂溪区社区大学 · 十里街道社区学校" in page
    assert "修水县社区大学 · 义宁镇社区学校" in page


def test_places_are_found_by_walking_down(client, net):
    page = text(client.get("/places/", {"under": net.township.pk}))
    assert f'href="{net.village.url}"' in page
    page = text(client.get("/place/", {"under": net.township.pk, "next": "/calendar/"}))
    assert f"/place/set/{net.village.pk}/?next=/calendar/" in page


@pytest.mark.parametrize("path", ["/places/", "/place/"])
@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({"under": "x"}, "没有找到这个地方"),
        ({"under": "999999"}, "没有找到这个地方"),
        ({"q": "没有的地方"}, "换一个写法试试"),
        ({"q": "长" * 50}, "请写短一些"),
        ({"q": "教学点", "page": "99"}, "找到 3 个地方"),
        ({"q": "教学点", "page": "-x"}, "找到 3 个地方"),
    ],
)
def test_a_strange_query_is_answered_and_told(client, net, path, query, answer):
    response = client.get(path, query)
    assert response.status_code == 200
    assert answer in text(response)


def test_places_are_empty_before_the_import(client):
    assert "这里还没有网点" in text(client.get("/places/"))
    assert client.get("/").status_code == 200


def test_robots_may_read_feeds_and_not_the_admin(client):
    lines = text(client.get("/robots.txt")).splitlines()
    assert "Disallow: /admin/" in lines
    assert "Allow: /feeds/" in lines


def test_no_page_of_the_network_can_be_made_private():
    assert HomePage.private_page_options == []
    assert NetworkNodePage.private_page_options == []


def test_publishing_is_seen_at_the_next_request(client, net):
    client.get(DEEP)
    page = NetworkNodePage.objects.get(pk=net.village.pk)
    page.title = "新的名字"
    page.save_revision().publish()
    assert "新的名字" in text(client.get(DEEP))
    assert Page.objects.get(pk=page.pk).title == "新的名字"
