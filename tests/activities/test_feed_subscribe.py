"""The page to subscribe from: which calendar, how to take it, for everybody alike."""

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.urls import reverse

from activities.feeds.subscribe_views import webcal
from activities.feeds.subscription import wanted
from tests.activities.feed_rows import NOW, activity_at, at, session_of
from tests.factories import small_network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine, settings):
    cache.clear()
    time_machine.move_to(NOW, tick=False)
    settings.BASE_URL = "https://shexue.example"


@pytest.fixture
def net():
    return small_network()


def page(client, **query) -> str:
    answer = client.get(reverse("subscribe"), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("query", "feed", "name"),
    [
        ("", "city.ics", "全市的全部活动"),
        ("place={city}", "city.ics", "全市的全部活动"),
        ("theme=health", "theme/health.ics", "全市的“安全健康”活动"),
        ("place={village}", "node/{village}.ics", "濂溪社区教学点的全部活动"),
        ("node={village}", "node/{village}.ics", "濂溪社区教学点的全部活动"),
        (
            "place={county}&place=&theme=civic",
            "node/{county}/civic.ics",
            "濂溪区社区大学的“公民素养”活动",
        ),
        ("activity={activity}", "activity/{activity}.ics", "书法班"),
        ("activity={activity}&place={village}", "activity/{activity}.ics", "书法班"),
    ],
)
def test_an_address_chooses_the_calendar(client, net, query, feed, name):
    keys = {
        "activity": activity_at(net.village).pk,
        **{key: node.pk for key, node in vars(net).items() if key != "home"},
    }
    found = wanted(QueryDict(query.format(**keys)))
    assert found.feed == "https://shexue.example/feeds/" + feed.format(**keys)
    assert found.name.endswith(name)
    assert found.notices == []
    path = found.feed.removeprefix("https://shexue.example")
    assert client.get(path).status_code == 200


def test_every_way_to_take_it_is_on_the_page(client, net):
    text = page(client, place=net.village.pk)
    feed = f"shexue.example/feeds/node/{net.village.pk}.ics"
    assert f'value="https://{feed}"' in text
    assert f'href="webcal://{feed}"' in text
    assert f'href="https://{feed}" download' in text
    assert "<svg" in text and 'role="img"' in text
    for phone in ("苹果手机", "华为、荣耀手机", "小米、红米手机", "微信"):
        assert phone in text
    assert text.index("谷歌日历") > text.index("电脑")


def test_the_page_is_the_same_for_everybody_and_kept(client, net):
    answer = client.get(reverse("subscribe"))
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, no-cache"
    assert "csrfmiddlewaretoken" not in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"place": "999999"}, "没有找到这个地方"),
        ({"place": "abc"}, "没有找到这个地方"),
        ({"theme": "dancing"}, "没有这一类内容"),
        ({"activity": "999999"}, "没有找到这个活动"),
        ({"activity": "x'; --"}, "没有找到这个活动"),
        ({"activity": "9" * 40, "place": "9" * 40}, "没有找到"),
        ({"theme": "\0"}, "没有这一类内容"),
    ],
)
def test_what_is_not_known_is_said_and_the_rest_shown(client, net, query, said):
    text = page(client, **query)
    assert said in text
    assert "https://shexue.example/feeds/city.ics" in text


def test_a_hidden_activity_is_not_named(client, net):
    activity = activity_at(net.village, title="写错了的活动", live=False)
    assert "写错了" not in page(client, activity=activity.pk)


def test_it_says_how_many_a_week_to_expect(client, net):
    activity = activity_at(net.village)
    for day in range(2, 12):
        session_of(activity, at(day))
    session_of(activity, at(28, month=2))
    assert "约每周 3 场" in page(client, place=net.village.pk)
    assert "还没有安排" in page(client, place=net.other_village.pk)


def test_it_is_read_in_few_queries(client, net, django_assert_max_num_queries):
    session_of(activity_at(net.village), at(8))
    with django_assert_max_num_queries(12):
        page(client, place=net.village.pk, theme="civic")


def test_the_calendar_scheme_keeps_host_and_path():
    assert webcal("https://a.example/feeds/x.ics") == "webcal://a.example/feeds/x.ics"
    assert webcal("") == ""
