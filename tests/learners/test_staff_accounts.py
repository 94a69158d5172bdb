"""The list of accounts: staff first, residents on request and to administrators."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from home.models import NodeRole, Role
from learners import accounts, households
from learners.models import Relation, User
from tests.factories import UserFactory, small_network

pytestmark = pytest.mark.django_db

INDEX = "wagtailusers_users:index"


@pytest.fixture
def resident():
    return accounts.with_phone("13800008000")


@pytest.fixture
def administrator(client):
    client.force_login(UserFactory(username="boss", is_superuser=True))
    return client


@pytest.fixture
def manager(client):
    """Looks after the accounts of editors without being an administrator."""
    user = UserFactory(username="manager")
    group = Group.objects.create(name="账号管理")
    group.permissions.set(
        Permission.objects.filter(
            codename__in=["access_admin", "add_user", "change_user", "delete_user"]
        )
    )
    user.groups.add(group)
    client.force_login(user)
    return client


def editor(username="editor"):
    user = UserFactory(username=username)
    NodeRole.objects.create(user=user, node=small_network().village, role=Role.EDITOR)
    return user


def listed(client, **query) -> set[str]:
    context = client.get(reverse(INDEX), query).context
    return {user.username for user in context["users"]}


def test_staff_are_shown_first(administrator, resident):
    editor()
    with_group = UserFactory(username="by-group")
    with_group.groups.add(Group.objects.get(name="报名台"))
    # a member of staff who also learns
    households.add(with_group, name="李福生", relation=Relation.SELF)
    UserFactory(username="made-just-now")
    household = UserFactory(username="neighbour")
    households.add(household, name="张桂英", relation=Relation.SELF)
    staff = {"boss", "editor", "by-group", "made-just-now"}
    assert listed(administrator) == staff
    assert listed(administrator, who="residents") == {resident.username, "neighbour"}
    assert listed(administrator, who="all") == {
        *staff,
        resident.username,
        "neighbour",
    }


def test_a_resident_with_a_role_is_staff(administrator, resident):
    node = small_network().village
    NodeRole.objects.create(user=resident, node=node, role=Role.DESK)
    assert resident.username in listed(administrator)


@pytest.mark.parametrize("who", ["", "residents", "all"])
def test_who_looks_after_editors_sees_no_resident(manager, resident, who):
    editor()
    assert listed(manager, who=who) == {"manager", "editor"}


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage"])
def test_who_looks_after_editors_opens_no_resident(manager, resident, view):
    def status(user):
        url = reverse(f"wagtailusers_users:{view}", args=[user.pk])
        return manager.get(url).status_code

    assert status(resident) == 404
    assert status(editor()) == 200


@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
def test_nobody_acts_on_all_accounts_at_once(administrator, resident, action):
    url = reverse("wagtail_bulk_action", args=["learners", "user", action])
    for answer in (administrator.get, administrator.post):
        assert answer(f"{url}?id=all", {"mark_as_active": "False"}).status_code == 302
    assert User.objects.filter(pk=resident.pk, is_active=True).exists()
    assert "data-object-id" not in administrator.get(reverse(INDEX)).content.decode()


def test_a_new_account_is_led_to_its_role(administrator):
    sent = {
        "username": "zhang",
        "email": "zhang@example.cn",
        "first_name": "丽",
        "last_name": "张",
        "password1": "a-long-password-of-hers",
        "password2": "a-long-password-of-hers",
    }
    answer = administrator.post(reverse("wagtailusers_users:add"), sent)
    assert answer.url == reverse("node_roles:add", query={"user": "zhang"})
