"""Copying an activity in the admin: a free address, and straight on to its dates."""

import pytest
from django.urls import reverse

from activities.models import ActivityPage
from activities.slugs import free_slug
from home.models import NodeRole, Role
from tests.factories import UserFactory, small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def activity(net):
    return published_activity(net.village, title="书法", slug="shu-fa")


@pytest.fixture
def editor(client, net):
    user = UserFactory()
    NodeRole.objects.create(user=user, node=net.village, role=Role.EDITOR)
    client.force_login(user)
    return client


def copy_url(activity) -> str:
    return reverse("wagtailadmin_pages:copy", args=[activity.pk])


def as_offered(client, activity, **changes) -> dict:
    """What a browser would send, with `changes` typed in."""
    form = client.get(copy_url(activity)).context["form"]
    return {name: form[name].value() for name in form.fields} | changes


def test_a_taken_address_is_numbered(net, activity):
    assert free_slug("书法", net.village) == "shu-fa-2"
    assert free_slug("书法", net.sibling_village) == "shu-fa"
    published_activity(net.village, slug="shu-fa-2")
    assert free_slug("书法", net.village) == "shu-fa-3"


def test_the_form_as_it_is_offered_makes_a_copy(net, activity, editor):
    answer = editor.post(copy_url(activity), as_offered(editor, activity))
    copy = ActivityPage.objects.child_of(net.village).get(slug="shu-fa-2")
    assert copy.title == "书法"
    assert not copy.live
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert "请填新的开始时间" in editor.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ({"new_title": "书法春季班"}, "shu-fa-chun-ji-ban"),
        ({"new_title": "书法春季班", "new_slug": ""}, "shu-fa-chun-ji-ban"),
        ({"new_slug": "spring"}, "spring"),
    ],
)
def test_the_address_follows_a_new_title_unless_one_is_given(
    activity, editor, typed, slug
):
    editor.post(copy_url(activity), as_offered(editor, activity, **typed))
    assert ActivityPage.objects.exclude(pk=activity.pk).get().slug == slug


def test_another_place_is_asked_whether_the_address_is_free_there(
    client, net, activity
):
    client.force_login(UserFactory(is_superuser=True))
    sent = as_offered(client, activity, new_parent_page=net.other_village.pk)
    client.post(copy_url(activity), sent)
    assert ActivityPage.objects.child_of(net.other_village).get().slug == "shu-fa"


def test_the_form_asks_nothing_a_village_editor_cannot_answer(activity, editor):
    form = editor.get(copy_url(activity))
    visible = [field.name for field in form.context["form"].visible_fields()]
    assert visible == ["new_title", "new_parent_page"]
    page = form.content.decode()
    assert "缩略名" not in page
    assert "别名" not in page


@pytest.mark.parametrize("name", ["wagtailadmin_explore", "activities:index"])
def test_each_activity_in_a_list_has_a_button_to_copy_it(net, activity, editor, name):
    args = [] if ":" in name else [net.village.pk]
    assert copy_url(activity) in editor.get(reverse(name, args=args)).content.decode()


def test_who_works_at_the_desk_sees_no_button_to_copy(client, net, activity):
    user = UserFactory()
    NodeRole.objects.create(user=user, node=net.village, role=Role.DESK)
    client.force_login(user)
    listed = client.get(reverse("wagtailadmin_explore", args=[net.village.pk]))
    assert copy_url(activity) not in listed.content.decode()


def test_copying_a_node_still_asks_for_its_address(client, net):
    client.force_login(UserFactory(is_superuser=True))
    form = client.get(reverse("wagtailadmin_pages:copy", args=[net.village.pk]))
    assert "new_slug" in [f.name for f in form.context["form"].visible_fields()]
