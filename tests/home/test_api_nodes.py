"""The JSON API: what all its answers have in common, and its places."""

import pytest
import time_machine
from django.urls import reverse
from wagtail.models import Locale

from home import api_access
from home.models import NetworkNodePage
from tests.factories import small_network
from tests.factories.network import NodeFactory

pytestmark = pytest.mark.django_db
NODES = "/api/v1/nodes"


@pytest.fixture
def net():
    return small_network()


def names(answer) -> list[str]:
    return [each["name"] for each in answer.json()["results"]]


def test_the_places_are_listed_from_the_city_down(client, net):
    answer = client.get(NODES)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert names(answer)[:4] == [
        net.city.title,
        net.county.title,
        net.township.title,
        net.village.title,
    ]
    assert answer.json()["count"] == 8


def test_a_place_says_where_it_stands(client, net):
    place = client.get(f"{NODES}/{net.village.pk}").json()
    assert place["parent"] == net.township.pk
    assert place["level"] == {"code": "teaching_point", "label": "村（社区）教学点"}
    assert place["full_name"].endswith(net.village.title)
    assert place["url"].startswith("http")
    assert client.get(f"{NODES}/{net.city.pk}").json()["parent"] is None


def test_a_place_filter_takes_all_below_by_key_and_by_code(client, net):
    NetworkNodePage.objects.filter(pk=net.township.pk).update(
        division_code="360402001000"
    )
    below = [net.township.title, net.village.title, net.sibling_village.title]
    for value in (net.township.pk, "360402001000"):
        assert names(client.get(NODES, {"place": value})) == below


def test_levels_narrow_together(client, net):
    asked = {"level": ["city_centre", "county_college"], "place": net.city.pk}
    found = names(client.get(NODES, asked))
    assert found == [net.city.title, net.county.title, net.other_county.title]


def test_pages_lead_from_one_to_the_next_and_keep_the_filter(client, net):
    answer = client.get(NODES, {"per_page": 2, "level": "teaching_point"}).json()
    assert len(answer["results"]) == 2
    assert answer["next"].endswith(f"{NODES}?per_page=2&level=teaching_point&page=2")
    path = answer["next"].partition(NODES)[2]
    last = client.get(NODES + path).json()
    assert len(last["results"]) == 1
    assert last["next"] is None
    assert client.get(NODES, {"page": 9999}).json()["results"] == []


def test_a_hidden_place_is_in_no_list_and_said_to_be_gone(client, net):
    net.other_village.unpublish()
    assert net.other_village.title not in names(client.get(NODES))
    assert client.get(f"{NODES}/{net.other_village.pk}").status_code in (404, 410)
    assert client.get(NODES, {"place": net.other_village.pk}).status_code == 404


def test_a_place_is_named_in_the_language_asked_for(client, net):
    english, _made = Locale.objects.get_or_create(language_code="en")
    copy = net.city.copy_for_translation(english, copy_parents=True)
    copy.title, copy.live = "Guidance Centre", True
    copy.save()
    place = client.get(f"{NODES}/{net.city.pk}", {"lang": "en"})
    assert place.json()["name"] == "Guidance Centre"
    assert place.json()["language"] == "en"
    assert place.headers["Content-Language"] == "en"
    other = client.get(f"{NODES}/{net.county.pk}", {"lang": "en"}).json()
    assert (other["name"], other["language"]) == (net.county.title, "zh-Hans")
    here = client.get(f"{NODES}/{net.city.pk}", HTTP_ACCEPT_LANGUAGE="en")
    assert here.json()["name"] == net.city.title
    assert copy.title not in names(client.get(NODES, {"per_page": 100}))


def test_a_list_costs_the_same_however_long(client, net, django_assert_max_num_queries):
    for _each in range(20):
        NodeFactory(parent=net.township)
    with django_assert_max_num_queries(12):
        client.get(NODES, {"per_page": 100, "place": net.county.pk, "lang": "en"})


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("per_page=101", "per_page"),
        ("per_page=1.0", "per_page"),
        ("page=0", "page"),
        ("page=99999999999999999999999999", "page"),
        ("page=%D9%A1", "page"),
        ("page=1&page=2", "page"),
        ("level=village", "level"),
        ("level=city_centre&level=x", "level"),
        ("place=%00", "place"),
        ("place=-1", "place"),
        ("place=9999999999", "place"),
        ("place=", "place"),
        ("lang=fr", "lang"),
        ("tema=civic", "tema"),
        ("%F0%9F%8D%B5=%FF", "🍵"),
    ],
)
def test_a_filter_that_makes_no_sense_is_named(client, net, query, name):
    answer = client.get(f"{NODES}?{query}")
    assert answer.status_code == 422
    assert f"参数 {name}：" in answer.json()["detail"]


def test_an_error_is_said_in_the_language_asked_for(client, net):
    answer = client.get(f"{NODES}?lang=en&page=x")
    assert answer.json()["detail"].startswith("The parameter page")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/nodes/999999999", 404),
        ("/api/v1/nodes/999999999999999999999999", 422),
        ("/api/v1/nodes/abc", 422),
        ("/api/v1/nodes/", 404),
        ("/api/v1/nodes?place=999999999", 404),
        ("/api/v1/%00", 404),
        ("/api/v2/nodes", 404),
        ("/api/", 404),
    ],
)
def test_what_is_not_there_is_json_too(client, net, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.json()["detail"]


def test_an_answer_is_validated_and_kept(client, net, django_assert_num_queries):
    first = client.get(NODES)
    with django_assert_num_queries(1):
        again = client.get(NODES, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 304
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_what_is_published_shows_at_once(client, net):
    before = client.get(NODES).headers["ETag"]
    net.county.title = "新名字"
    net.county.save_revision().publish()
    after = client.get(NODES, HTTP_IF_NONE_MATCH=before)
    assert after.status_code == 200
    assert "新名字" in names(after)


def test_any_site_may_read_and_nobody_write(client, net):
    assert client.get(NODES).headers["Access-Control-Allow-Origin"] == "*"
    asked_first = client.options(NODES)
    assert asked_first.status_code == 204
    assert "If-None-Match" in asked_first.headers["Access-Control-Allow-Headers"]
    for method in (client.post, client.put, client.patch, client.delete):
        refused = method(NODES)
        assert refused.status_code == 405
        assert refused.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert refused.json()["detail"]


def test_head_is_get_without_a_body(client, net):
    whole, head = client.get(NODES), client.head(NODES)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(whole.content))


def test_an_address_that_asks_too_often_waits(
    client, net, monkeypatch, time_machine_at
):
    monkeypatch.setattr(api_access, "REQUESTS_A_MINUTE", 3)
    statuses = [client.get(NODES).status_code for _each in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = client.get(NODES)
    assert refused.headers["Retry-After"] == "30"
    assert "30 秒" in refused.json()["detail"]
    assert client.get(NODES, REMOTE_ADDR="10.0.0.9").status_code == 200
    assert client.get(reverse("robots")).status_code == 200
    time_machine_at.shift(30)
    assert client.get(NODES).status_code == 200


@pytest.fixture
def time_machine_at():
    with time_machine.travel("2026-11-24T02:00:30+00:00", tick=False) as traveller:
        yield traveller


def test_the_description_is_open_and_loads_nothing_from_elsewhere(client):
    described = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/nodes" in described["paths"]
    assert client.get("/api/v1/docs").status_code == 404
    for path in described["paths"].values():
        assert set(path) == {"get"}
        for parameter in path["get"].get("parameters", []):
            named = parameter["schema"].get("description") or parameter["name"] == "pk"
            assert named or parameter.get("description")
