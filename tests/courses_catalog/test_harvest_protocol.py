"""A harvest of a repository that does all that repositories do."""

import datetime as dt
from itertools import pairwise

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses_catalog.fetching import Limits
from courses_catalog.harvesting import keeping, repository, running
from courses_catalog.harvesting.running import begin, begin_now, go_on, wake
from courses_catalog.models import (
    AllianceMember,
    Harvest,
    HarvestedRecord,
    HarvestState,
)
from tests.courses_catalog.fake_repository import (
    DC,
    FakeRepository,
    dc,
    deleted,
    envelope,
    error,
    page,
    record,
    serving,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(settings):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    with serving(FakeRepository()) as repository:
        yield repository


@pytest.fixture
def member(source):
    return AllianceMember.objects.create(name="江西社区教育网", harvest_url=source.url)


def harvest(member) -> Harvest:
    """One run to its end, or to where it waits."""
    run = begin_now(member)
    while go_on(run.pk):
        pass
    return Harvest.objects.get(pk=run.pk)


def says(source, *answers) -> None:
    source.answers = list(answers)


def kept() -> dict[str, str]:
    found = HarvestedRecord.objects.order_by("pk")
    return {each.identifier.rpartition(":")[2]: each.title for each in found}


# --- A list and its pages -----------------------------------------------------------


def test_a_list_comes_page_by_page(source, member):
    says(
        source,
        page(record(1), record(2), token="a &amp;1"),
        page(record(3), token="b"),
        page(record(4), token=""),
    )
    run = harvest(member)
    assert run.state == HarvestState.DONE
    assert (run.pages, run.counts) == (3, {"new": 4})
    assert kept() == {str(n): f"课程{n}" for n in (1, 2, 3, 4)}
    assert source.listed == [
        {"metadataPrefix": "oai_dc"},
        {"resumptionToken": "a &1"},
        {"resumptionToken": "b"},
    ]


def test_set_format_and_token_are_asked_with(source, member):
    member.harvest_set, member.harvest_prefix = "theme:health", "lom"
    member.harvest_token = "secret"
    member.save()
    harvest(member)
    assert source.listed == [{"metadataPrefix": "lom", "set": "theme:health"}]
    assert {each["Authorization"] for each in source.headers} == {"Bearer secret"}
    stored = AllianceMember.objects.extra(select={"raw": "harvest_token"}).get()
    assert stored.harvest_token == "secret" != stored.raw


@pytest.mark.parametrize(
    ("granularity", "since"),
    [
        ("YYYY-MM-DDThh:mm:ssZ", "2026-05-01T07:55:00Z"),
        ("YYYY-MM-DD", "2026-05-01"),
        ("nonsense", "2026-05-01"),
    ],
)
def test_the_next_list_begins_where_the_first_answer_of_this_one_was_given(
    source, member, granularity, since
):
    """By the clock of the repository, not by ours."""
    source.granularity = granularity
    says(
        source,
        page(record(1), token="a", date="2026-05-01T08:00:00Z"),
        page(record(2), date="2026-05-01T09:30:00Z"),
    )
    with time_machine.travel("2026-07-01T00:00:00Z"):
        harvest(member)
        harvest(member)
    assert source.listed[-1]["from"] == since


def test_a_harvest_that_failed_moves_nothing_on(source, member):
    says(source, page(record(1), date="2026-05-01T08:00:00Z"))
    harvest(member)
    says(
        source,
        page(record(2), token="a", date="2026-06-01T08:00:00Z"),
        error("badArgument"),
    )
    assert harvest(member).state == HarvestState.FAILED
    harvest(member)
    assert source.listed[-1]["from"] == "2026-05-01T07:55:00Z"


def test_another_set_begins_from_the_beginning(source, member):
    says(source, page(record(1)))
    harvest(member)
    member.harvest_set = "theme:health"
    member.save()
    harvest(member)
    assert "from" not in source.listed[-1]


def test_no_records_is_no_error(source, member):
    says(source, error("noRecordsMatch", date="2026-05-02T08:00:00Z"))
    assert harvest(member).state == HarvestState.DONE
    harvest(member)
    assert source.listed[-1]["from"] == "2026-05-02T07:55:00Z"


@pytest.mark.parametrize(
    "code", ["badArgument", "cannotDisseminateFormat", "noSetHierarchy"]
)
def test_other_errors_end_it_and_are_told(source, member, code):
    says(source, error(code))
    run = harvest(member)
    assert run.state == HarvestState.FAILED
    assert code in run.reason


def test_a_record_that_comes_again_changes_nothing(source, member):
    says(source, page(record(1), record(1), record(2)))
    harvest(member)
    before = HarvestedRecord.objects.values_list("pk", "changed_at")
    before = list(before)
    says(source, page(record(1), record(2)))
    assert harvest(member).counts == {"unchanged": 2}
    assert list(HarvestedRecord.objects.values_list("pk", "changed_at")) == before


def test_what_changes_before_it_is_decided_is_what_waits(source, member):
    says(source, page(record(1)))
    harvest(member)
    says(source, page(record(1, dc(title="新名字"))))
    assert harvest(member).counts == {"changed": 1}
    assert kept() == {"1": "新名字"}


def test_deleted_records_wait_no_more(source, member):
    says(source, page(record(1), record(2)))
    harvest(member)
    says(source, page(deleted(1), deleted(7)))
    assert harvest(member).counts == {"deleted": 1, "unchanged": 1}
    assert [each.title for each in HarvestedRecord.objects.waiting()] == ["课程2"]
    says(source, page(record(1)))
    harvest(member)
    assert HarvestedRecord.objects.waiting().count() == 2


# --- Tokens -------------------------------------------------------------------------


def test_a_lost_token_begins_the_list_again(source, member):
    says(
        source,
        page(record(1), token="a"),
        error("badResumptionToken"),
        page(record(1), record(2), date="2026-05-03T08:00:00Z"),
    )
    run = harvest(member)
    assert (run.state, run.restarts) == (HarvestState.DONE, 1)
    assert kept() == {"1": "课程1", "2": "课程2"}
    assert run.response_date.day == 3


def test_a_token_that_is_always_lost_ends_it(source, member):
    lost = [page(record(1), token="a"), error("badResumptionToken")]
    says(source, *lost * 9)
    run = harvest(member)
    assert run.state == HarvestState.FAILED
    assert "badResumptionToken" in run.reason
    assert len(source.listed) == 6


@pytest.mark.parametrize("length", [1, 2, 3, 7, 12])
@pytest.mark.parametrize("before", [0, 5])
def test_a_list_that_goes_round_has_an_end(source, member, length, before):
    tokens = [f"in{n}" for n in range(before)]
    tokens += [f"round{n}" for n in range(length)] * 9
    says(source, *(page(record(n), token=each) for n, each in enumerate(tokens)))
    run = harvest(member)
    assert run.state == HarvestState.FAILED
    assert "circle" in run.reason
    assert len(source.listed) <= before + 4 * length + 4


def test_a_list_that_is_endless_has_an_end(source, member, monkeypatch):
    monkeypatch.setattr(running, "MOST_PAGES", 20)
    says(source, *(page(record(1), token=str(n)) for n in range(99)))
    assert harvest(member).state == HarvestState.FAILED
    assert len(source.listed) == 21


# --- Interruptions ------------------------------------------------------------------


def test_a_killed_harvest_goes_on_from_its_token(source, member, monkeypatch):
    """Killed while it keeps the second page: nothing of that page is there."""
    first, second = page(record(1), token="a"), page(record(2), record(3))
    says(source, first, second)
    keep, calls = running.keep, []

    def dies(*arguments):
        calls.append(arguments)
        found = keep(*arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(running, "keep", dies)
    run = begin_now(member)
    with pytest.raises(KeyboardInterrupt):
        go_on(run.pk)
    assert kept() == {"1": "课程1"}
    says(source, second)
    with time_machine.travel(timezone.now() + running.SILENCE * 2):
        running.harvest_what_is_due()
    assert kept() == {"1": "课程1", "2": "课程2", "3": "课程3"}
    run.refresh_from_db()
    assert (run.state, run.counts) == (HarvestState.DONE, {"new": 3})
    assert source.listed[-1] == {"resumptionToken": "a"}


def test_one_that_is_at_work_is_left_alone(source, member):
    run = begin_now(member)
    running.harvest_what_is_due()
    assert Harvest.objects.get() == run
    assert not source.listed
    assert begin_now(member) is None
    assert begin(member) is None


def test_a_second_worker_beside_the_first_writes_nothing(source, member, monkeypatch):
    says(source, page(record(1), token="a"), page(record(2)), page(record(2)))
    run, take = begin_now(member), running._take

    def late(stale, answer):
        monkeypatch.setattr(running, "_take", take)
        go_on(stale.pk)
        return take(stale, answer)

    monkeypatch.setattr(running, "_take", late)
    go_on(run.pk)
    run.refresh_from_db()
    assert run.state == HarvestState.DONE
    assert run.counts["new"] == HarvestedRecord.objects.count()


def test_a_turn_ends_and_another_takes_it_up(source, member):
    says(source, page(record(1), token="a"), page(record(2)))
    run = begin_now(member)
    assert go_on(run.pk, seconds=-1)
    assert kept() == {"1": "课程1"}
    assert not go_on(run.pk)
    assert kept() == {"1": "课程1", "2": "课程2"}


def test_a_member_that_is_changed_meanwhile_is_begun_anew(source, member):
    says(source, page(record(1), token="a"))
    run = begin_now(member)
    go_on(run.pk, seconds=-1)
    member.harvest_set = "other"
    member.save()
    go_on(run.pk)
    run.refresh_from_db()
    assert run.state == HarvestState.FAILED


# --- Later --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", dt.timedelta(seconds=120)),
        ("Wed, 01 Jul 2026 01:00:00 GMT", dt.timedelta(hours=1)),
        ("Wed, 01 Jul 2026 01:00:00 -0000", dt.timedelta(hours=1)),
        ("99999999999999999999", dt.timedelta(days=1)),
        ("Wed, 01 Jul 2099 01:00:00 GMT", dt.timedelta(days=1)),
        ("Wed, 01 Jul 1999 01:00:00 GMT", dt.timedelta(0)),
        ("soon", dt.timedelta(minutes=1)),
    ],
)
def test_a_busy_repository_is_left_alone_for_as_long_as_it_says(
    source, member, said, wait
):
    says(source, page(record(1), token="a"), (503, {"Retry-After": said}, b"busy"))
    with time_machine.travel("2026-07-01T00:00:00Z", tick=False) as clock:
        run = harvest(member)
        assert run.is_running
        assert run.wait_until - timezone.now() == wait
        asked = len(source.asked)
        assert not go_on(run.pk)
        if wait:
            running.harvest_what_is_due()
        assert len(source.asked) == asked
        says(source, page(record(2)))
        clock.shift(wait + dt.timedelta(seconds=1))
        running.harvest_what_is_due()
    run.refresh_from_db()
    assert run.state == HarvestState.DONE
    assert source.listed[-1] == {"resumptionToken": "a"}


def test_one_that_is_always_busy_is_given_up(source, member):
    says(source, *[(503, {"Retry-After": "0"}, b"")] * 99)
    run = harvest(member)
    while run.is_running:
        wake(run)
        go_on(run.pk)
        run.refresh_from_db()
    assert "503" in run.reason
    assert len(source.listed) == running.MOST_TRIES


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_what_will_not_pass_is_not_tried_again(source, member, status):
    says(source, (status, {}, b"no"))
    run = harvest(member)
    assert (run.state, run.reason) == (HarvestState.FAILED, f"HTTP {status}")


# --- What is wrong ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (record("bad", "<x>&undeclared;</x>"), "oai:edu.example:bad"),
        (record("bad", "<open>"), "oai:edu.example:bad"),
        (record("bad", dc(title="")), "oai:edu.example:bad"),
        (record("bad", dc(title="<![CDATA[<b></b>]]>")), "oai:edu.example:bad"),
        (record("bad", f"<y:dc xmlns:y='urn:x' {DC}/>"), "oai:edu.example:bad"),
        (record("bad", dc(title="x" * 70_000)), "oai:edu.example:bad"),
        (record("bad" * 200), ("oai:edu.example:" + "bad" * 200)[:400]),
        (record("bad", "<d>" * 3000 + "</d>" * 3000), "oai:edu.example:bad"),
        ("<record><metadata/></record>", "?"),
        ("<record/>", "?"),
        (record("bad").replace("<metadata>", "<m>").replace("</metadata>", "</m>"),
         "oai:edu.example:bad"),
    ],
)  # fmt: skip
def test_a_bad_record_is_named_and_left_out(source, member, wrong, name):
    says(source, page(record(1), wrong, record(2), token="t"), page(record(3)))
    run = harvest(member)
    assert run.state == HarvestState.DONE
    assert kept() == {"1": "课程1", "2": "课程2", "3": "课程3"}
    assert [problem[0] for problem in run.problems] == [name]
    assert run.counts["wrong"] == 1


def test_a_fault_of_ours_costs_one_record(source, member, monkeypatch):
    mapped = keeping.mapped

    def fails(received):
        return 1 // 0 if received.identifier.endswith(":1") else mapped(received)

    monkeypatch.setattr(keeping, "mapped", fails)
    says(source, page(record(1), record(2)))
    run = harvest(member)
    assert (kept(), run.counts) == ({"2": "课程2"}, {"new": 1, "wrong": 1})


XXE = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>"""
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghi"))
    + "]>"
)
PARAMETER = """<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]>"""
PLAIN = """<!DOCTYPE OAI-PMH SYSTEM "http://127.0.0.1:1/x.dtd">"""


@pytest.mark.parametrize("head", [XXE, LAUGHS, PARAMETER, PLAIN])
@pytest.mark.parametrize("title", ["&x;", "&i;", "&p;", "好"])
@pytest.mark.parametrize("breaks", ["", "<open>"])
def test_entities_and_document_types_are_refused(source, member, head, title, breaks):
    body = page(record(1, dc(title=title)), record(2, breaks or None))
    body = head + body.partition("?>")[2]
    says(source, body)
    run = harvest(member)
    assert run.is_running and run.wait_until
    assert "document type" in run.reason
    assert not kept()


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>Maintenance</body></html>",
        "",
        "   ",
        "not xml at all",
        envelope("<Identify/>"),
        page(record(1), token="x")[:-80],
        "<rss/>",
        "\x00\x01",
    ],
)
def test_what_is_no_answer_is_asked_again_later(source, member, body):
    says(source, body, page(record(1)))
    run = harvest(member)
    assert run.is_running and run.wait_until
    wake(run)
    go_on(run.pk)
    run.refresh_from_db()
    assert run.state == HarvestState.DONE


@pytest.mark.parametrize("declared", ["gb18030", "GBK", "gb2312"])
@pytest.mark.parametrize("where", ["header", "declaration"])
def test_another_charset_is_read_as_declared(source, member, declared, where):
    text = page(record(1, dc(title="书法入门")))
    kind = "text/xml"
    if where == "header":
        kind += f"; charset={declared}"
    else:
        text = text.replace('encoding="UTF-8"', f'encoding="{declared}"')
    says(source, (200, {"Content-Type": kind}, text.encode(declared)))
    harvest(member)
    assert kept() == {"1": "书法入门"}


def test_bytes_that_are_no_text_cost_the_record_they_stand_in(source, member):
    body = page(record(1), record(2, dc(title="坏的"))).encode()
    says(source, (200, {}, body.replace("坏的".encode(), "坏的".encode("gbk"))))
    run = harvest(member)
    assert kept() == {"1": "课程1"}
    assert run.problems[0][0] == "oai:edu.example:2"


def test_control_characters_are_left_out(source, member):
    says(source, page(record(1, dc(title="书\x0b法\x00"))))
    harvest(member)
    assert kept() == {"1": "书法"}


def test_an_answer_that_is_too_long_is_refused(source, member, monkeypatch):
    monkeypatch.setattr(repository, "LIMITS", Limits(bytes=900))
    says(source, page(*(record(n) for n in range(50))))
    run = harvest(member)
    assert "longer" in run.reason
    assert not kept()


# --- When ---------------------------------------------------------------------------


def test_the_worker_harvests_when_it_is_due(source, member):
    with time_machine.travel("2026-07-01T00:00:00Z", tick=False) as clock:
        for hours, runs in ((0, 1), (23, 1), (24, 2), (30, 2), (48, 3)):
            clock.move_to(f"2026-07-{1 + hours // 24:02}T{hours % 24:02}:00:00Z")
            running.harvest_what_is_due()
            assert Harvest.objects.count() == runs, hours


def test_only_active_members_with_an_address_are_harvested(source, member):
    AllianceMember.objects.update(is_active=False)
    AllianceMember.objects.create(name="没有地址")
    running.harvest_what_is_due()
    assert not Harvest.objects.exists()


def test_only_a_few_are_harvested_at_once(source, member, monkeypatch):
    """Those that wait for their repository count: they come back by themselves."""
    monkeypatch.setattr(running, "MOST_AT_ONCE", 2)
    for number in range(3):
        AllianceMember.objects.create(name=f"别的{number}", harvest_url=source.url)
    says(source, *[(503, {"Retry-After": "3600"}, b"")] * 9)
    running.harvest_what_is_due()
    running.harvest_what_is_due()
    assert Harvest.objects.count() == 2


def test_old_runs_go_and_the_last_complete_one_stays(source, member, monkeypatch):
    monkeypatch.setattr(running, "KEPT_RUNS", 2)
    complete = harvest(member)
    for _each in range(4):
        says(source, error("badArgument"))
        harvest(member)
    assert Harvest.objects.count() == 4
    assert Harvest.objects.filter(pk=complete.pk).exists()


def test_the_command_harvests_at_once_and_says_what_came(source, member, capsys):
    says(source, page(record(1), record("bad", dc(title=""))))
    call_command("harvest", "江西社区教育网")
    told = capsys.readouterr().out
    assert "新的 1 条" in told
    assert "oai:edu.example:bad" in told
    says(source, error("badArgument"))
    with pytest.raises(CommandError, match="江西社区教育网"):
        call_command("harvest")
    with pytest.raises(CommandError, match="没有启用"):
        call_command("harvest", "别的")


def test_the_command_leaves_long_waits_to_the_worker(source, member, capsys):
    says(source, (503, {"Retry-After": "3600"}, b""))
    call_command("harvest")
    assert "后台程序" in capsys.readouterr().out
    assert Harvest.objects.get().is_running
