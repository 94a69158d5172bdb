"""Which courses an editor may announce a run of, and which of them she may edit."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from home.models import NodeRole, Role
from tests.factories import CourseFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db

NAMES = "wagtailsnippets_courses_catalog_course"
CHOOSER = "wagtailsnippetchoosers_courses_catalog_course"
OWNERS = ("city", "county", "township", "village", "sibling_village", "other_county")


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def courses(net):
    return {
        name: CourseFactory(owner_node=getattr(net, name), title=f"课{name}")
        for name in OWNERS
    }


@pytest.fixture
def editor_at(client, net):
    group = Group.objects.create(name="tests")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))

    def log_in(name):
        user = UserFactory()
        user.groups.add(group)
        NodeRole.objects.create(user=user, node=getattr(net, name), role=Role.EDITOR)
        client.force_login(user)
        return client

    return log_in


def offered(client, courses) -> set[str]:
    html = client.get(reverse(f"{CHOOSER}:choose_results")).content.decode()
    titles = set(re.findall(r"课\w+", html))
    return {name for name, course in courses.items() if course.title in titles}


@pytest.mark.parametrize(
    ("where", "choices"),
    [
        ("village", {"city", "county", "township", "village"}),
        ("township", {"city", "county", "township", "village", "sibling_village"}),
        ("city", set(OWNERS)),
        ("other_county", {"city", "other_county"}),
    ],
)
def test_courses_below_and_above_may_be_chosen(editor_at, courses, where, choices):
    client = editor_at(where)
    assert offered(client, courses) == choices
    for name, course in courses.items():
        answer = client.get(reverse(f"{CHOOSER}:chosen", args=[course.pk]))
        assert answer.status_code == (200 if name in choices else 404), name


@pytest.mark.parametrize("owner", ["village", "county"])
def test_a_course_that_is_not_public_is_not_offered(editor_at, courses, owner):
    courses[owner].live = False
    courses[owner].save()
    client = editor_at("village")
    assert owner not in offered(client, courses)
    chosen = reverse(f"{CHOOSER}:chosen", args=[courses[owner].pk])
    assert client.get(chosen).status_code == 404


def test_choosing_a_course_from_above_is_not_editing_it(editor_at, courses):
    client = editor_at("village")
    above = client.get(reverse(f"{NAMES}:edit", args=[courses["county"].pk]))
    own = client.get(reverse(f"{NAMES}:edit", args=[courses["village"].pk]))
    assert above.headers["Location"] == reverse("wagtailadmin_home")
    assert own.status_code == 200
    listed = client.get(reverse(f"{NAMES}:list")).content.decode()
    assert courses["county"].title not in listed
