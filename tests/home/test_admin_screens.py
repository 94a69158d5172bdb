"""The admin says whose it is, in words an editor understands, and publishes first."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Task, Workflow

from home.models import NetworkNodePage, NodeRole, Role
from tests.factories import ActivityPageFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def editor(client, net):
    user = UserFactory()
    NodeRole.objects.create(user=user, node=net.township, role=Role.EDITOR)
    client.force_login(user)
    return client


def form_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def page(client, url) -> str:
    return client.get(url).content.decode()


def test_the_site_stands_in_the_title_and_beside_the_menu(editor):
    start = page(editor, reverse("wagtailadmin_home"))
    title = start.split("<title>")[1].split("</title>")[0]
    assert title == "工作台 - 社学"
    assert "img/logo.svg" in start.split("branding-logo>")[1].split("</template>")[0]
    assert 'rel="icon" href="/static/img/logo.svg"' in start
    assert "favicon.ico" not in start


def test_browsers_find_the_icon_where_they_look_first(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.url) == (302, "/static/img/logo.svg")


# --- Publishing first -----------------------------------------------------------------
def actions(answer) -> list[str]:
    """The names of the footer's actions, the button's first."""
    menu = answer.context["action_menu"]
    return [menu.default_item.name, *(item.name for item in menu.menu_items)]


@pytest.mark.parametrize("which", ["new", "activity", "node"])
def test_publishing_is_on_the_button_for_who_may_publish(net, editor, which):
    add = ["activities", "activitypage", net.village.pk]
    url = {
        "new": lambda: reverse("wagtailadmin_pages:add", args=add),
        "activity": lambda: form_url(ActivityPageFactory(parent=net.village)),
        "node": lambda: form_url(net.village),
    }[which]()
    found = actions(editor.get(url))
    assert found[:2] == ["action-publish", "action-save-draft"]


def test_without_the_right_to_publish_the_draft_is_on_the_button(client, net):
    group = Group.objects.create(name="只写草稿")
    group.permissions.add(
        *Group.objects.get(name="网点编辑").permissions.filter(codename="access_admin")
    )
    group.page_permissions.create(page=net.village, permission=may("change_page"))
    user = UserFactory()
    user.groups.add(group)
    client.force_login(user)
    found = actions(client.get(form_url(ActivityPageFactory(parent=net.village))))
    assert found[0] == "action-save-draft"
    assert "action-publish" not in found


def may(codename):
    return Permission.objects.get(content_type__model="page", codename=codename)


def test_while_an_approval_is_asked_for_nothing_is_published_past_it(client, net):
    activity = ActivityPageFactory(parent=net.village, live=False)
    activity.save_revision()
    Workflow.objects.get().start(activity, None)
    client.force_login(UserFactory(is_superuser=True))
    assert actions(client.get(form_url(activity)))[0] == "action-save-draft"


# --- Words ----------------------------------------------------------------------------
def test_groups_and_workflow_have_chinese_names():
    names = set(Group.objects.values_list("name", flat=True))
    assert names == {"审核员", "网点编辑", "报名台"}
    assert [w.name for w in Workflow.objects.all()] == ["审核"]
    assert [t.name for t in Task.objects.all()] == ["审核"]


def test_the_form_speaks_of_no_slug_and_hides_the_address_below(net, editor):
    for one in (ActivityPageFactory(parent=net.village), net.village):
        form = page(editor, form_url(one))
        assert "缩略名" not in form
        assert "推广" not in form
        assert "提交审核" in form
        assert "网址（一般不用管）" in form


def test_a_place_made_without_an_address_gets_one(net, client):
    client.force_login(UserFactory(is_superuser=True))
    where = ["home", "networknodepage", net.township.pk]
    url = reverse("wagtailadmin_pages:add", args=where)
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {"title": "莲花洞教学点", "short_name": "莲花洞", "slug": ""}
    sent |= {f"comments-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    assert client.post(url, sent | {"action-publish": "on"}).status_code == 302
    assert NetworkNodePage.objects.get(title="莲花洞教学点").slug == "lian-hua-dong"
