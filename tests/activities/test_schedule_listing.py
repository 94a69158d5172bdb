"""The admin's list of activities: own subtree only, next date, places, export."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from activities.models import Run
from activities.schedule import SHANGHAI
from home.models import NodeRole, Role
from home.vocabulary import Theme
from tests.factories import ActivityPageFactory, UserFactory, small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 10, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def editor(net, client):
    """The village's own editor."""
    user = UserFactory()
    NodeRole.objects.create(user=user, node=net.village, role=Role.EDITOR)
    client.force_login(user)
    return client


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


def listed(client, **query) -> list[str]:
    response = client.get(reverse("activities:index"), query)
    assert response.status_code == 200
    return [page.title for page in response.context["object_list"]]


def test_an_editor_sees_the_activities_of_her_subtree_only(net, editor):
    published_activity(net.village, title="我的")
    published_activity(net.sibling_village, title="隔壁的")
    published_activity(net.township, title="街道的")
    assert listed(editor) == ["我的"]


def test_the_next_date_and_the_places_are_shown(net, admin):
    activity = published_activity(
        net.village, title="书法", weekly=True, whole_run=True
    )
    Run.objects.filter(activity=activity).update(taken=10, waiting=2)
    html = admin.get(reverse("activities:index")).content.decode()
    assert "2026年12月15日 周二 09:00" in html
    assert "10/10，候补 2 人" in html
    assert f"/admin/activities/{activity.pk}/roster/" in html


def test_what_comes_next_stands_first(net, admin):
    later = dt.datetime(2026, 12, 20, 9, 0, tzinfo=SHANGHAI)
    published_activity(net.village, title="后", starts_at=later)
    sooner = dt.datetime(2026, 12, 11, 9, 0, tzinfo=SHANGHAI)
    published_activity(net.village, title="先", starts_at=sooner)
    assert listed(admin) == ["先", "后"]


def test_translations_are_not_listed_beside_their_originals(net, admin):
    activity = published_activity(net.village, title="书法")
    english = Locale.objects.get_or_create(language_code="en")[0]
    activity.copy_for_translation(english, copy_parents=True)
    assert listed(admin) == ["书法"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"theme": Theme.SCIENCE}, {"科学"}),
        ({"when": "coming"}, {"科学", "远"}),
        ({"when": "week"}, {"科学"}),
        ({"when": "over"}, {"过去"}),
        ({"theme": "nonsense"}, {"科学", "远", "过去", "草稿"}),
        ({"when": "nonsense"}, {"科学", "远", "过去", "草稿"}),
    ],
)
def test_filters(net, admin, query, expected):
    day = dt.datetime(2026, 12, 12, 9, 0, tzinfo=SHANGHAI)
    published_activity(net.village, title="科学", theme=Theme.SCIENCE, starts_at=day)
    far = day + dt.timedelta(days=30)
    published_activity(net.other_village, title="远", starts_at=far)
    past = day - dt.timedelta(days=5)
    published_activity(net.village, title="过去", starts_at=past)
    ActivityPageFactory(parent=net.village, title="草稿", live=False)
    assert set(listed(admin, **query)) == expected


def test_the_filter_by_node_takes_what_is_below(net, admin):
    published_activity(net.village, title="下面")
    published_activity(net.other_village, title="别处")
    assert listed(admin, node=net.county.pk) == ["下面"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_can_be_exported(net, admin, kind):
    published_activity(net.village, title="书法", weekly=True, whole_run=True)
    response = admin.get(reverse("activities:index"), {"export": kind})
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert content
    if kind == "csv":
        assert "书法" in content.decode()


def test_the_list_costs_the_same_however_long(net, editor):
    """For whoever may submit translations, wagtail-localize adds two a row."""
    costs = []
    for number in range(12):
        published_activity(net.village, title=f"第{number}个", whole_run=True)
        if number in (2, 11):
            with CaptureQueriesContext(connection) as queries:
                listed(editor)
            costs.append(len(queries))
    # the first time, some of it is read into caches
    assert costs[1] <= costs[0]


def test_the_list_stands_in_the_menu(net, editor):
    html = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("activities:index") in html
