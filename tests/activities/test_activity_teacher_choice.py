"""Which teachers of the catalogue an activity may name, and what its page shows."""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale
from wagtail.test.utils.form_data import streamfield
from wagtail_localize.models import Translation, TranslationSource

from activities.listed_teachers import teachers_of
from activities.models import ActivityPage
from courses_catalog.loans import lending
from courses_catalog.loans.states import LoanAct
from home.models import NodeRole, Role
from tests.activities.test_schedule_editor import create, edit, errors, form
from tests.factories import TeacherFactory, UserFactory, small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db

START = "2030-12-08 09:00"


@pytest.fixture
def net():
    return small_network()


def holder(node, role=Role.EDITOR):
    group, _created = Group.objects.get_or_create(name="tests")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    user = UserFactory()
    user.groups.add(group)
    NodeRole.objects.create(user=user, node=node, role=role)
    return user


@pytest.fixture
def user(net):
    return holder(net.village)


@pytest.fixture
def editor(client, user):
    client.force_login(user)
    return client


def with_teacher(listed="", name="", **fields) -> dict:
    block = {"listed": str(listed), "name": name, "introduction": ""}
    teachers = streamfield([("teacher", block)])
    return form(starts_at=START, teachers=teachers, **fields)


def names() -> list[str]:
    return [block.value["name"] for block in ActivityPage.objects.get().teachers]


def borrowed(net, teacher, user):
    loan = lending.ask(
        teacher, borrower=net.village, by=user, purpose="书法班", starts_on="2030-12-01"
    )
    owner = holder(teacher.owner_node)
    return lending.act_on(loan, LoanAct.ACCEPTED, by=owner)


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("owner", ["village", "township", "county", "city"])
def test_a_teacher_of_her_own_or_from_above_is_taken(editor, net, owner):
    teacher = TeacherFactory(owner_node=getattr(net, owner), title="周德明")
    assert create(editor, net.village, with_teacher(teacher.pk)).status_code == 302
    assert names() == ["周德明"]
    assert ActivityPage.objects.get().teachers[0].value["listed"] == teacher


def test_what_she_writes_beside_it_stays(editor, net):
    teacher = TeacherFactory(owner_node=net.village, title="周德明")
    create(editor, net.village, with_teacher(teacher.pk, "周老师"))
    assert names() == ["周老师"]


def test_a_name_alone_is_enough(editor, net):
    create(editor, net.village, with_teacher(name="王老师"))
    assert names() == ["王老师"]


def test_neither_is_too_little(editor, net):
    found = errors(create(editor, net.village, with_teacher()))
    assert "teachers" in found


@pytest.mark.parametrize("publish", [True, False])
@pytest.mark.parametrize(
    ("owner", "live"),
    [("sibling_village", True), ("other_county", True), ("village", False)],
)
def test_another_is_refused_with_a_sentence(editor, net, owner, live, publish):
    teacher = TeacherFactory(owner_node=getattr(net, owner), live=live)
    answer = create(editor, net.village, with_teacher(teacher.pk), publish=publish)
    assert "别的网点的老师要先借用" in errors(answer)["teachers"][0]
    assert not ActivityPage.objects.exists()


def test_a_borrowed_teacher_is_taken_until_the_loan_ends(editor, net, user):
    teacher = TeacherFactory(owner_node=net.other_village, title="周德明")
    loan = borrowed(net, teacher, user)
    assert create(editor, net.village, with_teacher(teacher.pk)).status_code == 302
    page = ActivityPage.objects.get()

    lending.act_on(loan, LoanAct.ENDED, by=user)

    # what was published stays, and may be edited
    data = with_teacher(teacher.pk, "周德明", slug=page.slug)
    assert edit(editor, page, data).status_code == 302
    answer = create(editor, net.village, with_teacher(teacher.pk))
    assert "teachers" in errors(answer)


def test_the_form_offers_the_list(editor, net):
    url = reverse(
        "wagtailadmin_pages:add", args=["activities", "activitypage", net.village.pk]
    )
    # the fields of a block travel as JSON
    label = json.dumps("教师名单里的老师").strip('"')
    assert label in text(editor.get(url))


# --- The page -------------------------------------------------------------------------


def activity_with(net, *teachers, **fields) -> ActivityPage:
    blocks = [
        ("teacher", {"listed": one, "name": one.title, "introduction": ""})
        for one in teachers
    ]
    blocks.append(("teacher", {"name": "王老师", "introduction": "带班"}))
    return published_activity(net.village, title="书法班", teachers=blocks, **fields)


def shown(client, page) -> str:
    return text(client.get(page.get_url_parts()[2]))


def test_the_page_leads_to_the_teacher(client, net):
    teacher = TeacherFactory(owner_node=net.village, title="周德明")
    html = shown(client, activity_with(net, teacher))
    assert f'<a href="/courses/teachers/{teacher.pk}/">周德明</a>' in html
    assert "<h3>王老师</h3>" in html


def test_who_left_the_list_stays_by_name(client, net):
    teacher = TeacherFactory(owner_node=net.village, title="周德明")
    page = activity_with(net, teacher)
    teacher.unpublish()
    assert "<h3>周德明</h3>" in shown(client, page)
    teacher.delete()
    assert "<h3>周德明</h3>" in shown(client, page)


def test_teachers_cost_two_queries_however_many(client, net):
    def cost(*teachers, slug) -> int:
        page = activity_with(net, *teachers, slug=slug)
        shown(client, page)
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as asked:
            shown(client, page)
        return len(asked)

    three = [TeacherFactory(owner_node=net.village) for _ in range(3)]
    assert cost(*three, slug="three") <= cost(slug="none") + 2
    assert cost(*three, slug="again") <= 12


def test_a_translation_names_the_same_teacher(net):
    teacher = TeacherFactory(owner_node=net.village, title="周德明")
    page = activity_with(net, teacher)
    english = Locale.objects.get(language_code="en")
    net.village.copy_for_translation(english, copy_parents=True, alias=True)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(publish=True)

    copy = ActivityPage.objects.get(locale=english)

    assert copy.teachers[0].value["listed"] == teacher
    with override("en"):
        url = teachers_of(copy)[0]["url"]
    assert url == f"/en/courses/teachers/{teacher.pk}/"
