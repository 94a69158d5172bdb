"""Every address of the review and of borrowing × own, sibling, parent × role."""

from typing import NamedTuple

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from courses_catalog.loans import hooks as loan_hooks
from courses_catalog.models import LoanEvent, NominationEvent, Proof, TeacherLoan
from courses_catalog.nominations import hooks
from home.models import NodeRole, Role
from learners.models import AccessEntry
from tests.courses_catalog.nominating import NAME, PHONE, nominated
from tests.factories import TeacherFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db

OWN, FOREIGN = True, False
SECRET = "三轮车队"
REASON = "看不清楚的证书"


class Target(NamedTuple):
    nomination: object
    proof: object


@pytest.fixture
def net(settings, tmp_path):
    settings.RESOURCE_ROOT = tmp_path
    return small_network()


def person(node=None, role=Role.EDITOR, **fields):
    """May enter the admin, and by mistake holds every permission on the catalogue."""
    user = UserFactory(**fields)
    group, _created = Group.objects.get_or_create(name="tests")
    group.permissions.set(
        Permission.objects.filter(codename="access_admin")
        | Permission.objects.filter(content_type__app_label="courses_catalog")
    )
    user.groups.add(group)
    if node:
        NodeRole.objects.create(user=user, node=node, role=role)
    return user


def nomination_at(node) -> Target:
    nomination = nominated(node, user=UserFactory(), introduction=SECRET)
    return Target(nomination, nomination.proofs.get())


def decision(nomination) -> dict:
    seen = nomination.events.latest("pk").pk
    return {"act": "returned", "reason": REASON, "seen": seen}


def answers(client, target: Target):
    nomination, proof = target
    one = [nomination.pk]
    yield "read", client.get(reverse("nomination_review", args=one))
    yield "phone", client.get(reverse("nomination_review", args=one), {"phone": ""})
    proof_url = reverse("nomination_proof", args=[nomination.pk, proof.pk])
    yield "proof", client.get(proof_url)
    url = reverse("nomination_decide", args=one)
    yield "decide", client.post(url, decision(nomination))


def test_every_address_is_asked_here():
    names = {each.name for each in [*hooks.addresses(), *loan_hooks.addresses()]}
    assert names == {
        "nominations",
        "nomination_review",
        "nomination_decide",
        "nomination_proof",
        "teacher_loans",
        "teacher_loan_find",
        "teacher_loan_ask",
        "teacher_loan",
        "teacher_loan_answer",
    }


SEATS = [
    ("village", "village", OWN),
    ("village", "sibling_village", FOREIGN),
    ("village", "township", FOREIGN),
    ("township", "village", OWN),
    ("township", "other_township", FOREIGN),
    ("township", "county", FOREIGN),
    ("county", "village", OWN),
    ("county", "other_village", FOREIGN),
    ("city", "other_village", OWN),
]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.DESK])
@pytest.mark.parametrize(("seat", "place", "expected"), SEATS)
def test_editors_reach_the_nominations_of_their_own_subtree(
    client, net, seat, place, expected, role
):
    person(getattr(net, place))
    target = nomination_at(getattr(net, place))
    client.force_login(person(getattr(net, seat), role))
    is_reached = expected and role == Role.EDITOR

    for name, response in answers(client, target):
        assert (response.status_code in (200, 302)) == is_reached, name
        assert is_reached or response.status_code == 403, name
        html = response.content.decode(errors="replace")
        assert is_reached or (SECRET not in html and PHONE not in html)

    assert NominationEvent.objects.filter(reason=REASON).exists() == is_reached
    assert AccessEntry.objects.exists() == is_reached


@pytest.mark.parametrize("who", ["nobody", "resident", "no role"])
def test_others_reach_nothing(client, net, who):
    target = nomination_at(net.village)
    if who != "nobody":
        client.force_login(UserFactory() if who == "resident" else person())
    lists = ["nominations", "teacher_loans", "teacher_loan_find"]
    got = [client.get(reverse(name)) for name in lists]
    got += [response for _name, response in answers(client, target)]
    for response in got:
        assert response.status_code in (302, 403)
        assert SECRET not in response.content.decode()
    assert not AccessEntry.objects.exists()
    assert NominationEvent.objects.count() == 1 + 2


def test_a_proof_is_named_with_its_own_nomination(client, net):
    mine, theirs = nomination_at(net.village), nomination_at(net.sibling_village)
    client.force_login(person(net.village))
    url = reverse("nomination_proof", args=[mine.nomination.pk, theirs.proof.pk])
    assert client.get(url).status_code == 404
    waiting = Proof.objects.get(pk=mine.proof.pk)
    Proof.objects.filter(pk=waiting.pk).update(nomination=None)
    url = reverse("nomination_proof", args=[mine.nomination.pk, waiting.pk])
    assert client.get(url).status_code == 404


def test_the_decision_is_only_sent(client, net):
    target = nomination_at(net.village)
    client.force_login(person(net.village))
    url = reverse("nomination_decide", args=[target.nomination.pk])
    assert client.get(url).status_code == 405


@pytest.mark.parametrize("pile", ["turn", "others", "returned", "closed", "x"])
def test_the_list_names_nobody_and_nothing_of_other_subtrees(client, net, pile):
    reader = person(net.village)
    nomination_at(net.sibling_village)
    own = nomination_at(net.village).nomination
    own.subjects = ["自己的"]
    own.save()
    client.force_login(reader)
    html = client.get(reverse("nominations"), {"pile": pile}).content.decode()
    assert NAME not in html and PHONE not in html and "剪纸" not in html
    assert "青年路" not in html
    # a pile nobody knows is the first one
    assert ("自己的" in html) == (pile in ("turn", "x"))


# --- Borrowing ------------------------------------------------------------------------


@pytest.fixture
def teacher(net):
    record = TeacherFactory(owner_node=net.township, title="周德明")
    record.save_revision().publish()
    return record


def loan_of(teacher, borrower) -> TeacherLoan:
    return TeacherLoan.objects.create(
        teacher=teacher, borrower=borrower, purpose=SECRET, starts_on="2026-12-01"
    )


LOAN_SEATS = [
    # may read it, may answer for the owner, may take it back for the borrower
    ("city", True, True, True),
    ("county", True, True, False),
    ("township", True, True, False),
    ("village", False, False, False),
    ("sibling_village", False, False, False),
    ("other_county", True, False, True),
    ("other_township", True, False, True),
    ("other_village", False, False, False),
]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.DESK])
@pytest.mark.parametrize(("seat", "reads", "answers", "takes_back"), LOAN_SEATS)
def test_both_sides_reach_a_loan_and_each_does_its_part(
    client, net, teacher, seat, reads, answers, takes_back, role
):
    loan = loan_of(teacher, net.other_township)
    client.force_login(person(getattr(net, seat), role))
    is_editor = role == Role.EDITOR

    response = client.get(reverse("teacher_loan", args=[loan.pk]))
    assert response.status_code == (200 if is_editor and reads else 403)
    assert (SECRET in response.content.decode()) == (is_editor and reads)

    may = {"accepted": answers, "declined": answers, "cancelled": takes_back}
    for act, is_allowed in may.items():
        TeacherLoan.objects.update(status="asked")
        url = reverse("teacher_loan_answer", args=[loan.pk])
        client.post(url, {"act": act, "reason": REASON})
        loan.refresh_from_db()
        assert (loan.status == act) == (is_editor and is_allowed), act
        done = LoanEvent.objects.filter(loan=loan, act=act)
        assert done.exists() == (is_editor and is_allowed)

    html = client.get(reverse("teacher_loans")).content.decode()
    assert ("周德明" in html) == (is_editor and reads)


@pytest.mark.parametrize(
    ("seat", "role", "borrower", "is_done"),
    [
        ("other_township", Role.EDITOR, "other_township", True),
        # for a node of hers, not for those above, below or beside
        ("other_township", Role.EDITOR, "other_county", False),
        ("other_township", Role.EDITOR, "other_village", False),
        ("other_township", Role.EDITOR, "village", False),
        ("other_township", Role.DESK, "other_township", False),
        (None, None, "other_township", False),
    ],
)
def test_an_editor_asks_for_her_own_node(
    client, net, teacher, seat, role, borrower, is_done
):
    client.force_login(person(getattr(net, seat) if seat else None, role))
    url = reverse("teacher_loan_ask", args=[teacher.pk])
    sent = {
        "borrower": getattr(net, borrower).pk,
        "purpose": "书法班",
        "starts_on": "2026-12-01",
    }
    response = client.post(url, sent)
    is_editor = role == Role.EDITOR
    assert response.status_code == (302 if is_done else 422 if is_editor else 403)
    assert TeacherLoan.objects.exists() == is_done


def test_a_draft_of_another_subtree_cannot_be_named(client, net, teacher):
    hidden = TeacherFactory(owner_node=net.township, title="未公开的", live=False)
    own_only = TeacherFactory(
        owner_node=net.township, title="自用的", share_scope="own"
    )
    client.force_login(person(net.other_township))
    for record in (hidden, own_only):
        url = reverse("teacher_loan_ask", args=[record.pk])
        assert client.get(url).status_code == 404
    html = client.get(reverse("teacher_loan_find")).content.decode()
    assert "周德明" in html
    assert "未公开的" not in html and "自用的" not in html
