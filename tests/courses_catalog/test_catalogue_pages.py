"""Pages of courses, resources, series and teachers with all that hangs on them."""

import datetime as dt
import json
import re
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Locale

from courses_catalog.models import CourseResource, CourseTeacher, SeriesCourse
from home.models import ContentVersion
from tests.factories import (
    ActivityPageFactory,
    CourseFactory,
    ResourceFactory,
    SeriesFactory,
    TeacherFactory,
    small_network,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FACTORIES = [CourseFactory, ResourceFactory, SeriesFactory, TeacherFactory]
LISTS = ["courses", "resources", "series_list", "teachers"]


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def course(net):
    course = CourseFactory(
        owner_node=net.county,
        title="书法入门十二讲",
        syllabus="坐姿\n\n 横画 \n",
        level="beginner",
        hours="18.0",
        licence="CC-BY-4.0",
        contributor="甲老师",
        identifier="JJ-17",
    )
    course.tags.add("毛笔", "写字")
    course.save()
    return course


@pytest.fixture
def full(net, course):
    """The course with one of everything on it, `video` among them."""
    video = ResourceFactory(owner_node=net.county, title="坐姿示范", kind="video")
    teacher = TeacherFactory(owner_node=net.county, title="乙老师")
    series = SeriesFactory(owner_node=net.county, title="好课", award="master_teacher")
    like = CourseFactory(owner_node=net.city, title="隶书提高")
    like.tags.add("毛笔")
    like.save()
    CourseResource.objects.create(course=course, resource=video)
    CourseTeacher.objects.create(course=course, teacher=teacher)
    SeriesCourse.objects.create(series=series, course=course)
    return course


def text(client, address) -> str:
    return client.get(address).content.decode()


def run_of(course, node, days=3, **fields):
    page = ActivityPageFactory(
        parent=node, course=course, starts_at=NOW + dt.timedelta(days=days), **fields
    )
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def data_of(html: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    return json.loads(found[1])


def translated(record, **fields):
    english = Locale.objects.get_or_create(language_code="en")[0]
    copy = record.copy_for_translation(english)
    for name, value in {"live": True, **fields}.items():
        setattr(copy, name, value)
    copy.save()
    ContentVersion.grow()
    return copy


def test_a_course_says_what_is_learned_how_long_and_on_what_terms(client, course):
    html = text(client, course.get_absolute_url())

    assert re.search(r"<ol>\s*<li>坐姿</li>\s*<li>横画</li>\s*</ol>", html)
    for said in ("2 讲，18 学时", "入门", "甲老师", "JJ-17", "署名（CC BY 4.0）"):
        assert said in html
    assert 'href="https://creativecommons.org/licenses/by/4.0/deed.zh"' in html


def test_a_course_shows_what_hangs_on_it(client, full):
    html = text(client, full.get_absolute_url())
    for said in ("坐姿示范", "乙老师", "好课", "隶书提高"):
        assert f">{said}<" in html or f"{said}<br>" in html


def test_what_is_not_public_hangs_on_no_page(client, net, course):
    hidden = [
        ResourceFactory(owner_node=net.county, title="草稿", live=False),
        ResourceFactory(owner_node=net.county, title="内部", share_scope="own"),
    ]
    for resource in hidden:
        CourseResource.objects.create(course=course, resource=resource)
    teacher = TeacherFactory(owner_node=net.county, title="丙老师", share_scope="own")
    CourseTeacher.objects.create(course=course, teacher=teacher)

    html = text(client, course.get_absolute_url())
    for title in ("草稿", "内部", "丙老师", "学习资源"):
        assert title not in html


def test_resources_stand_in_the_order_the_editor_gave_them(client, net, course):
    for title, place in (("丙篇", 2), ("甲篇", 0), ("乙篇", 1)):
        resource = ResourceFactory(owner_node=net.county, title=title)
        CourseResource.objects.create(
            course=course, resource=resource, sort_order=place
        )

    html = text(client, course.get_absolute_url())
    assert html.index("甲篇") < html.index("乙篇") < html.index("丙篇")


def test_only_courses_of_the_same_theme_with_a_common_tag_are_like_it(
    client, net, course
):
    for title, theme, tag in (
        ("别的主题", "science", "毛笔"),
        ("别的标签", "civic", "钢笔"),
        ("相近的", "civic", "写字"),
    ):
        other = CourseFactory(owner_node=net.county, title=title, theme=theme)
        other.tags.add(tag)
        other.save()

    html = text(client, course.get_absolute_url())
    assert "相近的" in html
    assert "别的主题" not in html
    assert "别的标签" not in html


@time_machine.travel(NOW, tick=False)
def test_nodes_that_ever_held_the_course_are_named_once(client, net, course):
    run_of(course, net.village)
    run_of(course, net.village, days=9)
    run_of(course, net.sibling_village).unpublish()
    draft = ActivityPageFactory(parent=net.other_village, course=course, live=False)
    assert not draft.first_published_at

    html = text(client, course.get_absolute_url())
    section = html[html.index("在开这门课的网点") :]
    assert section.count(f'href="{net.village.url}"') == 1
    assert section.count(f'href="{net.sibling_village.url}"') == 1
    assert f'href="{net.other_village.url}"' not in section


@time_machine.travel(NOW, tick=False)
def test_search_engines_are_told_of_the_course_and_its_coming_runs(
    client, net, full, settings
):
    run = run_of(full, net.village, title="周五班")
    data = data_of(text(client, full.get_absolute_url()))

    assert data["@type"] == "Course"
    assert data["url"] == settings.BASE_URL.rstrip("/") + full.get_absolute_url()
    assert data["provider"]["name"] == net.county.title
    assert data["keywords"] == ["写字", "毛笔"]
    (instance,) = data["hasCourseInstance"]
    assert instance["name"] == "周五班"
    assert instance["url"].endswith(run.url)
    assert dt.datetime.fromisoformat(instance["startDate"]) == run.starts_at


def test_no_words_of_an_editor_end_the_data_for_search_engines(client, net):
    evil = "</script><script>alert(1)</script>&"
    course = CourseFactory(owner_node=net.county, title=evil)
    html = text(client, course.get_absolute_url())
    assert "<script>alert" not in html
    assert data_of(html)["name"] == evil


def test_a_text_is_read_on_the_page(client, net):
    resource = ResourceFactory(owner_node=net.county, text="一\n\n二 <b>", duration=5)
    html = text(client, resource.get_absolute_url())
    assert "<p>一</p>" in html
    assert "二 &lt;b&gt;" in html
    assert "5 分钟" in html
    data = data_of(html)
    assert (data["@type"], data["timeRequired"]) == ("LearningResource", "PT5M")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.mp4", "<video controls"),
        ("a.mp3", "<audio controls"),
        ("a.png", '<img src="/courses/resources/'),
        ("a.pdf", "打开来看"),
        ("a.docx", "下载"),
    ],
)
def test_a_file_is_played_opened_or_saved(client, net, name, shown, settings, tmp_path):
    settings.RESOURCE_ROOT = tmp_path
    resource = ResourceFactory(owner_node=net.county, kind="video", text="")
    resource.file.save(name, ContentFile(b"x" * 2048))
    html = text(client, resource.get_absolute_url())

    assert shown in html
    assert f'"{reverse("resource_file", args=[resource.pk])}"' in html
    assert re.search(r"\.?(MP4|MP3|PNG|PDF|DOCX) 2.0.KB", html)
    encoding = data_of(html)["encoding"]
    assert encoding["contentSize"] == "2048"


def test_a_link_names_the_site_it_leads_to(client, net):
    resource = ResourceFactory(
        owner_node=net.county, kind="mooc", text="", link="https://mooc.example/c?a=1"
    )
    html = text(client, resource.get_absolute_url())
    assert "到 mooc.example 去看" in html
    assert "会离开本站" in html
    assert 'rel="external noopener"' in html


def test_a_resource_and_a_teacher_name_the_courses_they_are_in(client, full):
    for link in (full.course_resources.first(), full.course_teachers.first()):
        record = getattr(link, "resource", None) or link.teacher
        assert full.title in text(client, record.get_absolute_url())


def test_a_series_lists_its_courses_in_order(client, net, course):
    series = SeriesFactory(owner_node=net.county, title="好课", award="first_class")
    first = CourseFactory(owner_node=net.county, title="第一门")
    SeriesCourse.objects.create(series=series, course=course, sort_order=1)
    SeriesCourse.objects.create(series=series, course=first, sort_order=0)

    html = text(client, series.get_absolute_url())
    assert "这个系列有 2 门课" in html
    assert "金课" in html
    assert html.index("第一门") < html.index(course.title)


def test_a_series_without_public_courses_says_so(client, net):
    series = SeriesFactory(owner_node=net.county)
    assert "还没有公开" in text(client, series.get_absolute_url())


@pytest.mark.parametrize("can", [True, False])
def test_a_teacher_says_whether_she_can_be_invited(client, net, can):
    teacher = TeacherFactory(
        owner_node=net.county, introduction="写字四十年。", can_be_borrowed=can
    )
    html = text(client, teacher.get_absolute_url())
    assert "写字四十年。" in html
    assert ("可以请这位老师去上课" in html) is can


@pytest.mark.parametrize("factory", FACTORIES)
@pytest.mark.parametrize(
    ("hidden", "status"),
    [({"live": False}, 404), ({"share_scope": "network"}, 404)],
)
def test_what_is_not_public_has_no_page(client, net, factory, hidden, status):
    record = factory(owner_node=net.county, **hidden)
    assert client.get(record.get_absolute_url()).status_code == status


@pytest.mark.parametrize("factory", FACTORIES)
def test_what_is_withdrawn_is_gone(client, net, factory):
    record = factory(owner_node=net.county)
    record.save_revision().publish()
    type(record).objects.get(pk=record.pk).unpublish()
    assert client.get(record.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_record_reads_in_the_language_of_its_reader(client, net, factory):
    record = factory(owner_node=net.county, title="原文", identifier="JJ-9")
    record.tags.add("毛笔")
    record.save()
    address = record.get_absolute_url()
    assert '<h1 lang="zh-Hans">原文</h1>' in text(client, "/en" + address)
    assert "described in Chinese only" in text(client, "/en" + address)

    copy = translated(record, title="Translated")
    other = address.replace(str(record.pk), str(copy.pk))
    html = text(client, "/en" + address)
    assert "<h1>Translated</h1>" in html
    assert "Translated" in text(client, "/en" + other)
    # what hangs on the original is shown with the translation
    assert "毛笔" in html
    assert "JJ-9" in html
    assert "<h1>原文</h1>" in text(client, other)


@pytest.mark.parametrize("name", LISTS)
def test_each_list_filters_by_theme_and_leads_to_the_others(client, net, name):
    factory = FACTORIES[LISTS.index(name)]
    factory(owner_node=net.county, title="民学")
    factory(owner_node=net.county, title="科学", theme="science")

    html = text(client, reverse(name) + "?theme=science")
    assert "科学" in html
    assert "民学" not in html
    for other in LISTS:
        assert f'href="{reverse(other)}?theme=science"' in html


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_pages_and_few_queries(
    client, net, name, django_assert_max_num_queries
):
    FACTORIES[LISTS.index(name)].create_batch(21, owner_node=net.county)
    text(client, reverse(name) + "?theme=mind")

    with django_assert_max_num_queries(12):
        assert text(client, reverse(name)).count('class="event ') == 20
    assert text(client, reverse(name) + "?page=2").count('class="event ') == 1


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_full_page_costs_few_queries(
    client, net, full, prefix, django_assert_max_num_queries
):
    for node in (net.village, net.sibling_village, net.township):
        run_of(full, node)
    records = [
        full,
        full.course_resources.get().resource,
        full.course_teachers.get().teacher,
        SeriesCourse.objects.get().series,
    ]
    # the site's settings and root come into being once
    text(client, CourseFactory(owner_node=net.county).get_absolute_url())
    for record in records:
        with django_assert_max_num_queries(12):
            text(client, prefix + record.get_absolute_url())


def test_a_page_can_be_passed_on_by_card_and_by_paper(client, full, settings):
    html = text(client, full.get_absolute_url())
    address = settings.BASE_URL.rstrip("/") + full.get_absolute_url()
    assert f'<meta property="og:title" content="{full.title}">' in html
    assert f'<meta property="og:url" content="{address}">' in html
    assert f"<br>{address}<br>" in html[html.index('class="u-print"') :]
