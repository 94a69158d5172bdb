"""Activities and sessions in the JSON API."""

import datetime as dt

import pytest
import time_machine
from wagtail.models import Locale

from activities.models import Run, Session
from activities.schedule import SHANGHAI
from activities.vocabulary import Delivery, RegistrationMode
from home.vocabulary import Audience, Theme
from tests.factories import CourseFactory, small_network
from tests.factories.activities import (
    ActivityPageFactory,
    published_activity,
    republish,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 25, 10, 0, tzinfo=SHANGHAI)
ACTIVITIES, SESSIONS = "/api/v1/activities", "/api/v1/sessions"
RUN = {"registration_mode": RegistrationMode.WHOLE_RUN, "capacity": 10}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    return small_network()


def titles(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    results = answer.json()["results"]
    return [each.get("title") or each["activity"]["title"] for each in results]


def test_a_session_is_told_as_the_calendar_shows_it(client, net):
    activity = published_activity(net.village, title="书法", venue="二楼", **RUN)
    Run.objects.filter(activity=activity).update(taken=4)
    session = client.get(SESSIONS).json()["results"][0]
    assert session["starts_at"] == "2026-12-08T09:00:00+08:00"
    assert session["ends_at"] == "2026-12-08T10:30:00+08:00"
    assert session["activity"]["id"] == activity.pk
    assert session["activity"]["language"] == "zh-Hans"
    assert session["node"]["id"] == net.village.pk
    assert session["place"].endswith("二楼")
    assert session["registration"] == {
        "state": "open",
        "label": "可报名",
        "total": 10,
        "taken": 4,
        "left": 6,
    }
    assert client.get(f"{SESSIONS}/{session['id']}").json() == session


def test_an_activity_says_when_it_meets_next(client, net):
    course = CourseFactory(owner_node=net.county)
    activity = published_activity(
        net.village, title="书法", course=course, repeat="weekly", repeat_count=3, **RUN
    )
    shown = client.get(f"{ACTIVITIES}/{activity.pk}").json()
    assert shown["course"] == course.pk
    assert shown["next_session"]["starts_at"] == "2026-12-08T09:00:00+08:00"
    assert shown["next_session"]["registration"]["left"] == 10
    path = SESSIONS + shown["sessions_url"].partition(SESSIONS)[2]
    assert client.get(path).json()["count"] == 3
    assert client.get(ACTIVITIES).json()["results"] == [shown]


def test_a_course_that_is_not_public_is_not_named(client, net):
    course = CourseFactory(owner_node=net.county, share_scope="own")
    activity = published_activity(net.village, course=course)
    assert client.get(f"{ACTIVITIES}/{activity.pk}").json()["course"] is None


def test_the_filters_narrow_both_lists(client, net):
    older = [Audience.OLDER_PEOPLE.value]
    published_activity(net.village, title="甲", theme=Theme.SKILLS, **RUN)
    published_activity(net.other_village, title="乙", theme=Theme.CIVIC)
    published_activity(net.county, title="丙", theme=Theme.CIVIC, audiences=older)
    for address in (ACTIVITIES, SESSIONS):
        for asked, wanted in (
            ({"place": net.county.pk}, {"甲", "丙"}),
            ({"place": net.village.pk}, {"甲"}),
            ({"theme": "skills"}, {"甲"}),
            ({"theme": ["skills", "civic"]}, {"甲", "乙", "丙"}),
            ({"audience": "older_people"}, {"丙"}),
            ({"open": "true"}, {"甲"}),
            ({"open": "false"}, {"甲", "乙", "丙"}),
        ):
            assert set(titles(client.get(address, asked))) == wanted, asked


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 2),
        ({"from": "2026-12-08"}, 2),
        ({"from": "2026-12-09"}, 1),
        ({"until": "2026-12-07"}, 0),
        ({"until": "2026-12-08"}, 1),
        ({"from": "2026-12-15", "until": "2026-12-15"}, 1),
        ({"from": "2026-12-15", "until": "2026-12-08"}, 0),
        ({"from": "0001-01-01", "until": "9999-12-31"}, 2),
        ({"from": "9999-12-31"}, 0),
    ],
)
def test_sessions_are_asked_for_by_day(client, net, asked, count):
    published_activity(net.village, repeat="weekly", repeat_count=2)
    assert client.get(SESSIONS, asked).json()["count"] == count


@pytest.mark.parametrize(
    ("address", "query", "name"),
    [
        (SESSIONS, "from=2026-13-01", "from"),
        (SESSIONS, "from=123", "from"),
        (SESSIONS, "from_=2026-12-01", "from_"),
        (SESSIONS, "until=2026-12-1", "until"),
        (SESSIONS, "activity=0", "activity"),
        (SESSIONS, "open=1", "open"),
        (SESSIONS, "theme=", "theme"),
        (ACTIVITIES, "kind=party", "kind"),
        (ACTIVITIES, "audience=%00", "audience"),
        (ACTIVITIES, "from=2026-12-01", "from"),
    ],
)
def test_a_filter_that_makes_no_sense_is_named(client, net, address, query, name):
    answer = client.get(f"{address}?{query}")
    assert answer.status_code == 422
    assert f"参数 {name}：" in answer.json()["detail"]


def test_what_was_taken_down_is_gone(client, net):
    activity = published_activity(net.village, title="书法")
    session = Session.objects.get()
    activity.unpublish()
    assert client.get(ACTIVITIES).json()["count"] == 0
    assert client.get(SESSIONS).json()["count"] == 0
    assert client.get(f"{ACTIVITIES}/{activity.pk}").status_code == 410
    assert client.get(f"{SESSIONS}/{session.pk}").status_code == 404


def test_drafts_are_nowhere(client, net):
    draft = ActivityPageFactory(parent=net.village, title="草稿", live=False)
    activity = published_activity(net.village, title="书法")
    activity.title = "还没有公布的名字"
    activity.save_revision()
    assert titles(client.get(ACTIVITIES)) == ["书法"]
    assert titles(client.get(SESSIONS)) == ["书法"]
    assert client.get(f"{ACTIVITIES}/{draft.pk}").status_code == 404


def test_the_online_address_is_told_to_nobody(client, net):
    secret = "https://meeting.example/j/42"
    activity = published_activity(
        net.village, delivery=Delivery.ONLINE, join_link=secret, **RUN
    )
    for path in (ACTIVITIES, SESSIONS, f"{ACTIVITIES}/{activity.pk}"):
        assert secret not in client.get(path).content.decode()


def test_a_translation_is_another_wording_of_the_same(client, net):
    english, _made = Locale.objects.get_or_create(language_code="en")
    activity = published_activity(net.village, title="书法")
    copy = activity.copy_for_translation(english, copy_parents=True)
    copy.title, copy.starts_at = "Calligraphy", activity.starts_at
    copy.save_revision().publish()
    for path in (ACTIVITIES, SESSIONS):
        assert titles(client.get(path)) == ["书法"]
        assert titles(client.get(path, {"lang": "en"})) == ["Calligraphy"]
    assert client.get(f"{ACTIVITIES}/{copy.pk}").status_code == 404


def test_a_cancelled_activity_stays_and_says_so(client, net):
    activity = published_activity(net.village, **RUN)
    republish(activity, cancelled_reason="下雨")
    session = client.get(SESSIONS).json()["results"][0]
    assert session["status"]["code"] == "cancelled"
    assert session["registration"]["state"] == "cancelled"
    assert session["registration"]["left"] is None
    assert session["note"] == "下雨"


@pytest.mark.parametrize("address", [ACTIVITIES, SESSIONS])
def test_a_list_costs_at_most_twelve_queries(
    client, net, address, django_assert_max_num_queries
):
    for node in (net.village, net.sibling_village, net.county):
        for _each in range(3):
            published_activity(node, theme=Theme.CIVIC, **RUN)
    asked = {"place": net.county.pk, "theme": "civic", "open": "true", "lang": "en"}
    with django_assert_max_num_queries(12):
        assert client.get(address, asked).json()["count"] == 9
