"""What goes into the index, from real pages."""

import pytest
import time_machine
from wagtail.models import Locale

from activities.models import ActivityPage
from search import outbox
from search.documents import all_subjects, documents_of, subject_of
from tests.factories import ActivityPageFactory, CourseFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def net():
    return small_network()


def only(instance):
    (document,) = documents_of([subject_of(instance)])
    return document


def test_a_place_says_where_it_is(net):
    document = only(net.village)

    assert document.title == "濂溪社区教学点"
    assert document.place == "濂溪区社区大学 · 十里街道社区学校"
    assert document.node_path == net.village.path
    assert document.languages == ("zh-hans", "en")


@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_an_activity_holds_its_page_and_its_days(net):
    activity = ActivityPageFactory(
        parent=net.village,
        title="书法班",
        weekly=True,
        summary="从握笔开始",
        audiences=["older_people"],
        teachers=[("teacher", {"name": "周德明", "introduction": ""})],
        body=[("paragraph", "<p>每次写<b>一张</b></p>")],
        join_link="https://meet.example/secret",
    )
    activity.tags.add("毛笔")
    activity.save_revision().publish()

    document = only(activity)

    for word in (
        "从握笔开始",
        "老年人",
        "公民素养",
        "周德明",
        "一张",
        "毛笔",
        "濂溪社区",
    ):
        assert word in document.body
    assert "secret" not in document.body
    assert document.node_path == net.village.path
    assert document.days[0] == "2026-12-08"
    assert len(document.days) == 4


def test_a_draft_is_no_document(net):
    activity = ActivityPageFactory(parent=net.village, live=False)

    assert documents_of([subject_of(activity)]) == []
    assert subject_of(activity) not in set(all_subjects())


def test_an_alias_is_no_document(net):
    activity = ActivityPageFactory(parent=net.village)
    activity.create_alias(parent=net.sibling_village, update_slug="again")

    assert len(documents_of([subject_of(activity)])) == 1


def test_a_translation_is_shown_to_its_readers_and_found_by_both_titles(net):
    english = Locale.objects.get_or_create(language_code="en")[0]
    activity = ActivityPageFactory(parent=net.village, title="书法班")
    translated = activity.copy_for_translation(english, copy_parents=True)
    translated.title = "Calligraphy"
    translated.starts_at = activity.starts_at
    translated.live = True
    translated.save()

    documents = {d.language: d for d in documents_of([subject_of(activity)])}

    assert documents["zh-hans"].languages == ("zh-hans",)
    assert documents["en"].languages == ("en",)
    assert "Calligraphy" in documents["zh-hans"].body
    assert "书法班" in documents["en"].body
    # both belong to the place of the original
    assert documents["en"].node_path == net.village.path


def test_a_course_belongs_to_its_owner(net):
    course = CourseFactory(owner_node=net.county, title="书法入门十二讲")

    document = only(course)

    assert (document.place, document.node_path) == ("濂溪区社区大学", net.county.path)


def test_a_draft_course_is_no_document(net):
    course = CourseFactory(owner_node=net.county, live=False)

    assert documents_of([subject_of(course)]) == []


def test_subjects_of_a_subtree_are_all_kinds_below_it(net):
    activity = ActivityPageFactory(parent=net.village)
    course = CourseFactory(owner_node=net.township)
    elsewhere = ActivityPageFactory(parent=net.other_village)

    subjects = set(all_subjects(net.township.path))

    assert {subject_of(i) for i in (activity, course, net.village)} <= subjects
    assert subject_of(elsewhere) not in subjects
    assert subject_of(net.county) not in subjects


def test_many_documents_cost_few_queries(net, django_assert_max_num_queries):
    for _ in range(6):
        ActivityPageFactory(parent=net.village)
    subjects = list(all_subjects())

    with django_assert_max_num_queries(10):
        assert len(documents_of(subjects)) == len(subjects)


def test_nobody_searches_a_page_of_another_type(net):
    assert subject_of(net.home) is None
    assert ActivityPage.objects.count() == 0
    assert outbox.drain() == 0
