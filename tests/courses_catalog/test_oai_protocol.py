"""What a harvester may ask, and how it is told that it asked wrongly."""

import re

import pytest
from defusedxml import ElementTree

from tests.courses_catalog.oai_requests import (
    NAMES,
    PROVIDER,
    asked,
    error_of,
    headers_of,
    texts,
)
from tests.factories import (
    CourseFactory,
    ResourceFactory,
    SeriesFactory,
    small_network,
)

pytestmark = pytest.mark.django_db
DC = {"metadataPrefix": "oai_dc"}


@pytest.fixture
def net():
    return small_network()


def test_the_repository_says_who_it_is(client, net, settings):
    settings.BASE_URL = "https://shexue.example"
    root = asked(client, "Identify")
    said = root.find("oai:Identify", NAMES)
    assert [child.tag.rpartition("}")[2] for child in said] == [
        "repositoryName",
        "baseURL",
        "protocolVersion",
        "adminEmail",
        "earliestDatestamp",
        "deletedRecord",
        "granularity",
    ]
    assert texts(said, "oai:baseURL") == ["https://shexue.example/oai"]
    assert texts(said, "oai:deletedRecord") == ["persistent"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said[4].text)
    assert root.find("oai:request", NAMES).get("verb") == "Identify"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Delete", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&x=1", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListSets&set=theme", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=a&set=b", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=", "badArgument"),
        (
            "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01",
            "badArgument",
        ),
        (
            "verb=ListRecords&metadataPrefix=oai_dc"
            "&from=2026-01-02&until=2026-01-03T00:00:00Z",
            "badArgument",
        ),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1990-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=nothing", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=series:999", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=series:x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=node:1:999", "noRecordsMatch"),
        ("verb=ListIdentifiers&metadataPrefix=oai_dc&until=9999-12-31", ""),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=x", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=x", "idDoesNotExist"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(client, net, query, code):
    CourseFactory(owner_node=net.village)
    response = client.get(f"{PROVIDER}?{query}")
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert error_of(ElementTree.fromstring(response.content)) == code


@pytest.mark.parametrize(
    "key", ["course/{pk}0", "course/0{pk}", "resource/{pk}", "course/", "course/²"]
)
def test_a_key_is_spelled_in_one_way(client, net, key):
    course = CourseFactory(owner_node=net.village)
    identifier = f"oai:127.0.0.1:{key.replace('{pk}', str(course.pk))}"
    root = asked(client, "GetRecord", identifier=identifier, **DC)
    assert error_of(root) == "idDoesNotExist"


def test_get_and_post_say_the_same(client, net):
    CourseFactory(owner_node=net.village)
    query = {"verb": "ListIdentifiers", **DC}
    got, posted = client.get(PROVIDER, query), client.post(PROVIDER, query)
    date = re.compile(rb"<responseDate>.*?</responseDate>")
    assert date.sub(b"", got.content) == date.sub(b"", posted.content)
    assert client.put(PROVIDER).status_code == 405


def test_both_formats_are_offered(client, net):
    course = CourseFactory(owner_node=net.village)
    for arguments in ({}, {"identifier": f"oai:127.0.0.1:course/{course.pk}"}):
        root = asked(client, "ListMetadataFormats", **arguments)
        prefixes = texts(root, ".//oai:metadataPrefix")
        assert prefixes == ["oai_dc", "lom"]


def test_sets_go_down_the_network(client, net):
    course = CourseFactory(owner_node=net.village)
    CourseFactory(owner_node=net.other_village, theme="health")
    series = SeriesFactory(owner_node=net.city, theme="skills")
    way = [net.city, net.county, net.township, net.village]
    root = asked(client, "ListSets")
    specs = texts(root, ".//oai:setSpec")
    for end in range(1, 5):
        spec = ":".join(["node", *(str(node.pk) for node in way[:end])])
        assert spec in specs
        found = headers_of(asked(client, "ListIdentifiers", set=spec, **DC))
        expected = 1 if end > 1 else 3
        assert len(found) == expected
        assert f"course/{course.pk}" in found
    skipping = f"node:{net.city.pk}:{net.village.pk}"
    root = asked(client, "ListIdentifiers", set=skipping, **DC)
    assert error_of(root) == "noRecordsMatch"
    assert f"series:{series.pk}" in specs and "theme:health" in specs
    root = asked(client, "ListIdentifiers", set="theme:health", **DC)
    assert len(headers_of(root)) == 1


def test_sets_are_paged(client, net, monkeypatch):
    monkeypatch.setattr("courses_catalog.oai.provider.SETS_PAGE", 4)
    specs, arguments = [], {}
    while True:
        root = asked(client, "ListSets", **arguments)
        specs += texts(root, ".//oai:setSpec")
        [token] = root.findall(".//oai:resumptionToken", NAMES)
        if not token.text:
            break
        arguments = {"resumptionToken": token.text}
    assert len(specs) == len(set(specs)) == int(token.get("completeListSize")) == 16


def test_a_page_takes_the_same_queries_for_any_number(
    client, net, django_assert_max_num_queries
):
    for number in range(60):
        CourseFactory(owner_node=net.village, title=f"剪纸{number}")
        ResourceFactory(owner_node=net.other_village)
        SeriesFactory(owner_node=net.township)
    with django_assert_max_num_queries(25):
        root = asked(client, "ListRecords", **DC)
    assert len(headers_of(root)) == 100


def test_the_answer_is_kept_by_nobody(client, net):
    response = client.get(f"{PROVIDER}?verb=Identify")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
