"""The line that says of which catalogue course an activity is a run."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import caches
from wagtail.models import Locale

from activities.schedule import SHANGHAI
from tests.factories import CourseFactory, small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 2, 12, 0, tzinfo=SHANGHAI)
LINE = "的一个班，看课程介绍"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def course(net):
    return CourseFactory(owner_node=net.county, title="书法入门")


def page_of(client, activity, prefix="") -> str:
    caches["pages"].clear()
    return client.get(prefix + activity.get_url_parts()[2]).content.decode()


def in_english(course, **fields):
    copy = course.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save()
    return copy


def test_a_run_leads_to_its_course(client, net, course):
    page = page_of(client, published_activity(net.village, course=course))
    assert f'href="/courses/{course.pk}/"' in page
    assert f'“<span lang="zh-Hans">书法入门</span>”{LINE}' in page


def test_a_course_that_was_never_published_is_not_told_of(client, net, course):
    course.live = False
    course.save()
    page = page_of(client, published_activity(net.village, course=course))
    assert "书法入门" not in page
    assert f"/courses/{course.pk}/" not in page


def test_an_unpublished_course_is_not_linked_any_more(client, net, course):
    activity = published_activity(net.village, course=course)
    course.save_revision().publish()
    course.unpublish()
    assert LINE not in page_of(client, activity)


def test_the_course_is_named_in_the_readers_language(client, net, course):
    activity = published_activity(net.village, course=course)
    in_english(course, title="A draft", live=False)
    page = page_of(client, activity, "/en")
    assert '<span lang="zh-Hans">书法入门</span>' in page
    assert "A draft" not in page


def test_a_translated_course_is_linked_in_its_translation(
    client, net, course, django_assert_max_num_queries
):
    activity = published_activity(net.village, course=course)
    english = in_english(course, title="First strokes", live=True)
    address = f"/en{activity.get_url_parts()[2]}"
    client.get(f"/en{net.city.get_url_parts()[2]}")  # site roots are cached for long
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert f'href="/en/courses/{english.pk}/"' in page
    assert '<span lang="en">First strokes</span>' in page


def test_a_course_taken_back_is_not_told_of_in_another_language(client, net, course):
    activity = published_activity(net.village, course=course)
    in_english(course, title="First strokes", live=True)
    type(course).objects.filter(pk=course.pk).update(live=False)
    assert "First strokes" not in page_of(client, activity, "/en")
