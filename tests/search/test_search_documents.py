"""What goes into the index, from real pages."""

import pytest
import time_machine
from wagtail.models import Locale

from activities.models import ActivityPage
from search import outbox
from search.documents import all_subjects, documents_of, subject_of
from search.facets import Duration, Traits, traits_of
from tests.factories import (
    ActivityPageFactory,
    CourseFactory,
    ResourceFactory,
    TeacherFactory,
    small_network,
)
from tests.factories.activities import published_activity

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


@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_an_activity_says_how_it_is_held_what_it_costs_and_until_when(net):
    activity = published_activity(
        net.township,
        weekly=True,
        delivery="hybrid",
        fee_kind="public_benefit",
        duration_minutes=60,
    )

    document = only(activity)

    assert document.traits == Traits(
        level="township_school",
        formats=("on_site", "online"),
        duration="1h",
        fee="public_benefit",
        language="zh-hans",
        walk_in_until="2026-12-29T02:00:00+00:00",
    )
    assert document.published_on == "2026-11-24"


def test_whoever_has_to_register_cannot_just_come(net):
    activity = published_activity(net.village, whole_run=True)

    assert only(activity).traits.walk_in_until == ""


def test_a_resource_says_what_it_is_how_long_and_whether_it_is_free(net):
    fields = {"kind": "video", "duration": 12, "is_free": False}
    resource = ResourceFactory(owner_node=net.village, **fields)

    assert only(resource).traits == Traits(
        "teaching_point", ("video",), "15m", "paid", "zh-hans"
    )


def test_a_course_is_as_long_as_its_hours_and_a_teacher_is_of_no_length(net):
    course = CourseFactory(owner_node=net.county, hours="2.5")
    teacher = TeacherFactory(owner_node=net.city, hours="2.5")

    assert only(course).traits == Traits("county_college", (), "4h", "", "zh-hans")
    assert only(teacher).traits == Traits("city_centre", language="zh-hans")
    assert only(net.city).traits == Traits("city_centre", language="zh-hans")


def test_a_translation_has_the_facets_of_its_original_and_its_own_language(net):
    english = Locale.objects.get_or_create(language_code="en")[0]
    resource = ResourceFactory(owner_node=net.village, kind="video", duration=90)
    resource.copy_for_translation(english).save()

    languages = {}
    for document in documents_of([subject_of(resource)]):
        languages[document.traits.language] = document.language
        assert (document.traits.formats, document.traits.duration) == (("video",), "4h")
    assert languages == {"zh-hans": "zh-hans", "en": "en"}


@pytest.mark.parametrize(
    ("minutes", "duration"),
    [
        (None, ""),
        (0, ""),
        (1, "15m"),
        (15, "15m"),
        (16, "1h"),
        (60, "1h"),
        (61, "4h"),
        (240, "4h"),
        (241, "longer"),
    ],
)
def test_durations_are_told_apart_as_people_say_them(minutes, duration):
    assert Duration.of(minutes) == duration


def test_traits_are_stored_as_one_text():
    traits = Traits("township_school", ("on_site", "online"), "1h", "free", "en", "x")

    assert traits_of(str(traits)) == traits
    assert traits_of(str(Traits())) == traits_of("") == Traits()


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
