"""What staff see first: their own coming activities, and the way to each roster."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import reverse

from activities.models import Notice, NoticeWay, Session
from activities.schedule import SHANGHAI
from activities.start_page import MOST_SHOWN, coming
from activities.states import RegistrationStatus
from home.models import NodeRole, Role
from tests.factories import (
    ActivityPageFactory,
    RegistrationFactory,
    RunFactory,
    SessionFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)
DAY = dt.timedelta(days=1)
START = "/admin/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    return small_network()


def holder(node, role):
    user = UserFactory()
    name = "网点编辑" if role == Role.EDITOR else "报名台"
    user.groups.add(Group.objects.get(name=name))
    NodeRole.objects.create(user=user, node=node, role=role)
    return user


def session_at(node, days=1, **run):
    activity = ActivityPageFactory(parent=node)
    run = RunFactory(activity=activity, node_path=node.path, **run)
    return SessionFactory(run=run, starts_at=NOW + days * DAY)


def titles(user):
    return [row.activity.title for row in coming(user, at=NOW)]


def test_a_clerk_sees_the_rosters_of_her_subtree_at_once(client, net):
    mine = session_at(net.village, capacity=20, taken=12, waiting=3)
    theirs = session_at(net.other_village)
    client.force_login(holder(net.township, Role.DESK))
    page = client.get(START).content.decode()
    roster = reverse("activity_roster", args=[mine.activity_id])
    assert f"{roster}?run={mine.run_id}" in page
    assert "12/20，候补 3 人" in page
    assert theirs.activity.title not in page
    assert reverse("wagtailadmin_pages:edit", args=[mine.activity_id]) not in page
    assert client.get(f"{roster}?run={mine.run_id}").status_code == 200


def test_an_editor_sees_what_is_coming_and_opens_it(client, net):
    session = session_at(net.village, capacity=None, taken=7)
    client.force_login(holder(net.county, Role.EDITOR))
    page = client.get(START).content.decode()
    assert "7 人" in page
    assert reverse("wagtailadmin_pages:edit", args=[session.activity_id]) in page


@pytest.mark.parametrize(
    ("role", "is_shown"), [(Role.EDITOR, True), (Role.DESK, False)]
)
def test_what_nobody_registers_for_has_no_roster(net, role, is_shown):
    session = session_at(net.village)
    Session.objects.update(run=None)
    user = holder(net.village, role)
    assert titles(user) == ([session.activity.title] if is_shown else [])


def test_the_next_comes_first_and_each_activity_once(net):
    later, sooner = session_at(net.village, days=3), session_at(net.village, days=2)
    SessionFactory(run=later.run, starts_at=NOW + 9 * DAY)
    user = holder(net.village, Role.DESK)
    assert titles(user) == [sooner.activity.title, later.activity.title]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "cancelled"},
        {"is_public": False},
        {"starts_at": NOW - DAY, "ends_at": NOW - DAY},
    ],
)
def test_what_is_over_cancelled_or_hidden_is_left_out(net, change):
    session_at(net.village)
    Session.objects.update(**change)
    assert coming(holder(net.village, Role.EDITOR), at=NOW) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [({"status": "cancelled"}, "已取消"), ({"is_public": False}, "暂时不公开")],
)
def test_it_stays_while_somebody_has_to_be_told_of_it(client, net, change, said):
    session = session_at(net.village)
    Session.objects.update(**change)
    registration = RegistrationFactory(
        run=session.run, status=RegistrationStatus.PLACED
    )
    Notice.objects.create(registration=registration, kind="hidden", way=NoticeWay.HAND)
    client.force_login(holder(net.village, Role.DESK))
    page = client.get(START).content.decode()
    assert session.activity.title in page
    assert f"<strong>{said}</strong>" in page
    assert "有人要电话或上门通知" in page


def test_a_long_list_is_cut_in_a_fixed_number_of_queries(
    net, django_assert_max_num_queries
):
    for days in range(MOST_SHOWN + 3):
        session_at(net.village, days=1 + days)
    user = holder(net.city, Role.EDITOR)
    with django_assert_max_num_queries(3):
        assert len(coming(user, at=NOW)) == MOST_SHOWN


def test_without_anything_coming_it_says_so(client, net):
    client.force_login(holder(net.village, Role.DESK))
    assert "接下来没有活动" in client.get(START).content.decode()


def test_who_has_no_place_of_her_own_is_shown_none(client, net):
    session_at(net.village)
    client.force_login(UserFactory(is_superuser=True))
    assert "coming-activities" not in client.get(START).content.decode()


def test_the_menu_has_no_news_of_the_toolkit(client, net):
    client.force_login(holder(net.village, Role.EDITOR))
    page = client.get(START).content.decode()
    assert "guide.wagtail.org" not in page
    assert "releases/latest" not in page


def test_the_way_to_a_new_activity_is_straight_where_there_is_one_place(client, net):
    user = holder(net.village, Role.EDITOR)
    client.force_login(user)
    start = client.get(reverse("wagtailadmin_home")).content.decode()
    link = reverse("activities:choose_parent")
    assert f'href="{link}"' in start
    form = reverse(
        "wagtailadmin_pages:add", args=["activities", "activitypage", net.village.pk]
    )
    assert client.get(link).url == form
    assert client.get(form).status_code == 200


def test_and_leads_to_a_choice_of_places_else(client, net):
    client.force_login(holder(net.township, Role.EDITOR))
    answer = client.get(reverse("activities:choose_parent"))
    assert answer.status_code == 200
    assert "page-chooser" in answer.content.decode()


def test_who_works_at_the_desk_is_offered_no_new_activity(client, net):
    client.force_login(holder(net.village, Role.DESK))
    start = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("activities:choose_parent") not in start
