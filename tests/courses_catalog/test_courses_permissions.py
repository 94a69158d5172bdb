"""Every address of a course in the admin, for editors of its own and other subtrees."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.permissions import policy_registry

from courses_catalog.models import Course
from home.models import NodeRole, Role
from tests.factories import CourseFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db

NAMES = "wagtailsnippets_courses_catalog_course"
CHOOSER = "wagtailsnippetchoosers_courses_catalog_course"
OF_A_COURSE = [
    "edit",
    "delete",
    "usage",
    "history",
    "history_results",
    "copy",
    "preview_on_edit",
    "unpublish",
    "lock",
    "unlock",
    "workflow_history",
    "confirm_workflow_cancellation",
]
OF_A_REVISION = ["revisions_view", "revisions_revert", "revisions_unschedule"]


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def course(net):
    course = CourseFactory(owner_node=net.township, title="书法入门")
    course.save_revision().publish()
    return course


def person(node=None, role=Role.EDITOR, **fields):
    user = UserFactory(**fields)
    user.groups.add(_staff())
    if node:
        NodeRole.objects.create(user=user, node=node, role=role)
    return user


def _staff() -> Group:
    """May enter the admin and, by mistake, holds every permission on courses."""
    group, _created = Group.objects.get_or_create(name="tests")
    group.permissions.set(
        Permission.objects.filter(codename="access_admin")
        | Permission.objects.filter(content_type__app_label="courses_catalog")
    )
    return group


def addresses(course) -> list[str]:
    revision = course.latest_revision_id
    compare = [course.pk, "earliest", "latest"]
    return [
        *(reverse(f"{NAMES}:{name}", args=[course.pk]) for name in OF_A_COURSE),
        *(reverse(f"{NAMES}:{n}", args=[course.pk, revision]) for n in OF_A_REVISION),
        reverse(f"{NAMES}:revisions_compare", args=compare),
    ]


def test_every_address_that_names_a_course_is_in_this_matrix():
    patterns = Course.snippet_viewset.get_urlpatterns()
    naming = {p.name for p in patterns if "pk" in p.pattern.regex.groupindex}
    workflow = {
        # they name a task of a workflow too, and ask the same question first
        "workflow_action",
        "collect_workflow_action_data",
        "workflow_preview",
        "workflow_history_detail",
    }

    assert naming - workflow == {*OF_A_COURSE, *OF_A_REVISION, "revisions_compare"}


@pytest.mark.parametrize(
    ("where", "role", "is_allowed"),
    [
        ("city", Role.EDITOR, True),
        ("county", Role.EDITOR, True),
        ("township", Role.EDITOR, True),
        ("village", Role.EDITOR, False),
        ("other_county", Role.EDITOR, False),
        ("other_township", Role.EDITOR, False),
        ("township", Role.DESK, False),
        (None, None, False),
    ],
)
def test_an_editor_reaches_the_courses_of_her_subtree_only(
    client, net, course, where, role, is_allowed
):
    node = getattr(net, where) if where else None
    client.force_login(person(node, role))

    for address in addresses(course):
        response = client.get(address)
        if is_allowed:
            assert response.status_code in (200, 302, 405), address
            assert response.headers.get("Location") != reverse("wagtailadmin_home")
        else:
            # Wagtail's answer to "may not": back to the front page of the admin
            assert response.status_code in (302, 403), address
            assert response.headers.get("Location") == reverse("wagtailadmin_home")


def test_another_subtree_cannot_be_written_to(client, net, course):
    client.force_login(person(net.other_county))

    for name in ("edit", "delete", "unpublish", "copy"):
        client.post(reverse(f"{NAMES}:{name}", args=[course.pk]), {"title": "新"})

    course.refresh_from_db()
    assert (course.title, course.live) == ("书法入门", True)
    assert Course.objects.count() == 1


def test_bulk_deletion_leaves_other_subtrees_alone(client, net, course):
    own = CourseFactory(owner_node=net.other_county)
    client.force_login(person(net.other_county))
    address = reverse(
        "wagtail_bulk_action", args=["courses_catalog", "course", "delete"]
    )

    client.post(f"{address}?id={course.pk}&id={own.pk}")

    assert set(Course.objects.all()) == {course}


def test_lists_and_choosers_show_only_her_own(client, net, course):
    own = CourseFactory(owner_node=net.other_village, title="自己的课")
    client.force_login(person(net.other_county))

    for address in (
        reverse(f"{NAMES}:list"),
        reverse(f"{NAMES}:list_results"),
        reverse(f"{CHOOSER}:choose"),
        reverse(f"{CHOOSER}:choose_results"),
        reverse(f"{CHOOSER}:chosen_multiple") + f"?id={own.pk}&id={course.pk}",
    ):
        response = client.get(address)
        is_json = response.headers["Content-Type"] == "application/json"
        html = str(response.json()) if is_json else response.content.decode()
        assert course.title not in html, address
        assert own.title in html, address
    chosen = f"{CHOOSER}:chosen"
    assert client.get(reverse(chosen, args=[own.pk])).status_code == 200
    assert client.get(reverse(chosen, args=[course.pk])).status_code == 404


def test_who_has_no_role_sees_no_list(client, net, course):
    client.force_login(person())

    response = client.get(reverse(f"{NAMES}:list"))

    assert response.headers["Location"] == reverse("wagtailadmin_home")


def form(**fields) -> dict:
    return {
        "title": "新课",
        "summary": "",
        "theme": "civic",
        "tags": "",
        "action-publish": "1",
        **fields,
    }


@pytest.mark.parametrize(
    ("owner", "is_created"),
    [("other_county", True), ("other_village", True), ("township", False)],
)
def test_a_new_course_belongs_to_her_own_subtree(client, net, owner, is_created):
    client.force_login(person(net.other_county))

    response = client.post(
        reverse(f"{NAMES}:add"), form(owner_node=getattr(net, owner).pk)
    )

    assert Course.objects.filter(live=True).exists() == is_created
    if not is_created:
        assert "请选您自己负责的网点" in response.content.decode()


def test_a_course_is_not_given_away(client, net, course):
    client.force_login(person(net.township))

    client.post(
        reverse(f"{NAMES}:edit", args=[course.pk]), form(owner_node=net.other_county.pk)
    )

    course.refresh_from_db()
    assert course.owner_node_id == net.township.pk


def test_an_administrator_reaches_everything(client, net, course):
    client.force_login(UserFactory(is_superuser=True))

    for address in addresses(course):
        assert client.get(address).status_code in (200, 302, 405), address


def test_the_preview_is_the_public_page(client, net, course):
    client.force_login(person(net.township))
    address = reverse(f"{NAMES}:preview_on_edit", args=[course.pk])

    client.post(address, form(title="预览的课", owner_node=net.township.pk))
    html = client.get(address).content.decode()

    assert "<h1>预览的课</h1>" in html


def test_the_policy_names_who_may_act(net, course):
    policy = policy_registry.get_by_type(Course)
    own, above, beside = person(net.township), person(net.city), person(net.village)
    desk = person(net.township, role=Role.DESK)

    found = set(policy.users_with_any_permission_for_instance(["change"], course))

    assert {own, above} == found
    assert set(policy.users_with_any_permission(["change"])) == {own, above, beside}
    assert desk not in found
