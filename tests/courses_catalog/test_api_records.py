"""Courses, resources, series and teachers in the JSON API."""

import pytest
from wagtail.models import Locale

from courses_catalog.models import CourseResource, SeriesCourse
from courses_catalog.vocabulary import ShareScope
from tests.factories import (
    CourseFactory,
    ResourceFactory,
    SeriesFactory,
    TeacherFactory,
    small_network,
)

pytestmark = pytest.mark.django_db
KINDS = {
    "courses": CourseFactory,
    "resources": ResourceFactory,
    "series": SeriesFactory,
    "teachers": TeacherFactory,
}
each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def net():
    return small_network()


def titles(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [each["title"] for each in answer.json()["results"]]


def english(record, title: str):
    locale, _made = Locale.objects.get_or_create(language_code="en")
    copy = record.copy_for_translation(locale)
    copy.title = title
    copy.save()
    return copy


@each_kind
def test_only_what_is_published_for_everybody_is_told(client, net, kind):
    make = KINDS[kind]
    make(owner_node=net.county, title="公开")
    hidden = [
        make(owner_node=net.county, share_scope=scope)
        for scope in ShareScope.values
        if scope != ShareScope.PUBLIC
    ]
    hidden.append(make(owner_node=net.county, live=False))
    assert titles(client.get(f"/api/v1/{kind}")) == ["公开"]
    for record in hidden:
        assert client.get(f"/api/v1/{kind}/{record.pk}").status_code in (404, 410)


@each_kind
def test_a_detail_says_what_the_list_said(client, net, kind):
    KINDS[kind](owner_node=net.county, hours="1.5", licence="CC-BY-4.0")
    line = client.get(f"/api/v1/{kind}").json()["results"][0]
    detail = client.get(f"/api/v1/{kind}/{line['id']}").json()
    assert {name: detail[name] for name in line} == line
    assert line["hours"] == 1.5
    assert line["owner"]["id"] == net.county.pk


@each_kind
def test_filters_narrow(client, net, kind):
    make = KINDS[kind]
    make(owner_node=net.village, title="a", theme="skills", level="beginner")
    make(owner_node=net.county, title="b", audiences=["older_people", "officials"])
    make(owner_node=net.other_county, title="c", theme="skills")
    for asked, wanted in (
        ({"place": net.county.pk}, ["a", "b"]),
        ({"theme": "skills"}, ["a", "c"]),
        ({"level": "beginner"}, ["a"]),
        ({"audience": "older_people"}, ["b"]),
        ({"audience": ["officials", "farmers"]}, ["b"]),
        ({"audience": "farmers"}, []),
        ({"theme": "skills", "place": net.village.pk}, ["a"]),
    ):
        assert titles(client.get(f"/api/v1/{kind}", asked)) == wanted, asked


@each_kind
@pytest.mark.parametrize("query", ["level=x", "kind=x", "audience=%00", "theme=a,b"])
def test_a_filter_that_makes_no_sense_is_named(client, net, kind, query):
    answer = client.get(f"/api/v1/{kind}?{query}")
    assert answer.status_code == 422
    assert query.partition("=")[0] in answer.json()["detail"]


@each_kind
def test_a_record_is_told_once_in_the_language_asked_for(client, net, kind):
    record = KINDS[kind](owner_node=net.county, title="书法")
    record.tags.add("毛笔")
    record.save()
    english(record, "Calligraphy")
    address = f"/api/v1/{kind}"
    assert titles(client.get(address)) == ["书法"]
    told = client.get(address, {"lang": "en"}).json()["results"]
    assert [each["title"] for each in told] == ["Calligraphy"]
    assert told[0]["language"] == "en"
    assert told[0]["tags"] == ["毛笔"]
    one = client.get(f"{address}/{record.pk}", {"lang": "en"}).json()
    assert one["title"] == "Calligraphy"


@each_kind
def test_a_list_costs_the_same_however_long(
    client, net, kind, django_assert_max_num_queries
):
    for place in (net.village, net.county, net.other_county, net.city):
        record = KINDS[kind](owner_node=place)
        english(record, "x")
    with django_assert_max_num_queries(12):
        asked = {"lang": "en", "place": net.city.pk}
        assert client.get(f"/api/v1/{kind}", asked).json()["count"] == 4


def test_a_resource_says_where_it_lies(client, net):
    made = ResourceFactory(
        owner_node=net.county, kind="video", link="https://v.example/1", duration=12
    )
    told = client.get(f"/api/v1/resources/{made.pk}").json()
    assert told["link"] == "https://v.example/1"
    assert (told["minutes"], told["kind"]["code"]) == (12, "video")
    assert told["file_url"] == ""


def test_a_course_leads_to_its_public_resources_and_a_series_to_its_courses(
    client, net
):
    course = CourseFactory(owner_node=net.county, title="书法", syllabus="横\n竖")
    for title, scope in (("公开", "public"), ("自己的", "own")):
        resource = ResourceFactory(
            owner_node=net.county, title=title, share_scope=scope
        )
        CourseResource.objects.create(course=course, resource=resource)
    series = SeriesFactory(owner_node=net.county)
    SeriesCourse.objects.create(series=series, course=course)
    told = client.get(f"/api/v1/courses/{course.pk}").json()
    assert told["lessons"] == ["横", "竖"]
    assert [each["title"] for each in told["resources"]] == ["公开"]
    told = client.get(f"/api/v1/series/{series.pk}").json()
    assert told["courses"] == [{"id": course.pk, "title": "书法"}]


@pytest.mark.parametrize("kind", ["courses", "resources"])
def test_a_record_says_which_platform_made_it(client, net, kind):
    ours = KINDS[kind](owner_node=net.county)
    theirs = KINDS[kind](
        owner_node=net.county,
        source="别的平台",
        source_link="https://edu.example/1",
        source_rights="仅供个人学习",
    )
    url = f"/api/v1/{kind}/"
    assert client.get(f"{url}{ours.pk}").json()["source"] is None
    assert client.get(f"{url}{theirs.pk}").json()["source"] == {
        "name": "别的平台",
        "url": "https://edu.example/1",
        "rights": "仅供个人学习",
    }
