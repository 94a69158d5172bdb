"""What is listed for search engines, and the drawing browsers ask for."""

import re

import pytest
from django.core.cache import cache
from wagtail.models import Locale

from tests.factories import CourseFactory, small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db
HOST = "https://shexue.example"


@pytest.fixture(autouse=True)
def host(settings):
    cache.clear()
    settings.BASE_URL = HOST


@pytest.fixture
def net():
    return small_network()


def listed(client, section: str) -> list[str]:
    answer = client.get(f"/sitemap-{section}.xml")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/xml"
    return re.findall("<loc>([^<]+)</loc>", answer.content.decode())


def test_the_list_of_lists_is_named_in_robots(client, net):
    assert f"Sitemap: {HOST}/sitemap.xml" in client.get("/robots.txt").content.decode()
    index = client.get("/sitemap.xml").content.decode()
    sections = re.findall("/sitemap-([a-z]+).xml</loc>", index)
    records = ["courses", "resources", "series", "teachers"]
    assert sections == ["parts", "pages", *records]


def test_parts_are_listed_in_both_languages(client):
    found = listed(client, "parts")
    assert f"{HOST}/calendar/" in found
    assert f"{HOST}/en/calendar/" in found
    for address in found:
        assert client.get(address.removeprefix(HOST)).status_code == 200


def test_every_published_page_is_listed_once_and_answers(client, net):
    activity = published_activity(net.village)
    hidden = published_activity(net.village)
    hidden.unpublish()
    found = listed(client, "pages")
    assert len(found) == len(set(found))
    assert f"{HOST}/" in found
    assert f"{HOST}{net.village.url}" in found
    assert f"{HOST}{activity.url}" in found
    assert f"{HOST}{hidden.url}" not in found
    for address in found:
        assert client.get(address.removeprefix(HOST)).status_code == 200


def test_a_translation_is_listed_while_its_original_is_published(client, net):
    activity = published_activity(net.village)
    english = activity.copy_for_translation(
        Locale.objects.get(language_code="en"), copy_parents=True
    )
    english.starts_at = activity.starts_at
    english.save_revision().publish()
    assert any("/en/" in address for address in listed(client, "pages"))
    activity.unpublish()
    assert not any(english.slug in address for address in listed(client, "pages"))


def test_public_courses_are_listed(client, net):
    course = CourseFactory(owner_node=net.city, live=True)
    CourseFactory(owner_node=net.city, live=False)
    assert listed(client, "courses") == [f"{HOST}{course.get_absolute_url()}"]


def test_the_list_is_asked_in_few_queries(client, net, django_assert_max_num_queries):
    for _number in range(5):
        published_activity(net.village)
    with django_assert_max_num_queries(6):
        listed(client, "pages")


def test_browsers_find_the_drawing_where_they_always_ask(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("logo.svg")
