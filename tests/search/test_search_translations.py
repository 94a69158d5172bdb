"""A translation is found only as long as its original is public."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from activities.models import ActivityPage
from courses_catalog.models import Course
from search import outbox, rebuild
from tests.factories import CourseFactory, small_network
from tests.factories.activities import published_activity, republish

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(engine_in_use):
    activity = published_activity(small_network().village, title="书法班")
    english = Locale.objects.get(language_code="en")
    copy = activity.copy_for_translation(english, copy_parents=True)
    copy.title, copy.starts_at = "Calligraphy", activity.starts_at
    copy.save_revision().publish()
    rebuild.rebuild()
    return ActivityPage.objects.get(pk=activity.pk)


def found(client) -> tuple[int, int]:
    """How many results the page counts, and how many it shows."""
    with translation.override("en"):
        response = client.get(reverse("search"), {"q": "calligraphy"})
    return response.context["results"].total, len(response.context["cards"])


def index(how: str) -> None:
    outbox.drain() if how == "drain" else rebuild.rebuild()


@pytest.mark.parametrize("how", ["drain", "rebuild"])
@pytest.mark.parametrize("end", ["unpublish", "delete"])
def test_the_translation_of_what_is_gone_is_not_found(client, activity, how, end):
    assert found(client) == (1, 1)
    getattr(activity, end)()
    index(how)
    assert found(client) == (0, 0)


@pytest.mark.parametrize("how", ["drain", "rebuild"])
def test_it_is_found_again_once_the_original_is_published_again(client, activity, how):
    activity.unpublish()
    index("drain")
    republish(activity)
    index(how)
    assert found(client) == (1, 1)


@pytest.fixture
def course():
    course = CourseFactory(owner_node=small_network().county, title="书法课")
    course.save_revision().publish()
    english = Locale.objects.get(language_code="en")
    copy = course.copy_for_translation(english)
    copy.title = "Calligraphy"
    copy.save()
    copy.save_revision().publish()
    rebuild.rebuild()
    return Course.objects.get(pk=course.pk)


@pytest.mark.parametrize("how", ["drain", "rebuild"])
@pytest.mark.parametrize("end", ["unpublish", "delete"])
def test_the_translation_of_a_course_that_is_gone_is_not_found(
    client, course, how, end
):
    assert found(client) == (1, 1)
    getattr(course, end)()
    index(how)
    assert found(client) == (0, 0)


@pytest.mark.parametrize("how", ["drain", "rebuild"])
def test_the_translation_of_a_course_comes_back_with_it(client, course, how):
    course.unpublish()
    index("drain")
    course.save_revision().publish()
    index(how)
    assert found(client) == (1, 1)
