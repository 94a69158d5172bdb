"""Every address of the admin about a page × own, sibling's, parent's × level."""

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver
from wagtail.models import Page, Revision, Workflow

from home.models import NodeRole, Role
from tests.factories import ActivityPageFactory, UserFactory, small_network
from tests.home.admin_only import ADMINISTRATORS, OPEN
from tests.home.admin_table import (
    ELSEWHERE_NAMES,
    ELSEWHERE_PREFIXES,
    LISTS,
    PAGE_URLS,
    Target,
)

pytestmark = pytest.mark.django_db

# An answer to a script: a refusal is then a 403, not a redirect with a message.
AS_SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
SECRET = "别处的草稿"

# level of the editor → her node, a sibling's, the parent's; a city has no sibling
LEVELS = {
    "city": ("city", None, "home"),
    "village": ("village", "sibling_village", "township"),
    "township": ("township", "other_township", "county"),
    "county": ("county", "other_county", "city"),
}


def walk(resolver, namespace="", prefix=""):
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (
                f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
            yield from walk(pattern, inner, path)
        elif path.startswith("admin/") and pattern.name:
            yield f"{namespace}{pattern.name}"


def test_every_address_of_the_admin_has_a_line_in_the_table():
    known = {*PAGE_URLS, *LISTS, *ADMINISTRATORS, *OPEN, *ELSEWHERE_NAMES}
    missing = {
        name
        for name in walk(get_resolver())
        if name not in known and not name.startswith(ELSEWHERE_PREFIXES)
    }
    assert not missing


def test_no_line_of_the_table_is_about_an_address_that_is_gone():
    assert {*PAGE_URLS, *LISTS, *ADMINISTRATORS, *OPEN} <= set(walk(get_resolver()))


@pytest.fixture
def net():
    return small_network()


def holder(node, role=Role.EDITOR):
    user = UserFactory()
    NodeRole.objects.create(user=user, node=node, role=role)
    return user


def target_at(node, page=None, title="活动") -> Target:
    page = (page or ActivityPageFactory(parent=node, title=title)).specific
    revision = page.save_revision(clean=False)
    alias = page.create_alias(update_slug=f"{page.slug}-alias")
    other = ActivityPageFactory(parent=node, title=title)
    other.save_revision()
    Workflow.objects.get().start(other, None)
    return Target(node, page, alias, revision, other)


def ask(client, name, args, method="get", query=None):
    url = reverse(name, args=args)
    return getattr(client, method)(url, query or {}, **AS_SCRIPT)


def is_refused(response) -> bool:
    return response.status_code in (403, 404)


def state_of(page) -> tuple:
    return (
        Page.objects.filter(pk=page.pk).values().get(),
        Revision.objects.filter(object_id=str(page.pk)).count(),
        Page.objects.count(),
    )


@pytest.mark.parametrize(
    ("level", "relation"),
    [
        (level, relation)
        for level, (_own, sibling, _parent) in LEVELS.items()
        for relation in ("below", "seat", "sibling", "parent")
        if sibling or relation != "sibling"
    ],
)
def test_an_editor_reaches_her_own_subtree_and_nothing_else(
    client, net, level, relation
):
    own, sibling, parent = (name and getattr(net, name) for name in LEVELS[level])
    client.force_login(holder(own))
    target = {
        "below": lambda: target_at(own),
        "seat": lambda: target_at(own, page=own),
        "sibling": lambda: target_at(sibling),
        "parent": lambda: target_at(parent),
    }[relation]()
    column = "foreign" if relation in ("sibling", "parent") else relation
    before = state_of(target.page)
    wrong = {}
    for name, entry in PAGE_URLS.items():
        response = ask(client, name, entry.args(target), entry.method, entry.query)
        if is_refused(response) is getattr(entry, column):
            wrong[name] = response.status_code
    assert not wrong
    if column == "foreign":
        assert state_of(target.page) == before


@pytest.mark.parametrize("level", LEVELS)
def test_the_parent_s_own_page_is_not_hers(client, net, level):
    own, _sibling, parent = (name and getattr(net, name) for name in LEVELS[level])
    client.force_login(holder(own))
    target = target_at(parent, page=parent)
    wrong = [
        name
        for name, entry in PAGE_URLS.items()
        if not entry.foreign
        and not is_refused(ask(client, name, entry.args(target), entry.method))
    ]
    assert not wrong


def test_whoever_works_at_the_desk_changes_no_page(client, net):
    client.force_login(holder(net.village, Role.DESK))
    target = target_at(net.village)
    before = state_of(target.page)
    wrong = [
        name
        for name, entry in PAGE_URLS.items()
        if not entry.foreign
        and not name.startswith("wagtailadmin_api:")
        and not is_refused(ask(client, name, entry.args(target), entry.method))
    ]
    assert not wrong
    assert state_of(target.page) == before


def foreign_draft(node):
    draft = ActivityPageFactory(parent=node, title=SECRET, live=False)
    draft.save_revision()
    Workflow.objects.get().start(draft, None)
    return draft


def answers(client, name, draft):
    args = LISTS[name]
    target = Target(draft.get_parent().specific, draft, None, None)
    url = reverse(name, args=args(target) if callable(args) else args)
    # the title itself is not searched for: the search box repeats what was typed
    for query in ({}, {"q": "草稿"}, {"id": draft.pk}, {"search": "草稿"}):
        yield client.get(url, query, follow=True)


# wagtail-localize pages through its report in no order
@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
@pytest.mark.parametrize("role", [Role.EDITOR, Role.DESK])
def test_no_list_names_a_draft_of_another_subtree(client, net, role):
    draft = foreign_draft(net.sibling_village)
    client.force_login(holder(net.village, role))
    wrong = [
        name
        for name in LISTS
        for response in answers(client, name, draft)
        if response.status_code >= 500 or SECRET in response.content.decode()
    ]
    assert not wrong


@pytest.mark.parametrize(
    "name", ["wagtailadmin_explore", "wagtailadmin_api:pages:listing"]
)
def test_an_editor_finds_her_own_drafts(client, net, name):
    ActivityPageFactory(parent=net.village, title="自己的草稿", live=False)
    client.force_login(holder(net.village))
    args = [] if ":" in name else [net.village.pk]
    response = client.get(reverse(name, args=args), {"child_of": net.village.pk})
    assert response.status_code == 200
    found = response.content.decode()
    assert "自己的草稿" in (str(response.json()) if found.startswith("{") else found)


BULK = {
    "delete": lambda page: not Page.objects.filter(pk=page.pk).exists(),
    "unpublish": lambda page: not Page.objects.get(pk=page.pk).live,
}


@pytest.mark.parametrize("action", BULK)
@pytest.mark.parametrize(
    ("where", "done"),
    [("village", True), ("sibling_village", False), ("township", False)],
)
def test_bulk_actions_touch_only_what_is_hers(client, net, action, where, done):
    page = ActivityPageFactory(parent=getattr(net, where))
    client.force_login(holder(net.village))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    client.post(f"{url}?id={page.pk}&next=/admin/")
    assert BULK[action](page) is done


@pytest.mark.parametrize("action", BULK)
def test_bulk_actions_leave_an_editor_s_own_seat(client, net, action):
    client.force_login(holder(net.village))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    client.post(f"{url}?id={net.village.pk}&next=/admin/")
    assert not BULK[action](net.village)


def test_bulk_moving_takes_nothing_into_a_foreign_subtree(client, net):
    page = ActivityPageFactory(parent=net.village)
    client.force_login(holder(net.village))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    client.post(
        f"{url}?id={page.pk}&next=/admin/",
        {"chooser": net.sibling_village.pk, "move_applied": True},
    )
    assert Page.objects.get(pk=page.pk).is_child_of(net.village)


def test_somebody_else_s_editing_session_stays_unseen(client, net):
    page = ActivityPageFactory(parent=net.sibling_village)
    client.force_login(holder(net.village))
    url = reverse(
        "wagtailadmin_editing_sessions:ping",
        args=["activities", "activitypage", page.pk, 1],
    )
    assert is_refused(client.post(url, **AS_SCRIPT))
