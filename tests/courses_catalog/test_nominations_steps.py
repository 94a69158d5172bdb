"""The way of a nomination: who decides, in which order, and what comes of it."""

import pytest
from django.db import IntegrityError, transaction

from courses_catalog.models import Nomination, NominationEvent, Proof, Teacher
from courses_catalog.nominations import nomination as nominations
from courses_catalog.nominations import queue, rules
from courses_catalog.nominations.states import (
    CAN_WITHDRAW,
    CLOSED,
    OPEN,
    NominationStatus,
)
from courses_catalog.objections import Refused
from courses_catalog.vocabulary import ShareScope, TeacherOrigin
from home.models import Role
from search.models import OutboxEntry
from tests.courses_catalog.nominating import (
    NAME,
    WORDS,
    decided,
    editor,
    listed,
    nominated,
    seen,
)
from tests.factories import TeacherFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def net(settings, tmp_path):
    settings.RESOURCE_ROOT = tmp_path
    return small_network()


@pytest.fixture
def editors(net):
    """One at each step from the village up."""
    return [editor(each) for each in (net.village, net.township, net.county)]


def acts(nomination) -> list[str]:
    return [event.act for event in nomination.events.all()]


def codes(refusal) -> set[str]:
    return {each.code for each in refusal.value.objections}


def test_the_states_are_told_apart():
    assert {*OPEN, *CLOSED} == set(NominationStatus)
    assert not set(OPEN) & set(CLOSED)
    assert set(OPEN) < set(CAN_WITHDRAW)


def test_it_goes_up_one_level_with_each_agreement_and_is_listed_by_the_county(
    net, editors
):
    nomination = nominated(net.village)
    for by, turn in zip(editors, (net.village, net.township, net.county), strict=True):
        assert nomination.turn == turn
        assert nomination.status == NominationStatus.REVIEW
        nomination = decided(nomination, by, "agreed")

    assert nomination.status == NominationStatus.LISTED
    assert (nomination.turn, bool(nomination.closed_at)) == (None, True)
    assert acts(nomination) == ["submitted", *["agreed"] * 3, "listed"]


def test_who_is_listed_is_a_published_record_of_her_own_place(net, editors):
    nomination = listed(net.village, by=editors[2])

    teacher = Teacher.objects.public().get(pk=nomination.teacher_id)
    assert (teacher.title, teacher.owner_node_id) == (NAME, net.village.pk)
    assert teacher.origin == TeacherOrigin.NOMINATED
    assert teacher.share_scope == ShareScope.PUBLIC
    assert teacher.availability == WORDS["availability"]
    assert teacher.can_be_borrowed
    assert teacher.tag_names == sorted(WORDS["subjects"])
    assert teacher.latest_revision.user == editors[2]
    assert not teacher.has_unpublished_changes
    assert OutboxEntry.objects.filter(
        subject=f"teacher:{teacher.translation_key}"
    ).exists()


@pytest.mark.parametrize(
    ("where", "turns"),
    [
        ("village", ["village", "township", "county"]),
        ("township", ["township", "county"]),
        ("county", ["county"]),
    ],
)
def test_the_chosen_place_decides_where_the_review_begins(net, editors, where, turns):
    nomination = nominated(getattr(net, where))
    passed = []
    while nomination.is_open:
        passed.append(nomination.turn)
        nomination = decided(nomination, editors[2], "agreed")
    assert passed == [getattr(net, turn) for turn in turns]


def test_a_step_without_anybody_is_passed_over_and_says_so(net):
    editor(net.county)
    editor(net.village, Role.DESK)
    editor(net.township, is_active=False)

    nomination = nominated(net.village)

    assert nomination.turn == net.county
    passed = nomination.events.filter(act="passed")
    assert [event.node_id for event in passed] == [net.village.pk, net.township.pk]
    assert not passed.filter(actor__isnull=False).exists()


def test_the_county_is_never_passed_over_the_city_decides_for_it(net):
    city = editor(net.city)
    nomination = nominated(net.village)
    assert nomination.turn == net.county
    assert decided(nomination, city, "agreed").status == NominationStatus.LISTED


def test_a_step_whose_only_editor_is_the_person_herself_is_passed_over(net):
    herself = editor(net.village)
    editor(net.township)
    nomination = nominated(net.village, user=herself)
    assert nomination.turn == net.township


@pytest.mark.parametrize(
    ("seat", "role", "code"),
    [
        ("village", Role.EDITOR, None),
        ("township", Role.EDITOR, None),
        ("county", Role.EDITOR, None),
        ("city", Role.EDITOR, None),
        ("sibling_village", Role.EDITOR, "not_her_turn"),
        ("other_county", Role.EDITOR, "not_her_turn"),
        ("village", Role.DESK, "not_her_turn"),
    ],
)
def test_who_edits_at_or_above_the_place_decides(net, editors, seat, role, code):
    nomination = nominated(net.village)
    by = editor(getattr(net, seat), role)
    found = {each.code for each in rules.against_deciding(nomination, by)}
    assert found == ({code} if code else set())


def test_the_village_does_not_decide_for_the_township(net, editors):
    nomination = decided(nominated(net.village), editors[0], "agreed")
    with pytest.raises(Refused) as refusal:
        decided(nomination, editors[0], "agreed")
    assert codes(refusal) == {"not_her_turn"}


def test_nobody_decides_about_herself(net, editors):
    nomination = nominated(net.village, user=editors[1])
    with pytest.raises(Refused) as refusal:
        decided(nomination, editors[1], "agreed")
    assert codes(refusal) == {"her_own"}
    assert not queue.her_turn(editors[1]).exists()


@pytest.mark.parametrize("act", ["returned", "refused"])
@pytest.mark.parametrize("reason", ["", "  "])
def test_a_refusal_gives_its_reason(net, editors, act, reason):
    nomination = nominated(net.village)
    with pytest.raises(Refused) as refusal:
        decided(nomination, editors[0], act, reason)
    assert codes(refusal) == {"no_reason"}
    assert acts(nomination) == ["submitted"]


@pytest.mark.parametrize("act", ["submitted", "listed", "withdrawn", "passed", "x"])
def test_a_reviewer_does_nothing_else_than_decide(net, editors, act):
    with pytest.raises(Refused) as refusal:
        decided(nominated(net.village), editors[0], act, "说明")
    assert codes(refusal) == {"unknown"}


def test_who_looked_at_an_older_state_does_not_decide(net, editors):
    nomination = nominated(net.village)
    before = seen(nomination)
    decided(nomination, editors[0], "agreed")
    # the county editor pressed the button of the step before
    with pytest.raises(Refused) as refusal:
        nominations.decide(nomination, act="agreed", by=editors[2], seen=before)
    assert codes(refusal) == {"is_stale"}
    nomination.refresh_from_db()
    assert nomination.turn_id == net.township.pk


@pytest.mark.parametrize("act", ["refused", "agreed"])
def test_what_is_closed_stays_closed(net, editors, act):
    nomination = nominated(net.county)
    nomination = decided(nomination, editors[2], act, "证明看不清楚")
    for next_act in ("agreed", "returned", "refused"):
        with pytest.raises(Refused) as refusal:
            decided(nomination, editors[2], next_act, "说明")
        assert codes(refusal) == {"is_closed"}
    assert Teacher.objects.count() == (act == "agreed")


def test_what_was_sent_back_comes_again_to_whom_it_came_back_from(net, editors):
    nomination = decided(nominated(net.village), editors[0], "agreed")
    nomination = decided(nomination, editors[1], "returned", "请传一份证书")
    assert nomination.status == NominationStatus.RETURNED
    with pytest.raises(Refused) as refusal:
        decided(nomination, editors[1], "agreed")
    assert codes(refusal) == {"is_returned"}

    nomination = nominations.resubmit(
        nomination, node=net.village, **{**WORDS, "summary": "有证书。"}
    )

    assert (nomination.turn, nomination.summary) == (net.township, "有证书。")
    assert acts(nomination)[-1] == "resubmitted"


def test_from_another_place_it_begins_again(net, editors):
    nomination = decided(nominated(net.village), editors[0], "agreed")
    nomination = decided(nomination, editors[1], "returned", "您住在青年路")
    editor(net.sibling_village)
    nomination = nominations.resubmit(nomination, node=net.sibling_village, **WORDS)
    assert (nomination.node, nomination.turn) == (net.sibling_village,) * 2


def test_only_what_came_back_can_be_corrected(net, editors):
    nomination = nominated(net.village)
    with pytest.raises(Refused):
        nominations.resubmit(nomination, node=net.village, **WORDS)
    assert acts(nomination) == ["submitted"]


def test_one_open_nomination_for_each_person(net, editors):
    nomination = nominated(net.village)
    with pytest.raises(Refused) as refusal:
        nominated(net.village, user=nomination.user)
    assert codes(refusal) == {"is_open"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.create(
            user=nomination.user,
            node=net.village,
            consented_at=nomination.consented_at,
        )


def test_who_is_listed_does_not_nominate_herself_again(net, editors):
    nomination = listed(net.village, by=editors[2])
    with pytest.raises(Refused) as refusal:
        nominated(net.village, user=nomination.user)
    assert codes(refusal) == {"is_listed"}
    # taken off the list by an editor
    nomination.teacher.unpublish()
    assert nominated(net.village, user=nomination.user).is_open


def test_after_a_refusal_one_may_begin_again(net, editors):
    nomination = decided(nominated(net.village), editors[0], "refused", "没有证明")
    assert nominated(net.village, user=nomination.user).is_open


@pytest.mark.parametrize("state", ["review", "returned", "listed"])
def test_the_person_takes_her_nomination_back(net, editors, state):
    nomination = nominated(net.county)
    if state != "review":
        act = "agreed" if state == "listed" else "returned"
        nomination = decided(nomination, editors[2], act, "说明")
    assert nomination.status == state
    assert Teacher.objects.exists() == (state == "listed")

    nomination = nominations.withdraw(nomination)

    assert nomination.status == NominationStatus.WITHDRAWN
    assert not Teacher.objects.exists()
    with pytest.raises(Refused):
        nominations.withdraw(nomination)


def test_who_takes_back_her_consent_is_gone_in_every_language(net, editors, settings):
    from wagtail.models import Locale

    nomination = listed(net.village, by=editors[2])
    english, _created = Locale.objects.get_or_create(language_code="en")
    nomination.teacher.copy_for_translation(english).save()
    TeacherFactory(owner_node=net.village)
    assert Teacher.objects.count() == 3

    nominations.withdraw(nomination)

    assert Teacher.objects.count() == 1


def test_events_are_only_ever_added(net, editors):
    event = nominated(net.village).events.get()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    assert NominationEvent.objects.count() == 1


def test_files_that_wait_go_with_the_nomination_of_their_own_account(net, editors):
    from courses_catalog.nominations import proofs
    from tests.courses_catalog.nominating import file

    other = UserFactory()
    proofs.keep(other, [file()])
    nomination = nominated(net.village)
    assert nomination.proofs.count() == 1
    assert Proof.objects.get(nomination=None).user == other


@pytest.mark.parametrize(
    ("seat", "pile"),
    [
        ("village", "turn"),
        ("township", "others"),
        ("county", "others"),
        ("sibling_village", None),
        ("other_county", None),
    ],
)
def test_each_reviewer_sees_what_waits_for_her_and_what_is_on_its_way(
    net, editors, seat, pile
):
    nomination = nominated(net.village)
    reader = editor(getattr(net, seat))
    found = {one.key for one in queue.piles(reader) if nomination in one.nominations}
    assert found == ({pile} if pile else set())


def test_what_the_county_has_to_decide_without_an_editor_waits_for_the_city(net):
    city = editor(net.city)
    nomination = nominated(net.village)
    assert list(queue.her_turn(city)) == [nomination]
    editor(net.county)
    assert not queue.her_turn(city).exists()
