import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from wagtail.models import Locale

from courses_catalog.models import Course
from home.models import ContentVersion
from tests.factories import ActivityPageFactory, CourseFactory, small_network

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def course(net):
    course = CourseFactory(
        owner_node=net.county,
        title="书法入门十二讲",
        summary="从坐姿讲起",
        audiences=["older_people"],
    )
    course.tags.add("毛笔")
    course.save()
    return course


def text(client, address) -> str:
    return client.get(address).content.decode()


def test_the_page_says_what_for_whom_and_by_whom(client, course):
    html = text(client, course.get_absolute_url())

    for said in ("书法入门十二讲", "从坐姿讲起", "公民素养", "老年人", "毛笔"):
        assert said in html
    assert "濂溪区社区大学" in html


@time_machine.travel(NOW, tick=False)
def test_the_page_lists_the_next_meeting_of_each_run(client, net, course):
    for title, days in (("周三下午班", 8), ("周二上午班", 1)):
        ActivityPageFactory(
            parent=net.village,
            title=title,
            course=course,
            weekly=True,
            starts_at=NOW + dt.timedelta(days=days),
        ).save_revision().publish()

    html = text(client, course.get_absolute_url())

    assert html.count('class="event ') == 2
    assert html.index("周二上午班") < html.index("周三下午班")


def test_without_a_run_the_page_says_whom_to_ask(client, net, course):
    html = text(client, course.get_absolute_url())

    assert "这门课现在没有班" in html
    assert net.county.url in html


def test_a_draft_has_no_page(client, net):
    course = CourseFactory(owner_node=net.county, live=False)

    assert client.get(course.get_absolute_url()).status_code == 404
    assert course.title not in text(client, reverse("courses"))


def test_what_is_only_drafted_is_not_public(client, course):
    course.title = "国画入门"
    course.save_revision()

    assert "国画入门" not in text(client, course.get_absolute_url())


def test_publishing_makes_cached_pages_stale(client, course):
    text(client, course.get_absolute_url())
    course.title = "国画入门"
    before = ContentVersion.current()
    course.save_revision().publish()

    assert ContentVersion.current() > before
    assert "国画入门" in text(client, course.get_absolute_url())


@pytest.mark.parametrize(("end", "status"), [("unpublish", 410), ("delete", 404)])
def test_what_is_withdrawn_has_no_page(client, course, end, status):
    address = course.get_absolute_url()
    assert published(course).title in text(client, address)
    getattr(Course.objects.get(pk=course.pk), end)()

    answer = client.get(address)
    assert answer.status_code == status
    assert ("这一页已经撤下" in answer.content.decode()) is (status == 410)


def test_the_list_filters_by_theme(client, net, course):
    CourseFactory(owner_node=net.county, title="太空课", theme="science")

    everything = text(client, reverse("courses"))
    science = text(client, reverse("courses") + "?theme=science")

    assert course.title in everything
    assert "太空课" in everything
    assert course.title not in science
    assert "太空课" in science


def test_a_theme_nobody_knows_is_named_and_ignored(client, course):
    html = text(client, reverse("courses") + "?theme=nonsense&page=abc")

    assert "网址里的筛选条件我们不认识" in html
    assert course.title in html


def test_an_empty_theme_says_what_else_there_is(client, net):
    html = text(client, reverse("courses") + "?theme=mind")

    assert "这里还没有课程" in html


def test_the_list_has_pages_and_few_queries(client, net, django_assert_max_num_queries):
    CourseFactory.create_batch(25, owner_node=net.county)
    text(client, reverse("courses") + "?theme=mind")

    with django_assert_max_num_queries(12):
        first = text(client, reverse("courses"))
    second = text(client, reverse("courses") + "?page=2")

    assert first.count('class="event ') == 20
    assert second.count('class="event ') == 5


def test_the_page_costs_few_queries(client, course, django_assert_max_num_queries):
    text(client, reverse("courses"))  # the site's settings come into being once

    with django_assert_max_num_queries(12):
        text(client, course.get_absolute_url())


def translated(course) -> Course:
    english = Locale.objects.get_or_create(language_code="en")[0]
    copy = course.copy_for_translation(english)
    copy.title = "Calligraphy in twelve lessons"
    copy.live = True
    copy.save()
    return copy


def test_each_reader_finds_a_translated_course_once_in_her_language(client, course):
    translated(course)

    chinese = text(client, reverse("courses"))
    english = text(client, "/en/courses/")

    assert course.title in chinese
    assert "Calligraphy" not in chinese
    assert "Calligraphy" in english
    assert course.title not in english


def test_the_page_is_shown_in_the_language_of_the_reader(client, course):
    translated(course)

    assert "Calligraphy" in text(client, f"/en/courses/{course.pk}/")
    assert course.title in text(client, f"/courses/{course.pk}/")


def test_an_untranslated_course_says_which_language_it_is_in(client, course):
    html = text(client, f"/en/courses/{course.pk}/")

    assert f'<h1 lang="zh-Hans">{course.title}</h1>' in html


def test_the_pages_are_the_same_for_everybody(client, course):
    for address in (reverse("courses"), course.get_absolute_url()):
        response = client.get(address)
        assert response.headers["Cache-Control"] == "public, no-cache"
        assert not response.cookies


def english_addresses(course, english) -> list[str]:
    return [f"/en/courses/{course.pk}/", f"/en/courses/{english.pk}/"]


def published(course) -> Course:
    course.save_revision().publish()
    return Course.objects.get(pk=course.pk)


def test_a_translation_is_public_only_as_long_as_its_original_is(client, course):
    english = published(translated(published(course)))
    addresses = english_addresses(course, english)
    assert all(client.get(address).status_code == 200 for address in addresses)

    Course.objects.get(pk=course.pk).unpublish()
    assert [client.get(a).status_code for a in addresses] == [410, 410]
    assert "Calligraphy" not in text(client, "/en/courses/")
    assert Course.objects.get(pk=english.pk).live

    published(Course.objects.get(pk=course.pk))
    assert all(client.get(address).status_code == 200 for address in addresses)
    assert "Calligraphy" in text(client, "/en/courses/")


def test_the_original_stays_public_without_its_translation(client, course):
    english = published(translated(published(course)))
    english.unpublish()

    assert course.title in text(client, "/en/courses/")
    assert client.get(f"/courses/{course.pk}/").status_code == 200
    assert client.get(f"/en/courses/{english.pk}/").status_code == 410


def test_a_course_that_is_deleted_takes_its_translation_with_it(client, course):
    english = published(translated(published(course)))
    pk = course.pk
    Course.objects.get(pk=pk).delete()

    assert "Calligraphy" not in text(client, "/en/courses/")
    assert client.get(f"/en/courses/{english.pk}/").status_code == 410


def test_deleting_a_translation_leaves_the_original(client, course):
    published(translated(published(course))).delete()

    assert course.title in text(client, "/en/courses/")


def test_a_course_first_written_in_english_is_public_by_itself(client, net):
    english = Locale.objects.get_or_create(language_code="en")[0]
    CourseFactory(owner_node=net.county, title="Tai chi", locale=english)

    assert "Tai chi" in text(client, reverse("courses"))
