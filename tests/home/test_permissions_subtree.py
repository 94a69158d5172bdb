"""Roles on nodes: one flat query however many, and what each role opens."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry

from home import permissions
from home.divisions import parse
from home.models import NetworkNodePage, NodeRole, Role
from home.network_import import import_divisions
from home.page_permissions import SubtreePermissionTester
from tests.factories import ActivityPageFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db
ROOTS = 150
EXPLORING = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def policy():
    return policy_registry.get_by_type(NetworkNodePage)


def give(user, node, role=Role.EDITOR):
    NodeRole.objects.create(user=user, node=node, role=role)


def fresh(user):
    """Permissions are asked once per user object, as once per request."""
    return type(user).objects.get(pk=user.pk)


def test_our_policy_answers_for_every_page_type(policy):
    assert isinstance(policy, permissions.SubtreePermissionPolicy)
    assert policy_registry.get_by_type(Page) is policy


def test_a_role_opens_the_admin_and_the_last_one_closes_it(net):
    user = UserFactory()
    give(user, net.village)
    give(user, net.other_village)
    assert fresh(user).has_perm("wagtailadmin.access_admin")
    NodeRole.objects.filter(user=user).first().delete()
    assert fresh(user).has_perm("wagtailadmin.access_admin")
    NodeRole.objects.filter(user=user).first().delete()
    assert not fresh(user).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize(
    ("node", "allowed"),
    [("village", True), ("township", True), ("sibling_village", True)]
    + [("county", False), ("other_village", False), ("city", False)],
)
def test_an_editor_publishes_under_her_node_alone(net, policy, node, allowed):
    user = UserFactory()
    give(user, net.township)
    page = getattr(net, node)
    for action in ("add", "change", "publish"):
        has = policy.user_has_permission_for_instance(fresh(user), action, page)
        assert has is allowed
    assert page.permissions_for_user(fresh(user)).can_edit() is allowed
    assert permissions.can_act_under(fresh(user), page.path, [Role.EDITOR]) is allowed
    assert not permissions.can_act_under(fresh(user), page.path, [Role.DESK])


def test_the_instances_an_editor_may_change_are_her_subtree(net, policy):
    user = UserFactory()
    give(user, net.township)
    found = policy.instances_user_has_any_permission_for(user, {"change"})
    expected = net.township.get_descendants(inclusive=True)
    assert set(found) == set(expected)


def test_nobody_changes_anything_without_a_role(net, policy):
    user = UserFactory()
    assert not policy.instances_user_has_any_permission_for(user, {"change"}).exists()
    assert not policy.explorable_instances(user).exists()
    assert policy.explorable_root_instance(user) is None
    assert permissions.nodes_of(user) == []


def test_two_roots_are_explored_from_what_stands_above_both(net, policy):
    user = UserFactory()
    give(user, net.village)
    give(user, net.other_village)
    assert policy.explorable_root_instance(user) == net.city.page_ptr
    seen = set(policy.explorable_instances(user).values_list("slug", flat=True))
    way = {"jiujiang", "lianxi", "shili", "xiushui", "yining"}
    assert seen == way | {"lianxi-shequ", "ninghong"}


def test_the_desk_sees_its_subtree_and_changes_nothing(net, policy):
    user = UserFactory()
    give(user, net.township, Role.DESK)
    assert policy.user_has_any_permission(user, EXPLORING)
    assert policy.explorable_root_instance(user) == net.township.page_ptr
    assert not policy.user_has_any_permission(user, {"change"})
    assert not policy.instances_user_has_any_permission_for(user, {"change"}).exists()
    assert permissions.can_act_under(user, net.village.path, [Role.DESK, Role.EDITOR])


def test_group_permissions_of_wagtail_are_still_honoured(net, policy):
    from django.contrib.auth.models import Group

    group = Group.objects.create(name="部门")
    change = Permission.objects.get(
        codename="change_page", content_type__app_label="wagtailcore"
    )
    GroupPagePermission.objects.create(
        group=group, page=net.other_county, permission=change
    )
    user = UserFactory()
    user.groups.add(group)
    give(user, net.village)
    assert net.other_village.permissions_for_user(user).can_edit()
    assert net.village.permissions_for_user(user).can_edit()
    assert not net.sibling_village.permissions_for_user(user).can_edit()
    found = policy.instances_user_has_any_permission_for(user, {"change"})
    assert set(found.values_list("slug", flat=True)) >= {"xiushui", "lianxi-shequ"}


@pytest.mark.parametrize(
    ("role_at", "deletable"),
    [("village", False), ("township", True)],
)
def test_an_editor_s_own_seat_is_taken_away_only_from_above(net, role_at, deletable):
    user = UserFactory()
    give(user, getattr(net, role_at))
    for page in (net.village, net.village.page_ptr):
        tester = page.permissions_for_user(fresh(user))
        assert isinstance(tester, SubtreePermissionTester)
        assert tester.can_edit()
        assert tester.can_delete() is deletable
        assert tester.can_move() is deletable
        assert tester.can_unpublish() is deletable


def test_a_node_with_places_below_it_is_deleted_by_administrators_alone(net):
    user = UserFactory()
    give(user, net.county)
    assert not net.township.permissions_for_user(user).can_delete()
    boss = UserFactory(is_superuser=True)
    assert net.township.permissions_for_user(boss).can_delete()


def test_those_who_may_publish_a_page_are_found_by_role(net, policy):
    editor, elsewhere, desk = UserFactory.create_batch(3)
    give(editor, net.township)
    give(elsewhere, net.other_township)
    give(desk, net.township, Role.DESK)
    found = policy.users_with_permission_for_instance("publish", net.village)
    assert set(found) == {editor}
    assert set(policy.users_with_permission("publish")) == {editor, elsewhere}


@pytest.fixture
def editor_of_many():
    """Holds 150 teaching points spread over six townships."""
    lines = ["code12,level,name,parent12", "360000000000,city,某市,"]
    lines.append("360100000000,county,甲区,360000000000")
    for t in range(6):
        township = f"36010{t}001000"
        lines.append(f"{township},township,{t}镇,360100000000")
        lines += [
            f"36010{t}0012{v:02d},village,{t}之{v}村委会,{township}" for v in range(30)
        ]
    assert not import_divisions(parse("\n".join(lines))).bad_rows
    villages = NetworkNodePage.objects.filter(level="teaching_point")[:ROOTS]
    user = UserFactory()
    NodeRole.objects.bulk_create(
        NodeRole(user=user, node=node, role=Role.EDITOR) for node in villages
    )
    give(user, villages[0], Role.DESK)
    from home.roles import join_group

    join_group(NodeRole.objects.filter(user=user).first())
    for node in villages[:3]:
        ActivityPageFactory(parent=node)
    return user


@pytest.mark.parametrize(
    ("name", "args", "most"),
    [
        ("wagtailadmin_home", [], 60),
        ("wagtailadmin_explore_root", [], 60),
        ("wagtailadmin_pages:search", [], 40),
        ("wagtailadmin_choose_page", [], 40),
        # Wagtail asks for the way up of each of the 25 rows
        ("wagtailadmin_choose_page_search", [], 130),
        ("wagtailadmin_pages:type_use", ["activities", "activitypage"], 40),
        ("wagtailadmin_pages:choose_parent", ["activities", "activitypage"], 60),
        ("wagtailadmin_reports:aging_pages", [], 40),
        ("wagtailadmin_reports:locked_pages", [], 40),
        ("wagtailadmin_reports:site_history", [], 40),
        ("wagtailadmin_reports:workflow", [], 40),
        ("wagtailadmin_reports:workflow_tasks", [], 40),
        # so does its interface of 20 rows
        ("wagtailadmin_api:pages:listing", [], 150),
    ],
)
def test_the_admin_stays_quick_with_150_roots(
    client, editor_of_many, django_assert_max_num_queries, name, args, most
):
    client.force_login(editor_of_many)
    with django_assert_max_num_queries(most):
        query = {} if "api" in name else {"q": "村"}
        response = client.get(reverse(name, args=args), query, follow=True)
    assert response.status_code == 200


def test_one_query_finds_everything_of_150_roots(
    editor_of_many, policy, django_assert_num_queries
):
    permissions.nodes_of(editor_of_many)
    policy.get_cached_permissions_for_user(editor_of_many)
    with django_assert_num_queries(1):
        found = policy.instances_user_has_any_permission_for(editor_of_many, {"change"})
        assert len(found) == ROOTS + 3
    with django_assert_num_queries(1):
        assert len(policy.explorable_instances(editor_of_many)) >= ROOTS + 3
