"""The list of divisions becomes the network: all of it, or nothing."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from home import divisions
from home.levels import Level
from home.models import ContentVersion, HomePage, NetworkNodePage
from home.network_import import import_divisions

REAL = Path(divisions.__file__).parent / "demo" / "jiujiang_divisions.csv"
HEADER = "code12,level,name,parent12\n"
CITY = "360400000000,city,九江市,\n"
COUNTY = "360402000000,county,濂溪区,360400000000\n"
TOWNSHIP = "360402001000,township,十里街道,360402000000\n"
VILLAGE = "360402001001,village,濂溪社区居委会,360402001000\n"
SMALL = HEADER + CITY + COUNTY + TOWNSHIP + VILLAGE

pytestmark = pytest.mark.django_db


def import_text(text, **options):
    return import_divisions(divisions.parse(text), **options)


def node(code):
    return NetworkNodePage.objects.get(division_code=code)


def writes_of(act):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    words = ("INSERT", "UPDATE", "DELETE")
    return [q["sql"] for q in captured if q["sql"].lstrip().startswith(words)]


def test_the_real_network_stands_after_one_import_and_a_second_writes_nothing():
    source = divisions.read(REAL)
    plan = import_divisions(source)
    assert (len(plan.created), plan.bad_rows) == (2657, [])
    counts = {level: NetworkNodePage.objects.at_level(level).count() for level in Level}
    assert list(counts.values()) == [1, 13, 227, 2416]
    assert not any(Page.find_problems())
    assert writes_of(lambda: import_divisions(source)) == []


def test_an_imported_place_is_a_page_like_any_other(client):
    import_text(SMALL)
    village = node("360402001001")
    assert village.get_parent().specific == node("360402001000")
    assert village.level == Level.TEACHING_POINT
    assert village.live and village.first_published_at
    assert village.title == village.draft_title == "濂溪社区教学点"
    village.full_clean()
    fresh = NetworkNodePage.objects.get(pk=village.pk)
    fresh.set_url_path(fresh.get_parent())
    assert fresh.url_path == village.url_path
    assert fresh.page_ptr.specific == fresh


def test_children_added_by_hand_and_by_import_stand_beside_each_other():
    import_text(HEADER + CITY + COUNTY)
    zone = NetworkNodePage(title="八里湖新区社区大学", short_name="八里湖新区")
    node("360400000000").add_child(instance=zone)
    second = "360403000000,county,浔阳区,360400000000\n"
    import_text(HEADER + CITY + COUNTY + second)
    city = node("360400000000")
    assert city.numchild == city.get_children().count() == 3
    assert not any(Page.find_problems())


def test_a_file_may_hold_only_what_is_new():
    import_text(HEADER + CITY + COUNTY)
    plan = import_text(HEADER + TOWNSHIP)
    assert len(plan.created) == 1
    assert plan.not_in_file == 2


def test_an_import_makes_cached_pages_stale():
    before = ContentVersion.current()
    import_text(SMALL)
    assert ContentVersion.current() > before


def test_a_dry_run_reports_and_writes_nothing():
    assert writes_of(lambda: import_text(SMALL, dry_run=True)) == []
    assert len(import_text(SMALL, dry_run=True).created) == 4


def test_a_renamed_division_renames_its_place_and_keeps_the_address():
    import_text(SMALL)
    before = node("360402001001").url_path
    plan = import_text(SMALL.replace("濂溪社区居委会", "莲花社区居委会"))
    after = node("360402001001")
    assert (after.title, after.draft_title) == ("莲花社区教学点", "莲花社区教学点")
    assert (after.short_name, after.url_path) == ("莲花社区", before)
    assert [change.keeps_title for change in plan.changed] == [False]


def test_a_name_an_editor_gave_is_kept_when_the_division_is_renamed():
    import_text(SMALL)
    village = node("360402001001")
    village.title = "濂溪社区老年学堂"
    village.save()
    plan = import_text(SMALL.replace("濂溪社区居委会", "莲花社区居委会"))
    assert node("360402001001").title == "濂溪社区老年学堂"
    assert [change.keeps_title for change in plan.changed] == [True]
    assert import_text(SMALL.replace("濂溪社区居委会", "莲花社区居委会")).changed == []


def test_a_place_moved_by_an_administrator_stays_where_it_was_put():
    other = "360403000000,county,浔阳区,360400000000\n"
    import_text(SMALL + other)
    node("360402001000").move(node("360403000000"), pos="last-child")
    plan = import_text(SMALL + other)
    assert [n.division_code for n in plan.elsewhere] == ["360402001000"]
    assert node("360402001000").is_child_of(node("360403000000"))


BAD = [
    ("36040,county,濂溪区,360400000000\n", 3, "不是 12 位数字"),
    ("360402000000,district,濂溪区,360400000000\n", 3, "district"),
    ("360402000000,county,,360400000000\n", 3, "没有名称"),
    ("360402000000,county," + "区" * 41 + ",360400000000\n", 3, "40"),
    ("360402000000,county,濂溪区,\n", 3, "上级代码"),
    ("360402000000,county,濂溪区,360499000000\n", 3, "找不到上级"),
    ("360402000000,township,十里街道,360400000000\n", 3, "不能直接设这一级"),
    ("360400000000,county,濂溪区,360400000000\n", 3, "第 2 行"),
    ("360402000000,county,濂溪区\n", 3, "上级代码"),
]


@pytest.mark.parametrize(("row", "line", "reason"), BAD)
def test_a_bad_row_is_named_by_line_and_reason(row, line, reason):
    plan = import_text(HEADER + CITY + row)
    assert [(bad.line, reason in bad.reason) for bad in plan.bad_rows] == [(line, True)]
    assert not NetworkNodePage.objects.exists()


def test_all_bad_rows_are_named_at_once_and_nothing_is_imported():
    text = HEADER + CITY + "x,county,,\n" + "y,village,丙,z\n" + COUNTY
    plan = import_text(text)
    assert {bad.line for bad in plan.bad_rows} == {3, 4}
    assert not NetworkNodePage.objects.exists()


def test_a_code_that_stands_on_another_level_is_a_bad_row():
    import_text(SMALL)
    wrong = "360402001000,county,十里街道,360400000000\n"
    plan = import_text(HEADER + CITY + wrong)
    assert [bad.line for bad in plan.bad_rows] == [3]


def test_a_file_without_the_columns_says_which_are_missing():
    plan = import_text("代码,名称\n1,甲\n")
    assert "code12" in str(plan.bad_rows[0])


def test_an_empty_file_changes_nothing():
    assert import_text(HEADER).bad_rows == []
    assert import_text("").bad_rows[0].line == 1


def test_a_failure_half_way_leaves_nothing(monkeypatch):
    def fail():
        raise OSError

    monkeypatch.setattr(ContentVersion, "grow", fail)
    with pytest.raises(OSError):
        import_text(SMALL)
    assert not NetworkNodePage.objects.exists()
    assert HomePage.objects.get().numchild == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_of_a_chinese_spreadsheet_are_read(tmp_path, encoding):
    path = tmp_path / "区划.csv"
    path.write_text(SMALL, encoding=encoding)
    assert [d.name for d in divisions.read(path).divisions][:2] == ["九江市", "濂溪区"]


def test_the_command_reports_what_it_did(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text(SMALL)
    call_command("import_network", path, "--dry-run")
    assert "试运行" in capsys.readouterr().out
    call_command("import_network", path)
    assert "新建 4 个网点" in capsys.readouterr().out
    path.write_text(SMALL.replace("濂溪区", "濂溪新区"))
    call_command("import_network", path)
    assert "濂溪区社区大学 → 濂溪新区社区大学" in capsys.readouterr().out
    call_command("import_network", path, verbosity=0)
    assert capsys.readouterr().out == ""


def test_the_command_refuses_with_every_bad_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(HEADER + "x,county,濂溪区,\n")
    with pytest.raises(CommandError, match="第 2 行"):
        call_command("import_network", path)
    with pytest.raises(CommandError, match="找不到文件"):
        call_command("import_network", tmp_path / "b.csv")
