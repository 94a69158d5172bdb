"""Which course an activity may say it is a run of, whatever the browser sends."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from activities.models import ActivityPage
from home.models import NodeRole, Role
from tests.activities.test_schedule_editor import create, edit, errors, form
from tests.factories import (
    ActivityPageFactory,
    CourseFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db

SENTENCE = "这门课程没有公开，或者不归您和您的上级网点。请从列表里另选一门。"


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def editor(client, net):
    group = Group.objects.create(name="tests")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    user = UserFactory()
    user.groups.add(group)
    NodeRole.objects.create(user=user, node=net.village, role=Role.EDITOR)
    client.force_login(user)
    return client


@pytest.mark.parametrize("owner", ["village", "township", "county", "city"])
def test_a_course_of_her_own_or_from_above_is_taken(editor, net, owner):
    course = CourseFactory(owner_node=getattr(net, owner))
    data = form(starts_at="2030-12-08 09:00", course=str(course.pk))
    assert create(editor, net.village, data).status_code == 302
    assert ActivityPage.objects.get().course == course


@pytest.mark.parametrize("publish", [True, False])
@pytest.mark.parametrize(
    ("owner", "live"),
    [("sibling_village", True), ("other_county", True), ("village", False)],
)
def test_another_is_refused_with_a_sentence(editor, net, owner, live, publish):
    course = CourseFactory(owner_node=getattr(net, owner), live=live)
    data = form(starts_at="2030-12-08 09:00", course=str(course.pk))
    answer = create(editor, net.village, data, publish=publish)
    assert errors(answer)["course"] == [SENTENCE]
    assert not ActivityPage.objects.exists()


def test_the_course_it_has_may_stay_when_it_is_no_longer_public(editor, net):
    course = CourseFactory(owner_node=net.sibling_village, live=False)
    page = ActivityPageFactory(parent=net.village, title="书法讲座", course=course)
    data = form(slug=page.slug, starts_at="2030-12-08 09:00", course=str(course.pk))
    assert edit(editor, page, data).status_code == 302
    page.refresh_from_db()
    assert page.course == course


def test_the_editor_s_page_repeats_the_sentence_beside_the_field(editor, net):
    course = CourseFactory(owner_node=net.other_county)
    data = form(starts_at="2030-12-08 09:00", course=str(course.pk))
    url = reverse(
        "wagtailadmin_pages:add", args=["activities", "activitypage", net.village.pk]
    )
    assert SENTENCE in editor.post(url, data).content.decode()
