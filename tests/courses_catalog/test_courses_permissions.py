"""Every address of a record in the admin, for editors of its own and other subtrees."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.permissions import policy_registry

from courses_catalog.models import RECORDS
from home.models import NodeRole, Role
from tests.factories import (
    CourseFactory,
    ResourceFactory,
    SeriesFactory,
    TeacherFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db

FACTORIES = [CourseFactory, ResourceFactory, SeriesFactory, TeacherFactory]
# rows a form adds by itself say how many they are
INLINES = ("course_resources", "course_teachers", "series_courses")
OF_A_RECORD = [
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


@pytest.fixture(params=FACTORIES, ids=lambda factory: factory.__name__)
def kind(request):
    return request.param


@pytest.fixture
def record(net, kind):
    record = kind(owner_node=net.township, title="书法入门")
    record.save_revision().publish()
    return record


def address_of(model, name: str, *args) -> str:
    return reverse(f"{model.snippet_viewset.url_namespace}:{name}", args=args)


def chooser_of(model, name: str, *args) -> str:
    chooser = model.snippet_viewset.chooser_viewset
    return reverse(f"{chooser.url_namespace}:{name}", args=args)


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


def addresses(record) -> list[str]:
    model, revision = type(record), record.latest_revision_id
    return [
        *(address_of(model, name, record.pk) for name in OF_A_RECORD),
        *(address_of(model, name, record.pk, revision) for name in OF_A_REVISION),
        address_of(model, "revisions_compare", record.pk, "earliest", "latest"),
    ]


@pytest.mark.parametrize("model", RECORDS)
def test_every_address_that_names_a_record_is_in_this_matrix(model):
    patterns = model.snippet_viewset.get_urlpatterns()
    naming = {p.name for p in patterns if "pk" in p.pattern.regex.groupindex}
    workflow = {
        # they name a task of a workflow too, and ask the same question first
        "workflow_action",
        "collect_workflow_action_data",
        "workflow_preview",
        "workflow_history_detail",
    }

    assert naming - workflow == {*OF_A_RECORD, *OF_A_REVISION, "revisions_compare"}


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
def test_an_editor_reaches_the_records_of_her_subtree_only(
    client, net, record, where, role, is_allowed
):
    node = getattr(net, where) if where else None
    client.force_login(person(node, role))

    for address in addresses(record):
        response = client.get(address)
        if is_allowed:
            assert response.status_code in (200, 302, 405), address
            assert response.headers.get("Location") != reverse("wagtailadmin_home")
        else:
            # Wagtail's answer to "may not": back to the front page of the admin
            assert response.status_code in (302, 403), address
            assert response.headers.get("Location") == reverse("wagtailadmin_home")


def test_another_subtree_cannot_be_written_to(client, net, record):
    client.force_login(person(net.other_county))

    for name in ("edit", "delete", "unpublish", "copy"):
        client.post(address_of(type(record), name, record.pk), {"title": "新"})

    record.refresh_from_db()
    assert (record.title, record.live) == ("书法入门", True)
    assert type(record).objects.count() == 1


def test_bulk_deletion_leaves_other_subtrees_alone(client, net, kind, record):
    own = kind(owner_node=net.other_county)
    client.force_login(person(net.other_county))
    name = record._meta.model_name
    address = reverse("wagtail_bulk_action", args=["courses_catalog", name, "delete"])

    client.post(f"{address}?id={record.pk}&id={own.pk}")

    assert set(type(record).objects.all()) == {record}


def test_lists_and_choosers_show_only_her_own(client, net, kind, record):
    own = kind(owner_node=net.other_village, title="自己的课")
    client.force_login(person(net.other_county))

    for address in (
        address_of(type(record), "list"),
        address_of(type(record), "list_results"),
        chooser_of(type(record), "choose"),
        chooser_of(type(record), "choose_results"),
        chooser_of(type(record), "chosen_multiple") + f"?id={own.pk}&id={record.pk}",
    ):
        response = client.get(address)
        is_json = response.headers["Content-Type"] == "application/json"
        html = str(response.json()) if is_json else response.content.decode()
        assert record.title not in html, address
        assert own.title in html, address
    for one, status in ((own, 200), (record, 404)):
        address = chooser_of(type(record), "chosen", one.pk)
        assert client.get(address).status_code == status


def test_who_has_no_role_sees_no_list(client, net, record):
    client.force_login(person())

    response = client.get(address_of(type(record), "list"))

    assert response.headers["Location"] == reverse("wagtailadmin_home")


def form(**fields) -> dict:
    return {
        "title": "新课",
        "summary": "",
        "theme": "civic",
        "tags": "",
        "share_scope": "public",
        "kind": "text",
        "text": "正文。",
        "action-publish": "1",
        **{f"{name}-TOTAL_FORMS": "0" for name in INLINES},
        **{f"{name}-INITIAL_FORMS": "0" for name in INLINES},
        **fields,
    }


@pytest.mark.parametrize(
    ("owner", "is_created"),
    [("other_county", True), ("other_village", True), ("township", False)],
)
def test_a_new_record_belongs_to_her_own_subtree(client, net, kind, owner, is_created):
    client.force_login(person(net.other_county))
    model = kind._meta.model

    response = client.post(
        address_of(model, "add"), form(owner_node=getattr(net, owner).pk)
    )

    assert model.objects.filter(live=True).exists() == is_created
    if not is_created:
        assert "请选您自己负责的网点" in response.content.decode()


def test_a_record_is_not_given_away(client, net, record):
    client.force_login(person(net.township))

    client.post(
        address_of(type(record), "edit", record.pk),
        form(owner_node=net.other_county.pk),
    )

    record.refresh_from_db()
    assert record.owner_node_id == net.township.pk


def test_an_administrator_reaches_everything(client, net, record):
    client.force_login(UserFactory(is_superuser=True))

    for address in addresses(record):
        assert client.get(address).status_code in (200, 302, 405), address


def test_the_preview_is_the_public_page(client, net, record):
    client.force_login(person(net.township))
    address = address_of(type(record), "preview_on_edit", record.pk)

    client.post(address, form(title="预览的课", owner_node=net.township.pk))
    html = client.get(address).content.decode()

    assert "<h1>预览的课</h1>" in html


def test_the_policy_names_who_may_act(net, record):
    policy = policy_registry.get_by_type(type(record))
    own, above, beside = person(net.township), person(net.city), person(net.village)
    desk = person(net.township, role=Role.DESK)

    found = set(policy.users_with_any_permission_for_instance(["change"], record))

    assert {own, above} == found
    assert set(policy.users_with_any_permission(["change"])) == {own, above, beside}
    assert desk not in found
