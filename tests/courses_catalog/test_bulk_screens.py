"""The screens of import and export, and who may see them."""

import csv
import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from courses_catalog.bulk import forms, hooks
from courses_catalog.models import Course, ImportJob
from home.models import NodeRole, Role
from tests.factories import CourseFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db
PAGES = {
    "catalogue_bulk": [],
    "catalogue_bulk_columns": ["course"],
    "catalogue_bulk_template": ["course", "xlsx"],
    "catalogue_bulk_export": ["course", "csv"],
}
ACTS = ["catalogue_import_confirm", "catalogue_import_again"]
OF_A_JOB = ["catalogue_import_job", "catalogue_import_errors"]


@pytest.fixture
def net(settings, tmp_path):
    settings.RESOURCE_ROOT = tmp_path
    return small_network()


def person(node=None, role=Role.EDITOR):
    user = UserFactory()
    group, _created = Group.objects.get_or_create(name="tests")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    user.groups.add(group)
    if node:
        NodeRole.objects.create(user=user, node=node, role=role)
    return user


def upload(client, text="名称,主题,编号\n书法,公民素养,A1\n国画,错,A2\n", **more):
    file = SimpleUploadedFile("课程.csv", text.encode())
    return client.post(
        reverse("catalogue_bulk"), {"kind": "course", "file": file, **more}
    )


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_every_address_is_asked_here():
    names = {address.name for address in hooks.addresses()}
    assert names == {*PAGES, *OF_A_JOB, *ACTS}


@pytest.mark.parametrize(
    ("role", "is_allowed"), [(Role.EDITOR, True), (Role.DESK, False), (None, False)]
)
def test_only_editors_import_and_export(client, net, role, is_allowed):
    client.force_login(person(net.township if role else None, role))

    for name, args in PAGES.items():
        response = client.get(reverse(name, args=args))
        assert (response.status_code == 200) == is_allowed, name
        assert response.status_code in (200, 302, 403)
    upload(client)
    assert ImportJob.objects.exists() == is_allowed


def test_another_person_s_import_is_not_there(
    client, net, django_capture_on_commit_callbacks
):
    client.force_login(person(net.township))
    with django_capture_on_commit_callbacks(execute=True):
        upload(client)
    job = ImportJob.objects.get()
    client.force_login(person(net.township))

    for name in OF_A_JOB:
        assert client.get(reverse(name, args=[job.pk])).status_code == 404
    address = reverse("catalogue_import_confirm", args=[job.pk])
    assert client.post(address).status_code == 404
    client.force_login(person())
    for name in OF_A_JOB:
        assert client.get(reverse(name, args=[job.pk])).status_code in (302, 403)
    assert client.post(address).status_code in (302, 403)
    assert not Course.objects.exists()


def test_upload_look_confirm(client, net, django_capture_on_commit_callbacks):
    client.force_login(person(net.township))
    with django_capture_on_commit_callbacks(execute=True):
        address = upload(client).headers["Location"]
    job = ImportJob.objects.get()
    html = client.get(address).content.decode()
    assert "新建 1 条" in html and "确认导入 1 条" in html
    assert "没有“错”这一项" in html
    found = client.get(reverse("catalogue_import_errors", args=[job.pk]))
    assert "没有“错”这一项" in body(found).decode("utf-8-sig")

    confirm = reverse("catalogue_import_confirm", args=[job.pk])
    assert client.get(confirm).status_code == 405
    for _press in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(confirm)

    assert "导入完成" in client.get(address).content.decode()
    assert Course.objects.get().title == "书法"


def test_the_page_asks_to_be_looked_at_again_while_work_goes_on(client, net):
    user = person(net.township)
    client.force_login(user)
    job = ImportJob.objects.create(
        kind="course", created_by=user, state="importing", position=500, total=900
    )

    response = client.get(reverse("catalogue_import_job", args=[job.pk]))

    assert response.headers["Refresh"] == "2"
    assert '<progress value="500" max="900"' in response.content.decode()


def test_a_file_that_is_too_big_is_refused(client, net, monkeypatch):
    monkeypatch.setattr(forms, "MOST_BYTES", 10)
    client.force_login(person(net.township))

    assert "请分成几个" in upload(client).content.decode()
    assert not ImportJob.objects.exists()


def test_a_foreign_node_is_no_default(client, net):
    net.other_county.division_code = "360424000000"
    net.other_county.save()
    client.force_login(person(net.township))

    html = upload(client, place="360424000000").content.decode()

    assert "请写您自己负责的网点" in html
    assert not ImportJob.objects.exists()


def test_an_export_holds_her_own_records_and_runs_nothing(client, net):
    CourseFactory(owner_node=net.village, title="=1+1", syllabus="一\n二")
    CourseFactory(owner_node=net.other_village, title="别人的课")
    client.force_login(person(net.township))

    text = body(client.get(reverse("catalogue_bulk_export", args=["course", "csv"])))
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))

    assert [(row["名称"], row["课程大纲"]) for row in rows] == [("'=1+1", "一\n二")]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["course", "resource"])
def test_an_export_comes_back_unchanged(
    client, net, kind, suffix, django_capture_on_commit_callbacks
):
    from tests.factories import ResourceFactory

    factory = CourseFactory if kind == "course" else ResourceFactory
    record = factory(
        owner_node=net.village,
        title="=书法",
        identifier="A-1",
        audiences=["farmers"],
        hours="1.5",
        review_on="2027-01-02",
        licence="CC-BY-4.0",
    )
    record.tags.add("乙", "甲")
    record.save()
    client.force_login(person(net.township))
    export = reverse("catalogue_bulk_export", args=[kind, suffix])
    file = SimpleUploadedFile(f"a.{suffix}", body(client.get(export)))

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("catalogue_bulk"), {"kind": kind, "file": file})

    job = ImportJob.objects.get()
    assert (job.counts["unchanged"], job.errors) == (1, [])


@pytest.mark.parametrize("kind", ["course", "resource"])
def test_the_template_can_be_imported(
    client, net, kind, django_capture_on_commit_callbacks
):
    net.township.title = "濂溪区 · 十里街道"
    net.township.save()
    client.force_login(person(net.township))
    template = reverse("catalogue_bulk_template", args=[kind, "xlsx"])
    content = body(client.get(template))
    assert load_workbook(io.BytesIO(content)).active.max_row == 2
    file = SimpleUploadedFile("a.xlsx", content)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("catalogue_bulk"), {"kind": kind, "file": file})

    job = ImportJob.objects.get()
    assert (job.errors, job.counts["new"]) == ([], 1)


def test_what_is_not_there_is_not_found(client, net):
    client.force_login(person(net.township))

    for name, args in (
        ("catalogue_bulk_columns", ["series"]),
        ("catalogue_bulk_export", ["course", "pdf"]),
        ("catalogue_import_job", [10**17]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404
