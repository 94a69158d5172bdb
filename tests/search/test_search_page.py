import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from activities.models import ActivityPage
from search import outbox, rebuild
from tests.factories import ActivityPageFactory, CourseFactory, small_network

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def publish(**fields) -> ActivityPage:
    activity = ActivityPageFactory(**fields)
    activity.save_revision().publish()
    return activity


@pytest.fixture
def net(engine_in_use):
    """Two calligraphy classes in two counties, one talk, one course."""
    net = small_network()
    net.activity = publish(
        parent=net.village,
        title="书法班",
        weekly=True,
        audiences=["older_people"],
        starts_at=NOW + dt.timedelta(hours=2),
    )
    publish(parent=net.other_village, title="少儿书法", theme="science")
    publish(parent=net.village, title="防诈骗讲座", theme="health")
    net.course = CourseFactory(owner_node=net.county, title="书法入门十二讲")
    rebuild.rebuild()
    return net


@pytest.fixture
def page(client):
    def get(query: str) -> str:
        return client.get(f"{reverse('search')}?{query}").content.decode()

    return get


@pytest.mark.parametrize("typed", ["书", "书法", "shufa", "書法", "书发"])
def test_the_page_shows_the_class_however_it_is_typed(net, page, typed):
    html = page(f"q={typed}")

    assert "<mark>书" in html
    assert net.activity.url in html


def test_an_activity_is_a_row_with_its_day_and_place(net, page):
    html = page("q=书法班")

    assert 'datetime="2026-11-24"' in html
    assert "濂溪社区教学点" in html


def test_what_was_searched_instead_is_said_and_can_be_undone(net, page):
    html = page("q=书发")

    assert "没有找到“书发”，已为您搜索读音相同的 <b>书法</b>，找到 3 条。" in html
    assert 'href="?q=%E4%B9%A6%E5%8F%91&amp;exact=1"' in html
    assert "没有找到“书发”" in page("q=书发&exact=1")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("kind=course", {"书法入门十二讲"}),
        ("kind=course&kind=activity", {"书法班", "少儿书法", "书法入门十二讲"}),
        ("theme=science", {"少儿书法"}),
        ("audience=older_people", {"书法班"}),
        ("when=today", {"书法班"}),
        ("when=later", {"书法班", "少儿书法"}),
    ],
)
def test_filters_narrow_the_results(net, client, query, titles):
    response = client.get(f"{reverse('search')}?q=书法&{query}")

    found = {hit.title for hit in response.context["results"].hits}
    assert found == titles


def test_two_words_of_which_one_is_unknown_find_the_other_and_say_so(net, page):
    html = page("q=书法游泳池")

    assert "没有找到与“书法游泳池”完全相符的。" in html
    assert net.activity.url in html


def test_a_place_means_its_whole_subtree_and_leads_down(net, client):
    response = client.get(reverse("search"), {"q": "书法", "place": net.county.pk})

    found = {hit.title for hit in response.context["results"].hits}
    assert found == {"书法班", "书法入门十二讲"}
    labels = [
        link.label
        for group in response.context["facets"].groups
        if group.label == "地方"
        for link in group.links
    ]
    assert labels == ["全市", "濂溪区社区大学", "十里街道社区学校"]


def test_filters_that_leave_nothing_offer_the_way_back(net, page):
    html = page("q=防诈骗&theme=science")

    assert "这样缩小范围以后，一条也没有" in html
    assert 'href="?q=%E9%98%B2%E8%AF%88%E9%AA%97"' in html


@pytest.mark.parametrize(
    "query",
    [
        "q=书法&theme=nonsense",
        "q=书法&place=999999",
        "q=书法&place=abc",
        "q=书法&when=never",
    ],
)
def test_an_unknown_filter_is_named_and_ignored(net, page, query):
    html = page(query)

    assert "网址里有我们不认识的筛选条件，已经忽略。" in html
    assert "<mark>书法</mark>班" in html


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=99", "page=-1", "page=x", "q=%00", "q=%F0", "page=9&q=书"],
)
def test_an_odd_address_is_a_page(net, client, query):
    assert client.get(f"{reverse('search')}?{query}").status_code == 200


def test_a_long_query_is_cut_and_says_so(net, page):
    assert "只搜索了前 64 个字" in page(f"q={'书' * 80}")


def test_nothing_found_helps(net, page):
    html = page("q=防诈水")

    assert "没有找到“防诈水”" in html
    assert "您是不是想找" in html
    assert ">防诈骗讲座</a>" in html
    assert "按主题看" in html


@pytest.mark.parametrize("typed", ["fzzzqq", "fzpppp"])
def test_initials_of_anything_are_not_offered_instead(net, page, typed):
    html = page(f"q={typed}")
    assert f"没有找到“{typed}”" in html
    assert ">防诈骗讲座</a>" not in html


@pytest.mark.parametrize("typed", ["长辈版", "长者版", "关怀版", "長者版"])
def test_the_elder_version_is_found_by_its_names(net, page, typed):
    html = page(f"q={typed}")

    assert "打开长者版" in html
    assert reverse("switch_version") + "?to=elder" in html


def test_what_was_typed_is_shown_as_text(net, page):
    html = page("q=<script>alert(1)</script>")

    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_pages_keep_the_query(net, client):
    for number in range(25):
        publish(parent=net.village, title=f"书画欣赏第{number}期")
    outbox.drain()

    first = client.get(reverse("search"), {"q": "书画"})
    second = client.get(reverse("search"), {"q": "书画", "page": 2})

    assert len(first.context["cards"]) == 20
    assert len(second.context["cards"]) == 5
    assert "?q=%E4%B9%A6%E7%94%BB&amp;page=2" in first.content.decode()


@pytest.mark.parametrize(
    "query",
    ["q=书", "q=书发", "q=没有的东西", "q=书法&place={place}&kind=activity", ""],
)
def test_a_result_page_costs_few_queries(
    net, client, query, django_assert_max_num_queries
):
    address = f"{reverse('search')}?{query.format(place=net.township.pk)}"
    client.get(address.replace("q=", "q=x"))

    with django_assert_max_num_queries(12):
        client.get(address)


def test_the_page_is_the_same_for_everybody(net, client):
    response = client.get(reverse("search"), {"q": "书法"})

    assert response.headers["Cache-Control"] == "public, no-cache"
    assert not response.cookies


def test_suggestions_come_by_title_pinyin_and_initials(net, client):
    for typed in ("书法", "shufab", "sfb", "入门"):
        found = client.get(reverse("search_suggest"), {"q": typed}).json()
        assert found["suggestions"], typed
    titles = [s["title"] for s in found["suggestions"]]
    assert titles == ["书法入门十二讲"]


def test_nothing_typed_suggests_nothing(net, client):
    assert client.get(reverse("search_suggest")).json() == {"suggestions": []}


def test_the_english_page_answers_too(net, client):
    html = client.get("/en/search/", {"q": "shufa"}).content.decode()

    assert "书法班" in strip_tags(html)
    assert 'lang="zh-Hans"' in html
