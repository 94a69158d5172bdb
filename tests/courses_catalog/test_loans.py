"""Borrowing a teacher: who asks whom, what the answer changes, and when it ends."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from courses_catalog.loans import lending, rules
from courses_catalog.loans.states import ACTIVE, LEADS, LoanAct, LoanStatus
from courses_catalog.models import Course, LoanEvent, Teacher, TeacherLoan
from courses_catalog.objections import Refused
from courses_catalog.permissions import choosable
from courses_catalog.start_page import waiting_lines
from tests.courses_catalog.nominating import editor
from tests.courses_catalog.test_nominations_permissions import person
from tests.factories import (
    CourseFactory,
    TeacherFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 12, 1)
LOANS = "/admin/catalogue/loans/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-12-01 10:00+08:00", tick=False):
        yield


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def teacher(net):
    return TeacherFactory(owner_node=net.township, title="周德明")


@pytest.fixture
def owner(net):
    return editor(net.township)


@pytest.fixture
def borrower(net):
    return editor(net.other_township)


@pytest.fixture
def asked(net, teacher, borrower):
    return ask(teacher, net.other_township, borrower)


def ask(teacher, node, by, **changes):
    words = {"purpose": "书法班", "starts_on": TODAY, "ends_on": None, **changes}
    return lending.ask(teacher, borrower=node, by=by, **words)


def codes(refusal) -> set[str]:
    return {each.code for each in refusal.value.objections}


def test_every_act_is_in_the_table_and_ends_somewhere():
    assert {LoanAct.ASKED, *LEADS} == set(LoanAct)
    assert {after for _before, after in LEADS.values()} == set(LoanStatus) - {"asked"}
    assert set(ACTIVE) == {before for before, _after in LEADS.values()}


def test_asking_is_written_down(asked, borrower):
    assert asked.status == LoanStatus.ASKED
    event = asked.events.get()
    assert (event.act, event.actor) == (LoanAct.ASKED, borrower)
    with pytest.raises(TypeError):
        event.save()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"live": False}, "not_public"),
        ({"share_scope": "own"}, "not_public"),
        ({"can_be_borrowed": False}, "stays"),
    ],
)
def test_who_is_not_for_lending_is_not_asked_for(net, teacher, borrower, changes, code):
    Teacher.objects.filter(pk=teacher.pk).update(**changes)
    with pytest.raises(Refused) as refusal:
        ask(teacher, net.other_township, borrower)
    assert code in codes(refusal)
    assert not TeacherLoan.objects.exists()


@pytest.mark.parametrize(
    ("node", "is_at_hand"),
    [
        ("village", True),
        ("township", True),
        ("county", True),
        ("city", True),
        ("other_county", False),
        ("other_village", False),
    ],
)
def test_nobody_borrows_what_is_at_hand(net, teacher, node, is_at_hand):
    place = getattr(net, node)
    found = rules.against_asking(teacher, place, editor(place))
    assert [each.code for each in found] == (["at_hand"] if is_at_hand else [])


def test_nobody_asks_for_a_node_of_others(net, teacher, borrower):
    with pytest.raises(Refused) as refusal:
        ask(teacher, net.other_county, borrower)
    assert codes(refusal) == {"not_her_node"}


def test_one_at_a_time_for_each_borrower(net, teacher, asked, borrower, owner):
    with pytest.raises(Refused) as refusal:
        ask(teacher, net.other_township, borrower)
    assert codes(refusal) == {"is_active"}
    with pytest.raises(IntegrityError), transaction.atomic():
        TeacherLoan.objects.create(
            teacher=teacher,
            borrower=net.other_township,
            starts_on=TODAY,
            status=LoanStatus.ACCEPTED,
        )
    # another node may ask for the same teacher
    ask(teacher, net.other_village, editor(net.other_village))
    lending.act_on(asked, LoanAct.CANCELLED, by=borrower)
    assert ask(teacher, net.other_township, borrower).status == LoanStatus.ASKED


def test_the_database_holds_the_order_of_days(net, teacher):
    with pytest.raises(IntegrityError), transaction.atomic():
        TeacherLoan.objects.create(
            teacher=teacher,
            borrower=net.other_village,
            starts_on=TODAY,
            ends_on=TODAY - dt.timedelta(days=1),
        )


@pytest.mark.parametrize("act", LEADS)
@pytest.mark.parametrize("status", LoanStatus)
def test_each_act_leads_from_one_state_to_one_other(net, asked, act, status):
    city = editor(net.city)
    TeacherLoan.objects.update(status=status)
    before, after = LEADS[act]
    if status == before:
        assert lending.act_on(asked, act, by=city, reason="说明").status == after
        assert asked.events.latest("pk").act == act
        return
    with pytest.raises(Refused) as refusal:
        lending.act_on(asked, act, by=city, reason="说明")
    assert codes(refusal) == {"wrong_state"}
    assert LoanEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("act", "by_owner", "by_borrower"),
    [
        (LoanAct.ACCEPTED, True, False),
        (LoanAct.DECLINED, True, False),
        (LoanAct.CANCELLED, False, True),
        (LoanAct.ENDED, True, True),
    ],
)
def test_each_side_does_its_part(asked, owner, borrower, act, by_owner, by_borrower):
    before, _after = LEADS[act]
    for by, is_allowed in ((owner, by_owner), (borrower, by_borrower)):
        TeacherLoan.objects.update(status=before)
        asked.refresh_from_db()
        assert (act in rules.possible_acts(asked, by)) == is_allowed
        if is_allowed:
            lending.act_on(asked, act, by=by, reason="说明")
            continue
        with pytest.raises(Refused) as refusal:
            lending.act_on(asked, act, by=by, reason="说明")
        assert codes(refusal) == {"not_hers"}


def test_declining_gives_its_reason(asked, owner):
    with pytest.raises(Refused) as refusal:
        lending.act_on(asked, LoanAct.DECLINED, by=owner, reason=" ")
    assert codes(refusal) == {"no_reason"}
    lending.act_on(asked, LoanAct.DECLINED, by=owner, reason="下学期再请")
    assert asked.events.latest("pk").reason == "下学期再请"


def test_what_is_over_is_not_accepted_any_more(net, teacher, borrower, owner):
    loan = ask(teacher, net.other_township, borrower, ends_on=TODAY)
    with time_machine.travel("2026-12-02 00:00:01+08:00", tick=False):
        with pytest.raises(Refused) as refusal:
            lending.act_on(loan, LoanAct.ACCEPTED, by=owner)
        assert codes(refusal) == {"is_over"}
    assert lending.act_on(loan, LoanAct.ACCEPTED, by=owner).status == "accepted"


# --- What the borrower may do with it -------------------------------------------------


def may_choose(user, teacher) -> bool:
    return choosable(Teacher, user).filter(pk=teacher.pk).exists()


def test_the_borrower_chooses_the_teacher_while_the_loan_is_in_force(
    net, teacher, asked, borrower, owner
):
    assert not may_choose(borrower, teacher)
    lending.act_on(asked, LoanAct.ACCEPTED, by=owner)
    assert may_choose(borrower, teacher)
    lending.act_on(asked, LoanAct.ENDED, by=owner)
    assert not may_choose(borrower, teacher)


@pytest.mark.parametrize(
    ("now", "is_in_force"),
    [
        ("2026-12-01 00:00:00+08:00", True),
        ("2026-12-07 23:59:59+08:00", True),
        ("2026-12-08 00:00:00+08:00", False),
    ],
)
def test_it_lasts_to_the_end_of_its_last_day(
    net, teacher, borrower, owner, now, is_in_force
):
    loan = ask(teacher, net.other_township, borrower, ends_on=dt.date(2026, 12, 7))
    lending.act_on(loan, LoanAct.ACCEPTED, by=owner)
    with time_machine.travel(now, tick=False):
        assert may_choose(borrower, teacher) == is_in_force


@pytest.mark.parametrize(
    ("seat", "may"),
    [
        ("other_township", True),
        ("other_county", True),
        ("other_village", False),
        ("sibling_village", False),
    ],
)
def test_it_is_for_the_node_that_asked(net, teacher, asked, owner, seat, may):
    lending.act_on(asked, LoanAct.ACCEPTED, by=owner)
    teacher.owner_node = net.village
    teacher.save()
    assert may_choose(editor(getattr(net, seat)), teacher) == may


def test_a_teacher_who_was_taken_off_the_list_is_not_chosen(
    teacher, asked, borrower, owner
):
    lending.act_on(asked, LoanAct.ACCEPTED, by=owner)
    teacher.unpublish()
    assert not may_choose(borrower, teacher)


def test_a_loan_of_a_teacher_opens_no_course(net, asked, borrower, owner):
    course = CourseFactory(owner_node=net.township)
    lending.act_on(asked, LoanAct.ACCEPTED, by=owner)
    assert not choosable(Course, borrower).filter(pk=course.pk).exists()


# --- The screens ----------------------------------------------------------------------


def text(response) -> str:
    return response.content.decode()


def test_a_teacher_is_found_asked_for_and_answered_about(client, net, teacher):
    teacher.tags.add("书法")
    teacher.save()
    client.force_login(person(net.other_township))
    assert "周德明" in text(client.get(f"{LOANS}find/", {"q": "书法"}))
    assert "周德明" not in text(client.get(f"{LOANS}find/", {"q": "电工"}))
    sent = {"borrower": net.other_township.pk, "purpose": "书法班"}
    response = client.post(f"{LOANS}ask/{teacher.pk}/", sent)
    assert response.status_code == 422
    sent["starts_on"] = "2026-12-08"
    html = text(client.post(f"{LOANS}ask/{teacher.pk}/", sent, follow=True))
    assert "申请发给对方网点了" in html
    loan = TeacherLoan.objects.get()

    owner = person(net.township)
    client.force_login(owner)
    assert waiting_lines(owner)[0]["text"] == "借用教师：1 份申请等您答复"
    assert "周德明" in text(client.get(LOANS))
    url = f"{LOANS}{loan.pk}/answer/"
    assert "请写一写原因" in text(client.post(url, {"act": "declined"}))
    html = text(client.post(url, {"act": "accepted"}, follow=True))
    assert "同意了。对方现在可以" in html
    assert not waiting_lines(owner)
    # the page of before is still open somewhere
    response = client.post(url, {"act": "accepted"})
    assert response.status_code == 422
    assert "这一步办不了" in text(response)


def test_her_own_teachers_are_not_offered(client, net, teacher):
    client.force_login(person(net.county))
    assert "周德明" not in text(client.get(f"{LOANS}find/"))


def test_a_stubborn_teacher_is_not_offered(client, net, teacher):
    Teacher.objects.update(can_be_borrowed=False)
    client.force_login(person(net.other_township))
    assert "周德明" not in text(client.get(f"{LOANS}find/"))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_taken"),
    [
        ("2026-12-08", "", True),
        ("2026-12-08", "2026-12-08", True),
        ("2026-12-08", "2026-12-07", False),
        # a course that has begun may still be put into writing
        ("2026-11-20", "2026-12-01", True),
        ("2026-11-20", "2026-11-30", False),
        ("", "", False),
        ("x", "", False),
    ],
)
def test_days_are_in_order_and_not_over(
    client, net, teacher, starts_on, ends_on, is_taken
):
    client.force_login(person(net.other_township))
    sent = {
        "borrower": net.other_township.pk,
        "purpose": "书法班",
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    response = client.post(f"{LOANS}ask/{teacher.pk}/", sent)
    assert (response.status_code == 302) == is_taken
    assert TeacherLoan.objects.exists() == is_taken


@pytest.mark.parametrize("act", ["", "asked", "x"])
def test_without_one_of_the_buttons_nothing_happens(client, net, asked, act):
    client.force_login(person(net.township))
    response = client.post(f"{LOANS}{asked.pk}/answer/", {"act": act, "reason": "无"})
    assert response.status_code == 422
    assert "请按一个按钮" in text(response)
    assert LoanEvent.objects.count() == 1


def test_what_has_run_out_says_so(client, net, teacher, borrower, owner):
    loan = ask(teacher, net.other_township, borrower, ends_on=TODAY)
    lending.act_on(loan, LoanAct.ACCEPTED, by=owner)
    with time_machine.travel("2026-12-02 10:00+08:00", tick=False):
        client.force_login(person(net.township))
        html = text(client.get(LOANS))
    assert "到期了" in html


def test_an_administrator_asks_for_any_county(client, net, teacher):
    client.force_login(UserFactory(is_superuser=True))
    sent = {
        "borrower": net.other_county.pk,
        "purpose": "书法班",
        "starts_on": "2026-12-08",
    }
    assert client.post(f"{LOANS}ask/{teacher.pk}/", sent).status_code == 302


def test_the_overview_costs_the_same_for_many(client, net):
    client.force_login(person(net.township))

    def cost(more: int) -> int:
        for _ in range(more):
            loan = TeacherFactory(owner_node=net.township)
            ask(loan, net.other_village, editor(net.other_village))
        client.get(LOANS)
        with CaptureQueriesContext(connection) as asked:
            client.get(LOANS)
        return len(asked)

    assert cost(1) == cost(10)
