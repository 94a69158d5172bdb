"""Giving roles in the admin: the place is looked up, and always said in full."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from home.models import NodeRole, Role
from tests.factories import UserFactory, small_network

pytestmark = pytest.mark.django_db

FULL_NAME = "濂溪区社区大学 · 十里街道社区学校 · 濂溪社区教学点"


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def administrator(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.fixture
def held(net):
    user = UserFactory(username="zhang")
    return NodeRole.objects.create(user=user, node=net.village, role=Role.EDITOR)


def page(client, name, *args, **query) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


def test_a_place_is_looked_up_and_not_picked_from_all_of_them(net, administrator):
    form = page(administrator, "node_roles:add")
    assert "page-chooser" in form
    assert "home.networknodepage" in form
    assert net.other_village.title not in form


def test_a_role_is_given(net, administrator):
    user = UserFactory(username="li")
    sent = {"user": "li", "node": net.village.pk, "role": "desk"}
    answer = administrator.post(reverse("node_roles:add"), sent, follow=True)
    held = NodeRole.objects.get(user=user)
    assert (held.node_id, held.role) == (net.village.pk, Role.DESK)
    assert FULL_NAME in answer.content.decode()


def test_a_translated_place_means_the_place_and_the_same_role_is_given_once(
    net, administrator, held
):
    english = Locale.objects.get(language_code="en")
    copy = net.village.copy_for_translation(english, copy_parents=True)
    sent = {"user": "zhang", "node": copy.pk, "role": "editor"}
    answer = administrator.post(reverse("node_roles:add"), sent)
    assert "这位用户在这个网点已经有这个角色。" in answer.content.decode()
    administrator.post(reverse("node_roles:add"), sent | {"role": "desk"})
    assert set(NodeRole.objects.values_list("node", flat=True)) == {net.village.pk}


def test_only_a_place_of_the_network_can_be_chosen(net, administrator):
    UserFactory(username="li")
    sent = {"user": "li", "node": net.home.pk, "role": "desk"}
    assert administrator.post(reverse("node_roles:add"), sent).status_code == 200
    assert not NodeRole.objects.exists()


def test_form_and_list_say_where_the_place_is(administrator, held):
    assert FULL_NAME in page(administrator, "node_roles:edit", held.pk)
    listed = page(administrator, "node_roles:index")
    assert FULL_NAME in listed
    assert "编辑（发布活动，看名单）" in listed


def test_the_list_asks_as_much_for_many_roles_as_for_one(
    net, administrator, held, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60) as one:
        page(administrator, "node_roles:index")
    for node in (net.city, net.county, net.other_village, net.township):
        NodeRole.objects.create(user=UserFactory(), node=node, role=Role.DESK)
    with django_assert_max_num_queries(len(one)):
        page(administrator, "node_roles:index")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"user": "zhang"}, True),
        ({"user": "li"}, False),
        ({"role": "editor"}, True),
        ({"role": "desk"}, False),
        ({"node": "township"}, True),
        ({"node": "other_county"}, False),
        ({"q": "zhang"}, True),
        ({"q": "濂溪社区"}, True),
        ({"q": "宁红"}, False),
    ],
)
def test_roles_are_found_by_person_place_and_kind(
    net, administrator, held, query, found
):
    if "node" in query:
        query = {"node": getattr(net, query["node"]).pk}
    listed = page(administrator, "node_roles:index", **query)
    assert (FULL_NAME in listed) is found


def test_from_an_account_its_roles_are_seen_and_one_is_given(administrator, held):
    account = page(administrator, "wagtailusers_users:edit", held.user_id)
    assert FULL_NAME in account
    link = reverse("node_roles:add", query={"user": "zhang"})
    assert link in account
    form = administrator.get(link).context["form"]
    assert form["user"].value() == "zhang"


def test_an_account_without_a_role_says_so(administrator):
    user = UserFactory()
    account = page(administrator, "wagtailusers_users:edit", user.pk)
    assert "还没有网点角色" in account
