"""What goes when a nomination is closed, and when an account is."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.utils import timezone

from courses_catalog.models import Nomination, Proof, Teacher
from courses_catalog.nominations import nomination as nominations
from courses_catalog.nominations import proofs
from courses_catalog.nominations.erasing import HALF_FILLED, erase_what_is_over
from courses_catalog.nominations.states import NominationStatus
from learners import erasure
from tests.courses_catalog.nominating import (
    NAME,
    PNG,
    WORDS,
    decided,
    editor,
    file,
    listed,
    nominated,
)
from tests.courses_catalog.test_nominations_permissions import person
from tests.factories import UserFactory, small_network

pytestmark = pytest.mark.django_db

DAYS = 30
WORDS_OF_HERS = ["shown_name", "summary", "introduction", "availability"]


@pytest.fixture
def net(settings, tmp_path):
    settings.RESOURCE_ROOT = tmp_path
    settings.PROOF_DAYS = DAYS
    return small_network()


@pytest.fixture
def reviewer(net):
    return editor(net.county)


@pytest.fixture
def at_commit(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def closed(net, reviewer, how: str) -> Nomination:
    if how == "listed":
        return listed(net.county, by=reviewer)
    if how == "withdrawn":
        return nominations.withdraw(nominated(net.county))
    return decided(nominated(net.county), reviewer, "refused", "没有证明")


@pytest.mark.parametrize(
    ("after", "is_gone"),
    [
        (dt.timedelta(days=DAYS, seconds=-1), False),
        (dt.timedelta(days=DAYS), True),
        (dt.timedelta(days=DAYS, seconds=1), True),
    ],
)
@pytest.mark.parametrize("how", ["listed", "refused", "withdrawn"])
def test_proofs_and_telephone_go_when_their_days_are_over(
    net, reviewer, tmp_path, at_commit, how, after, is_gone
):
    with time_machine.travel("2026-12-01 10:00+08:00", tick=False) as clock:
        nomination = closed(net, reviewer, how)
        assert len(files(tmp_path)) == 1
        clock.shift(after)
        with at_commit(execute=True):
            erase_what_is_over()
    nomination.refresh_from_db()
    assert bool(nomination.erased_at) == is_gone
    assert (nomination.phone == "") == is_gone
    assert Proof.objects.exists() != is_gone
    assert (files(tmp_path) == []) == is_gone


@pytest.mark.parametrize(
    ("how", "is_kept"), [("listed", True), ("refused", False), ("withdrawn", False)]
)
def test_of_whom_is_not_listed_no_word_stays(net, reviewer, how, is_kept):
    nomination = closed(net, reviewer, how)
    with time_machine.travel(timezone.now() + dt.timedelta(days=DAYS, minutes=1)):
        erase_what_is_over()
    nomination.refresh_from_db()
    for name in WORDS_OF_HERS:
        assert getattr(nomination, name) == (WORDS[name] if is_kept else "")
    assert nomination.subjects == (WORDS["subjects"] if is_kept else [])
    # that it happened stays
    assert nomination.events.count() >= 2
    assert Teacher.objects.exists() == is_kept


@pytest.mark.parametrize("act", [None, "returned"])
def test_what_is_open_keeps_everything(net, reviewer, tmp_path, act):
    nomination = nominated(net.county)
    if act:
        decided(nomination, reviewer, act, "请再拍一张")
    with time_machine.travel(timezone.now() + dt.timedelta(days=400)):
        erase_what_is_over()
    assert Nomination.objects.get().phone and files(tmp_path)


def test_what_is_erased_is_not_looked_at_again(
    net, reviewer, django_assert_num_queries
):
    closed(net, reviewer, "refused")
    with time_machine.travel(timezone.now() + dt.timedelta(days=DAYS, minutes=1)):
        erase_what_is_over()
        with django_assert_num_queries(2):
            erase_what_is_over()


@pytest.mark.parametrize(("seconds", "is_gone"), [(-1, False), (1, True)])
def test_files_of_a_form_left_half_filled_in_go(
    net, tmp_path, at_commit, seconds, is_gone
):
    with time_machine.travel("2026-12-01 10:00+08:00", tick=False) as clock:
        proofs.keep(UserFactory(), [file()])
        clock.shift(HALF_FILLED + dt.timedelta(seconds=seconds))
        with at_commit(execute=True):
            erase_what_is_over()
    assert Proof.objects.exists() != is_gone
    assert (files(tmp_path) == []) == is_gone


@pytest.mark.parametrize("state", ["review", "returned", "listed", "refused"])
def test_with_the_account_goes_all_that_is_hers(
    net, reviewer, tmp_path, at_commit, client, state
):
    nomination = nominated(net.county)
    acts = {"returned": "returned", "listed": "agreed", "refused": "refused"}
    if act := acts.get(state):
        decided(nomination, reviewer, act, "说明")
    proofs.keep(nomination.user, [file()])

    with at_commit(execute=True):
        erasure.erase(nomination.user)

    nomination.refresh_from_db()
    assert nomination.status in (NominationStatus.WITHDRAWN, NominationStatus.REFUSED)
    assert (nomination.shown_name, nomination.phone) == ("", "")
    assert not Teacher.objects.exists()
    assert not Proof.objects.exists() and files(tmp_path) == []
    assert NAME not in client.get("/courses/teachers/").content.decode()


def test_the_account_of_somebody_else_leaves_hers_alone(net, reviewer):
    nomination = nominated(net.county)
    erasure.erase(UserFactory())
    nomination.refresh_from_db()
    assert nomination.is_open and nomination.shown_name == NAME


def test_what_is_erased_says_so_to_reviewers(net, reviewer, client):
    nomination = closed(net, reviewer, "refused")
    with time_machine.travel(timezone.now() + dt.timedelta(days=DAYS, minutes=1)):
        erase_what_is_over()
    client.force_login(person(net.county))
    html = client.get("/admin/catalogue/nominations/?pile=closed").content.decode()
    assert "已经删除" in html
    url = f"/admin/catalogue/nominations/{nomination.pk}/"
    assert "个人信息已经删除" in client.get(url).content.decode()


def test_proofs_are_written_anew_with_a_new_key(net, settings):
    settings.FIELD_ENCRYPTION_KEYS = ["old"]
    nominated(net.county)
    settings.FIELD_ENCRYPTION_KEYS = ["new", "old"]
    call_command("reencrypt")
    settings.FIELD_ENCRYPTION_KEYS = ["new"]
    proof = Proof.objects.get()
    assert (proof.name, proofs.content_of(proof)) == ("证书.png", PNG)


def test_a_file_that_could_not_be_written_leaves_no_row(net, monkeypatch):
    def full(self, name, content):
        raise OSError("no space left")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(OSError, match="no space"):
        proofs.keep(UserFactory(), [file()])
    assert not Proof.objects.exists()
