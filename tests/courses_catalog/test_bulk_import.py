"""A file goes in: what it creates, changes, leaves alone and refuses."""

import datetime as dt
import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from courses_catalog.bulk import importing
from courses_catalog.bulk.importing import carry_out, check, confirm_now
from courses_catalog.models import Course, ImportJob, ImportState, Resource
from home.models import ContentVersion, NodeRole, Role
from search.models import OutboxEntry
from tests.factories import CourseFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db
HEADERS = ["编号", "名称", "theme", "标签", "所属网点", "复审日期"]


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def editor(net):
    user = UserFactory()
    NodeRole.objects.create(user=user, node=net.township, role=Role.EDITOR)
    return user


@pytest.fixture
def bring(net, editor, settings, tmp_path):
    settings.RESOURCE_ROOT = tmp_path

    def bring(content, kind="course", user=editor, name="a.csv"):
        job = ImportJob(kind=kind, file_name=name, created_by=user)
        job.owner_node = net.township
        job.file.save(name, ContentFile(content))
        check(job)
        return job

    return bring


def table(*rows, headers=HEADERS) -> bytes:
    lines = [",".join(row) for row in (headers, *rows)]
    return "\n".join(lines).encode()


def go(job):
    assert confirm_now(job)
    carry_out(job)
    job.refresh_from_db()
    assert job.state == ImportState.DONE


def test_a_dry_run_writes_nothing_and_counts(bring):
    job = bring(table(["A1", "书法", "公民素养"], ["A2", "国画", "没有的"]))

    assert not Course.objects.exists()
    assert (job.state, job.total) == (ImportState.CHECKED, 2)
    assert (job.counts["new"], job.counts["wrong"]) == (1, 1)
    assert job.errors[0][:2] == [3, "主题"]
    assert "公民素养" in job.errors[0][2]


def test_what_is_imported_is_public_tagged_and_will_be_found(bring, net):
    before = ContentVersion.current()
    go(bring(table(["A1", "书法", "civic", "毛笔；书法", "", "2027年9月1日"])))

    course = Course.objects.public().get()
    assert course.tag_names == ["书法", "毛笔"]
    assert str(course.review_on) == "2027-09-01"
    assert course.owner_node_id == net.township.pk
    assert ContentVersion.current() > before
    subjects = OutboxEntry.objects.values_list("subject", flat=True)
    assert f"course:{course.translation_key}" in subjects


def test_the_same_file_again_changes_nothing(bring):
    content = table(["A1", "书法", "civic", "书法"])
    go(bring(content))

    job = bring(content)

    assert job.counts["unchanged"] == 1
    assert job.counts["new"] == job.counts["changed"] == 0


def test_a_row_with_a_known_identifier_updates_only_what_it_says(bring):
    go(bring(table(["A1", "书法", "civic", "书法"])))

    job = bring(table(["A1", "书法二", "civic", "", ""]))
    go(job)

    assert job.counts["fields"] == {"title": 1}
    course = Course.objects.get()
    assert (course.title, course.tag_names) == ("书法二", ["书法"])


def test_the_edit_view_opens_what_was_imported(bring, client, net):
    edited = CourseFactory(owner_node=net.township, title="旧名", identifier="A1")
    edited.save_revision().publish()
    go(bring(table(["A1", "新名", "civic"], ["A2", "另一门", "civic"])))
    client.force_login(UserFactory(is_superuser=True))
    name = Course.snippet_viewset.get_url_name("edit")

    for title in ("新名", "另一门"):
        course = Course.objects.get(title=title)
        html = client.get(reverse(name, args=[course.pk])).content.decode()
        assert f'value="{title}"' in html
        assert not course.has_unpublished_changes


def test_nobody_s_draft_is_overwritten(bring, net):
    course = CourseFactory(owner_node=net.township, title="旧名", identifier="A1")
    course.save_revision().publish()
    course.title = "草稿"
    course.save_revision()

    job = bring(table(["A1", "新名", "civic"]))

    assert job.counts["wrong"] == 1
    assert "还没发布的修改" in job.errors[0][2]


def test_rows_of_other_subtrees_are_refused(bring, net):
    job = bring(
        table(
            ["A1", "甲", "civic", "", net.village.title],
            ["A2", "乙", "civic", "", net.other_village.title],
            ["A3", "丙", "civic", "", "没有的网点"],
        )
    )
    go(job)

    assert Course.objects.get().owner_node_id == net.village.pk
    assert [error[0] for error in job.errors] == [3, 4]
    assert "不归您负责" in job.errors[0][2]


def test_an_administrator_gives_records_to_any_node(bring, net):
    admin = UserFactory(is_superuser=True)
    go(bring(table(["A", "乙", "civic", "", net.other_village.title]), user=admin))

    assert Course.objects.get().owner_node_id == net.other_village.pk


def test_duplicates_in_the_file_and_known_titles_are_told(bring, net):
    CourseFactory(owner_node=net.township, title="早有的课")
    job = bring(
        table(
            ["A1", "甲", "civic"],
            ["A1", "乙", "civic"],
            ["", "早有的课", "civic"],
            ["", "甲", "civic"],
        )
    )

    reasons = {error[0]: error[2] for error in job.errors}
    assert "第 2 行重复" in reasons[3] and "第 2 行重复" in reasons[5]
    assert "同名" in reasons[4]


def test_a_killed_worker_s_import_goes_on_and_doubles_nothing(bring, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    job = bring(table(*([f"A{n}", f"课{n}", "civic"] for n in range(5))))
    confirm_now(job)
    write, batches = importing.write, []

    def dies(plan, planner):
        write(plan, planner)
        batches.append(plan)
        if len(batches) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(importing, "write", dies)
    with pytest.raises(KeyboardInterrupt):
        carry_out(job)
    job.refresh_from_db()
    assert (job.position, Course.objects.count()) == (2, 2)

    ImportJob.objects.update(touched_at="2020-01-01T00:00Z")
    importing.go_on_with_stopped()

    job.refresh_from_db()
    assert (job.state, job.position) == (ImportState.DONE, 5)
    assert Course.objects.count() == 5
    carry_out(job)
    assert Course.objects.count() == 5


def test_a_second_worker_beside_the_first_stops(bring):
    job = bring(table(["", "甲", "civic"]))
    confirm_now(job)
    stale = ImportJob.objects.get(pk=job.pk)
    carry_out(job)

    carry_out(stale)

    assert Course.objects.count() == 1


@pytest.fixture
def broken(bring, monkeypatch):
    """A job whose second row no worker gets over, tried as often as it may be."""
    monkeypatch.setattr(importing, "BATCH", 1)
    job = bring(table(*([f"A{n}", f"课{n}", "civic"] for n in range(3))))
    write = importing.write

    def falls(plan, planner):
        if any(planned.values["title"] == "课1" for planned in plan.created):
            raise ValueError
        write(plan, planner)

    monkeypatch.setattr(importing, "write", falls)
    confirm_now(job)
    for _attempt in range(importing.MOST_FAILURES):
        importing.import_later.enqueue(job.pk)
    monkeypatch.setattr(importing, "write", write)
    job.refresh_from_db()
    return job


def test_a_file_no_worker_gets_over_waits_for_a_person(broken):
    assert (broken.state, broken.position) == (ImportState.FAILED, 1)
    assert Course.objects.count() == 1
    ImportJob.objects.update(touched_at="2020-01-01T00:00Z")
    importing.go_on_with_stopped()
    assert Course.objects.count() == 1


def test_it_goes_on_where_it_fell(
    broken, client, editor, django_capture_on_commit_callbacks
):
    client.force_login(editor)
    url = reverse("catalogue_import_job", args=[broken.pk])
    assert "几次出错，停下了" in client.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("catalogue_import_again", args=[broken.pk]))
    broken.refresh_from_db()
    assert (broken.state, broken.position) == (ImportState.DONE, 3)
    assert Course.objects.count() == 3
    assert "几次出错" not in client.get(url).content.decode()


def test_a_file_that_kills_every_worker_is_given_up(bring):
    job = bring(table(["A1", "书法", "civic"]))
    ImportJob.objects.update(state=ImportState.CHECKING, counts={}, failures=2)
    ImportJob.objects.update(touched_at="2020-01-01T00:00Z")
    importing.go_on_with_stopped()
    job.refresh_from_db()
    assert job.state == ImportState.FAILED
    assert importing.try_again(job)
    job.refresh_from_db()
    assert (job.state, job.failures) == (ImportState.CHECKING, 0)


@pytest.mark.parametrize(
    ("days", "state", "is_kept"),
    [
        (29, ImportState.DONE, True),
        (31, ImportState.DONE, False),
        (31, ImportState.CHECKED, False),
        (31, ImportState.IMPORTING, True),
    ],
)
def test_an_uploaded_file_is_kept_for_thirty_days(bring, days, state, is_kept):
    job = bring(table(["A1", "书法", "civic"]))
    touched_at = timezone.now() - dt.timedelta(days=days)
    ImportJob.objects.update(state=state, touched_at=touched_at)
    importing.forget_old()
    assert ImportJob.objects.exists() is is_kept
    assert job.file.storage.exists(job.file.name) is is_kept


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_as_programs_write_it(bring, encoding, separator):
    lines = ["名称,主题,编号", "书法,公民素养,A1", ",,", ""]
    text = "\r\n".join(lines).replace(",", separator)

    job = bring(text.encode(encoding))

    assert (job.counts["new"], job.total) == (1, 1)


def workbook(*rows, merged="") -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_serials_numbers_and_blank_rows(bring):
    content = workbook(
        ["title", "theme", "identifier", "review_on", "hours"],
        ["书法", "civic", 12345, 46266, 1.5],
        [None] * 5,
        ["", "", "", "", ""],
    )
    go(bring(content, name="a.xlsx"))

    course = Course.objects.get()
    assert course.identifier == "12345"
    assert str(course.review_on) == "2026-09-01"
    assert str(course.hours) == "1.5"


def test_merged_cells_are_told(bring):
    rows = ["名称", "主题"], ["书法", "civic"], ["国画", "civic"]
    job = bring(workbook(*rows, merged="B2:B3"), name="a.xlsx")

    assert job.errors[0][:2] == [3, "主题"]
    assert "取消合并" in job.errors[0][2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"\n\n", "没有内容"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "不是表格"),
        (b"PK\x03\x04 no workbook", "打不开"),
        (table(headers=["名称", "主题", "颜色"]), "颜色"),
        (table(headers=["名称", "title", "主题"]), "两次"),
        (table(headers=["编号"]), "名称、主题"),
        (b'title,theme\n"' + b"x" * 200_000, "csv"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(bring, content, words):
    job = bring(content)

    assert job.state == ImportState.UNREADABLE
    assert words in job.reason


def test_resources_need_an_address_or_a_text(bring):
    headers = ["名称", "主题", "种类", "网址", "时长（分钟）", "免费"]
    rows = (
        ["甲", "civic", "视频", "https://example.com/1", "45", "否"],
        ["乙", "civic", "视频", "", "", ""],
        ["丙", "civic", "视频", "javascript:x", "", ""],
    )
    job = bring(table(*rows, headers=headers), kind="resource")
    go(job)

    resource = Resource.objects.get()
    assert (resource.duration, resource.is_free) == (45, False)
    assert [error[:2] for error in job.errors] == [[3, "网址"], [4, "网址"]]
