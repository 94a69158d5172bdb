"""What one can still register for: as the runs say at the moment of the search."""

import datetime as dt

import pytest
import time_machine
from wagtail.models import Locale

from activities.models import Run
from activities.registration import register, withdraw
from activities.states import Channel
from activities.vocabulary import RegistrationMode
from search import rebuild
from search.joining import registrable, registrable_lately
from search.models import OutboxEntry
from tests.factories import CourseFactory, LearnerFactory, UserFactory, small_network
from tests.factories.activities import published_activity, republish
from tests.search.conftest import NOW

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    """A class of one place without a waiting list, a run of a course."""
    net = small_network()
    net.course = CourseFactory(owner_node=net.county, title="书法入门十二讲")
    net.activity = published_activity(
        net.village,
        title="书法班",
        whole_run=True,
        capacity=1,
        waiting_capacity=0,
        course=net.course,
    )
    return net


def said(at=NOW) -> dict[str, set[int]]:
    return dict(registrable(at))


def test_a_course_can_be_registered_for_when_one_of_its_runs_can(net):
    CourseFactory(owner_node=net.county)
    published_activity(net.village, title="没有课程的班", whole_run=True)

    assert net.activity.pk in said()["activity"]
    assert said()["course"] == {net.course.pk}


def test_so_can_its_translations(net):
    english = Locale.objects.get_or_create(language_code="en")[0]
    translated = net.course.copy_for_translation(english)
    translated.save()

    assert said()["course"] == {net.course.pk, translated.pk}


@pytest.mark.parametrize(
    ("change", "at", "is_open"),
    [
        ({}, NOW, True),
        ({"opens_at": NOW}, NOW - SECOND, False),
        ({"opens_at": NOW}, NOW, True),
        ({"closes_at": NOW}, NOW - SECOND, True),
        ({"closes_at": NOW}, NOW, False),
        ({"last_ends_at": NOW}, NOW, False),
        ({"taken": 1}, NOW, False),
        ({"taken": 1, "waiting_capacity": 1}, NOW, True),
        ({"taken": 1, "waiting_capacity": None}, NOW, True),
        ({"taken": 1, "waiting_capacity": 1, "waiting": 1}, NOW, False),
        ({"is_open": False}, NOW, False),
        ({"is_cancelled": True}, NOW, False),
    ],
)
def test_it_changes_with_the_clock_and_the_places(net, change, at, is_open):
    Run.objects.update(**change)

    wanted = {"activity": {net.activity.pk}, "course": {net.course.pk}}
    assert said(at) == (wanted if is_open else {})


def test_what_is_no_longer_public_cannot_be_registered_for(net):
    net.activity.unpublish()
    assert said() == {}


def test_one_of_several_sessions_is_enough(net):
    activity = published_activity(
        net.village,
        weekly=True,
        registration_mode=RegistrationMode.SINGLE_SESSIONS,
        capacity=1,
        waiting_capacity=0,
    )
    first, *_others = Run.objects.filter(activity=activity).order_by("pk")
    Run.objects.filter(pk=first.pk).update(taken=1)

    assert activity.pk in said()["activity"]


def test_many_runs_cost_one_query(net, django_assert_num_queries):
    for _ in range(3):
        published_activity(net.village, whole_run=True, course=net.course)

    with django_assert_num_queries(1):
        assert len(said()["activity"]) == 4


def test_searches_that_follow_each_other_read_it_once(net, django_assert_num_queries):
    first = registrable_lately(NOW)
    assert first["activity"] == {net.activity.pk}
    with django_assert_num_queries(0):
        assert registrable_lately(NOW) == first
    with (
        time_machine.travel(NOW + 3 * SECOND, tick=False),
        django_assert_num_queries(1),
    ):
        registrable_lately(NOW)


# --- on the page --------------------------------------------------------------------
@pytest.fixture
def found(client, net, engine_in_use):
    """Titles on the page for 书法 with this much more in the address."""
    rebuild.rebuild()
    # what was written while the clock stood still
    OutboxEntry.objects.all().delete()

    def ask(more: str = "registration=open") -> set[str]:
        from django.core.cache import caches

        for cache in caches.all():
            cache.clear()
        response = client.get(f"/search/?q=书法&{more}")
        return {hit.title for hit in response.context["results"].hits}

    return ask


def test_the_last_place_taken_is_known_to_the_next_search(net, found):
    both = {"书法班", "书法入门十二讲"}
    assert found() == both
    user = UserFactory()
    claim = register(
        run=Run.objects.get(),
        learner=LearnerFactory(),
        channel=Channel.DESK,
        acted_by=user,
        idempotency_key="once",
    )
    assert found() == set()
    withdraw(claim, acted_by=user, channel=Channel.DESK)
    assert found() == both
    # and nothing had to be indexed for it
    assert not OutboxEntry.objects.exists()


def test_a_window_that_closes_is_known_without_any_change(net, found):
    Run.objects.update(closes_at=NOW + DAY)
    assert found() == {"书法班", "书法入门十二讲"}
    with time_machine.travel(NOW + DAY, tick=False):
        assert found() == set()


def test_where_nobody_registers_one_comes_until_it_is_over(net, found):
    at = NOW + dt.timedelta(hours=2)
    republish(net.activity, registration_mode=RegistrationMode.NONE, starts_at=at)
    rebuild.rebuild()
    assert found() == set()
    assert found("registration=walk_in") == {"书法班"}
    with time_machine.travel(at + dt.timedelta(minutes=90), tick=False):
        assert found("registration=walk_in") == set()
