"""Two people at the same moment: what one of them does counts, once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from courses_catalog.loans import lending
from courses_catalog.loans.states import LoanAct
from courses_catalog.models import (
    LoanEvent,
    Nomination,
    NominationEvent,
    Teacher,
    TeacherLoan,
)
from courses_catalog.nominations import nomination as nominations
from courses_catalog.objections import Refused
from tests.courses_catalog.nominating import WORDS, editor, nominated, seen
from tests.factories import TeacherFactory, UserFactory, small_network

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.postgresql,
]


@pytest.fixture
def net(settings, tmp_path):
    settings.RESOURCE_ROOT = tmp_path
    return small_network()


def at_once(*acts) -> list[str]:
    """What each of `acts`, begun at the same moment, came to; refusals by code."""
    together = Barrier(len(acts))

    def run(act) -> str:
        try:
            together.wait(timeout=10)
            act()
        except Refused as refusal:
            return refusal.objections[0].code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_two_agreements_of_one_step_are_one(net):
    reviewers = [editor(net.village), editor(net.village)]
    editor(net.township)
    nomination = nominated(net.village)
    looked_at = seen(nomination)

    found = at_once(
        *(
            lambda by=by: nominations.decide(
                nomination, act="agreed", by=by, seen=looked_at
            )
            for by in reviewers
        )
    )

    # the slower one finds it with the township
    assert found == ["done", "not_her_turn"]
    assert Nomination.objects.get().turn_id == net.township.pk
    assert NominationEvent.objects.filter(act="agreed").count() == 1


def test_two_counties_list_her_once(net):
    reviewers = [editor(net.county), editor(net.city)]
    nomination = nominated(net.county)
    looked_at = seen(nomination)
    found = at_once(
        *(
            lambda by=by: nominations.decide(
                nomination, act="agreed", by=by, seen=looked_at
            )
            for by in reviewers
        )
    )
    assert found == ["done", "is_closed"]
    assert Teacher.objects.count() == 1


def test_who_takes_it_back_while_it_is_decided_is_not_listed_for_long(net):
    by = editor(net.county)
    nomination = nominated(net.county)
    looked_at = seen(nomination)
    at_once(
        lambda: nominations.decide(nomination, act="agreed", by=by, seen=looked_at),
        lambda: nominations.withdraw(nomination),
    )
    assert Nomination.objects.get().status == "withdrawn"
    assert not Teacher.objects.exists()


def test_a_form_sent_twice_is_one_nomination(net):
    user = UserFactory()
    editor(net.county)
    found = at_once(
        *[lambda: nominations.submit(user, net.county, **WORDS) for _ in range(4)]
    )
    assert found == ["done", "is_open", "is_open", "is_open"]
    assert Nomination.objects.count() == 1


def test_two_who_ask_for_one_node_ask_once(net):
    teacher = TeacherFactory(owner_node=net.township)
    people = [editor(net.other_township), editor(net.other_township)]
    found = at_once(
        *(
            lambda by=by: lending.ask(
                teacher,
                borrower=net.other_township,
                by=by,
                purpose="书法班",
                starts_on="2026-12-01",
            )
            for by in people
        )
    )
    assert found == ["done", "is_active"]


def test_of_yes_and_no_one_counts(net):
    teacher = TeacherFactory(owner_node=net.township)
    owner, other = editor(net.township), editor(net.county)
    loan = TeacherLoan.objects.create(
        teacher=teacher, borrower=net.other_township, starts_on="2026-12-01"
    )
    found = at_once(
        lambda: lending.act_on(loan, LoanAct.ACCEPTED, by=owner),
        lambda: lending.act_on(loan, LoanAct.DECLINED, by=other, reason="没空"),
    )
    assert found == ["done", "wrong_state"]
    assert LoanEvent.objects.count() == 1
