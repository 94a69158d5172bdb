"""我来当老师 on the public site: the steps, the form, the files, and one's own page."""

import logging
import re

import pytest
from django.urls import reverse

from courses_catalog.files import kept_files
from courses_catalog.models import Nomination, Proof
from courses_catalog.nominations import proofs, views
from courses_catalog.nominations.states import NominationStatus
from learners.models import SmsMessage
from tests.courses_catalog.nominating import (
    NAME,
    PDF,
    PHONE,
    PNG,
    decided,
    editor,
    file,
    listed,
    nominated,
    sent,
)
from tests.factories import LearnerFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db

BEGIN = "/courses/teachers/nominate/"
WHERE = f"{BEGIN}where/"
MINE = f"{BEGIN}mine/"
CORRECT = f"{MINE}correct/"
WITHDRAW = f"{MINE}withdraw/"


@pytest.fixture
def net(settings, tmp_path):
    settings.RESOURCE_ROOT = tmp_path / "resources"
    return small_network()


@pytest.fixture
def person(client):
    user = UserFactory(phone=PHONE, is_phone_verified=True)
    client.force_login(user)
    return user


@pytest.fixture
def form_url(net):
    return f"{WHERE}{net.village.pk}/"


def text(response) -> str:
    return response.content.decode()


# --- The way in -----------------------------------------------------------------------


def test_the_list_of_teachers_leads_to_the_first_step(client, net):
    assert f'href="{BEGIN}"' in text(client.get("/courses/teachers/"))
    assert f'href="{BEGIN}"' not in text(client.get("/courses/series/"))


def test_the_first_step_is_the_same_for_everybody(client, net, settings):
    settings.PROOF_DAYS = 17
    response = client.get(BEGIN)
    assert "再留 17 天" in text(response)
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("path", [WHERE, MINE, CORRECT, WITHDRAW, f"{MINE}proofs/1/"])
def test_the_other_steps_ask_to_sign_in_and_come_back(client, net, path):
    response = client.get(path)
    assert response.url == f"/accounts/login/?next={path}"


def test_signing_in_by_code_comes_back_to_the_same_step(client, form_url):
    client.post("/accounts/login/", {"login": PHONE, "next": form_url})
    code = re.search(r"\d{6}", SmsMessage.objects.last().text)[0]
    response = client.post(
        "/accounts/login/code/confirm/", {"code": code, "next": form_url}
    )
    assert response.url == form_url


def test_a_place_is_found_by_name_and_by_walking_down(client, net, person):
    html = text(client.get(WHERE, {"q": "濂溪社区"}))
    assert f'href="{WHERE}{net.village.pk}/"' in html
    html = text(client.get(WHERE, {"under": net.township.pk}))
    for place in (net.township, net.village, net.sibling_village):
        assert f'href="{WHERE}{place.pk}/"' in html


def test_nobody_belongs_to_the_whole_city(client, net, person):
    assert f'href="{WHERE}{net.city.pk}/"' not in text(client.get(WHERE))
    assert client.get(f"{WHERE}{net.city.pk}/").status_code == 404


def test_a_place_that_is_not_public_cannot_be_chosen(client, net, person):
    net.village.unpublish()
    assert client.get(f"{WHERE}{net.village.pk}/").status_code == 404


# --- The form -------------------------------------------------------------------------


def test_the_form_begins_with_what_is_known(client, person, form_url):
    LearnerFactory(name=NAME).access.create(user=person, relation="self")
    html = text(client.get(form_url))
    assert f'value="{NAME}"' in html and f'value="{PHONE}"' in html
    assert "已经传好的文件" not in html


def test_what_is_filled_in_is_handed_in(client, net, person, form_url):
    files = [file(), file(PDF, "教案.pdf")]
    response = client.post(form_url, sent(files=files))
    assert response.url == MINE
    nomination = Nomination.objects.get()
    assert (nomination.user, nomination.node) == (person, net.village)
    assert nomination.subjects == ["剪纸", "窗花"]
    assert nomination.phone == PHONE
    assert nomination.consent_version and nomination.consented_at
    kinds = nomination.proofs.order_by("pk").values_list("media_type", flat=True)
    assert list(kinds) == ["image/png", "application/pdf"]


REQUIRED = [
    "shown_name",
    "theme",
    "subjects",
    "summary",
    "availability",
    "phone",
    "files",
    "consent",
]


@pytest.mark.parametrize("missing", REQUIRED)
def test_what_is_missing_is_said_and_the_rest_is_kept(
    client, person, form_url, missing
):
    response = client.post(form_url, sent(**{missing: None}))
    html = text(response)
    assert response.status_code == 422
    assert html.count('href="#id_') == 1
    typed = {"subjects": "剪纸、窗花", "availability": "周二上午"}
    for name in typed.keys() - {missing}:
        assert typed[name] in html
    assert not Nomination.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("shown_name", "王老师1", "姓名里只能有文字"),
        ("theme", "x", "theme"),
        ("subjects", "、，", "请写一写您能教什么"),
        ("subjects", "一 二 三 四 五 六 七", "最多写 6 样"),
        ("subjects", "剪" * 21, "太长了"),
        ("summary", "好" * 101, "不要超过 100 个字"),
        ("phone", "12345", "11 位手机号"),
    ],
)
def test_bad_words_are_refused_in_a_sentence(
    client, person, form_url, field, value, words
):
    response = client.post(form_url, sent(**{field: value}))
    assert response.status_code == 422
    assert words in text(response)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("剪纸、窗花", ["剪纸", "窗花"]),
        (" 剪纸,窗花；剪纸  ", ["剪纸", "窗花"]),
        ("paper cutting", ["paper", "cutting"]),
        ("一 二 三 四 五 六", ["一", "二", "三", "四", "五", "六"]),
        ("剪" * 20, ["剪" * 20]),
    ],
)
def test_subjects_are_words_with_any_marks_between(
    client, person, form_url, typed, found
):
    client.post(form_url, sent(subjects=typed))
    assert Nomination.objects.get().subjects == found


# --- Files ----------------------------------------------------------------------------


def test_good_files_are_kept_whatever_else_is_wrong(client, person, form_url):
    files = [file(), file(b"MZ\x90\x00", "坏.png")]
    html = text(client.post(form_url, sent(files=files, summary="")))
    assert "“坏.png”不是照片" in html
    assert "已经传好的文件" in html
    kept = Proof.objects.get()
    assert f'value="{kept.pk}" checked' in html

    response = client.post(form_url, sent(files=[], kept=[str(kept.pk)]))

    assert response.url == MINE
    assert Nomination.objects.get().proofs.get() == kept


def test_a_file_that_was_kept_is_taken_away_by_its_tick(
    client, person, form_url, django_capture_on_commit_callbacks
):
    client.post(form_url, sent(summary=""))
    name = Proof.objects.get().stored_as
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(form_url, sent(files=[]))
    assert "请至少传一份证明材料" in text(response)
    assert not Proof.objects.exists()
    assert not kept_files().exists(name)


def test_nobody_takes_a_file_of_somebody_else(client, person, form_url):
    other = UserFactory()
    proofs.keep(other, [file()])
    theirs = Proof.objects.get()
    response = client.post(form_url, sent(kept=[str(theirs.pk)]))
    assert response.status_code == 422
    assert Proof.objects.get(pk=theirs.pk).user == other


@pytest.mark.parametrize(
    ("content", "name", "is_taken"),
    [
        (PNG, "照片.png", True),
        (b"\xff\xd8\xff\xe0" + b"x" * 9, "IMG_1.JPEG", True),
        (PDF, "教案.pdf", True),
        # what it is counts, not what it is called
        (PNG, "照片.exe", True),
        (b"<html><script>", "照片.png", False),
        (b"<svg xmlns=", "照片.svg", False),
        (b"PK\x03\x04", "说明.docx", False),
        (b"GIF89a", "动.gif", False),
        (b"", "空.png", False),
    ],
)
def test_photos_and_pdf_are_taken_by_what_they_are(
    client, person, form_url, content, name, is_taken
):
    response = client.post(form_url, sent(files=[file(content, name)]))
    assert (response.status_code == 302) == is_taken
    assert Proof.objects.exists() == is_taken


@pytest.mark.parametrize(("over", "is_taken"), [(0, True), (1, False)])
def test_a_file_has_its_bounds(client, person, form_url, monkeypatch, over, is_taken):
    monkeypatch.setattr(proofs, "MOST_BYTES", len(PNG) - over)
    response = client.post(form_url, sent())
    assert (response.status_code == 302) == is_taken
    if not is_taken:
        assert "太大了" in text(response)


@pytest.mark.parametrize(("count", "is_taken"), [(6, True), (7, False)])
def test_there_are_at_most_six(client, person, form_url, count, is_taken):
    response = client.post(form_url, sent(files=[file() for _ in range(count)]))
    assert (response.status_code == 302) == is_taken
    assert Proof.objects.count() == 6
    if not is_taken:
        assert "最多 6 份，您选了 7 份" in text(response)


def test_proofs_lie_encrypted_and_apart_from_public_files(
    client, net, person, form_url, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    client.post(form_url, sent())
    stored = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.parent for path in stored] == [tmp_path / "resources" / "proofs"]
    assert PNG not in stored[0].read_bytes()
    proof = Proof.objects.get()
    assert proofs.content_of(proof) == PNG


def test_her_own_file_is_saved_and_never_shown(client, net, person, form_url):
    client.post(form_url, sent(files=[file(PDF, "教案.pdf")]))
    response = client.get(reverse("own_proof", args=[Proof.objects.get().pk]))
    assert response.content == PDF
    headers = response.headers
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "application/pdf"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "no-store" in headers["Cache-Control"]


def test_a_file_of_somebody_else_is_not_there(client, net, person):
    nominated(net.village, user=UserFactory())
    url = reverse("own_proof", args=[Proof.objects.get().pk])
    assert client.get(url).status_code == 404


def test_a_file_that_is_gone_is_not_there(client, net, person, form_url):
    client.post(form_url, sent())
    proof = Proof.objects.get()
    kept_files().delete(proof.stored_as)
    assert client.get(reverse("own_proof", args=[proof.pk])).status_code == 404


# --- One's own page -------------------------------------------------------------------


def test_her_page_tells_how_far_it_is_and_names_no_reviewer(client, net, person):
    reviewer = editor(net.village, username="reviewer-wang")
    editor(net.county)
    nomination = nominated(net.village, user=person)
    html = text(client.get(MINE))
    for words in ("您交了申请", "濂溪社区教学点正在审核", "濂溪区社区大学审核"):
        assert words in html
    # nobody edits there, so nobody waits for it
    assert "十里街道社区学校审核" not in html

    decided(nomination, reviewer, "agreed")

    html = text(client.get(MINE))
    assert "濂溪社区教学点同意了" in html
    assert "十里街道社区学校没有审核的人" in html
    assert "reviewer-wang" not in html


def test_without_a_nomination_her_page_leads_to_the_first_step(client, net, person):
    html = text(client.get(MINE))
    assert "您还没有申请过" in html and f'href="{BEGIN}"' in html
    assert client.get(CORRECT).url == MINE
    assert client.get(WITHDRAW).url == MINE


def test_what_came_back_is_corrected_and_handed_in_again(client, net, person):
    reviewer = editor(net.village)
    nomination = nominated(net.village, user=person)
    old = nomination.proofs.get()
    decided(nomination, reviewer, "returned", "证书看不清楚，请再拍一张。")
    html = text(client.get(MINE))
    assert "证书看不清楚" in html and f'href="{CORRECT}"' in html
    html = text(client.get(CORRECT))
    assert "证书看不清楚" in html and f'value="{old.pk}"' in html

    response = client.post(CORRECT, sent(files=[file(PDF)], summary="改好了"))

    assert response.url == MINE
    nomination.refresh_from_db()
    assert nomination.status == NominationStatus.REVIEW
    assert nomination.summary == "改好了"
    assert [proof.media_type for proof in nomination.proofs.all()] == [
        "application/pdf"
    ]


def test_another_place_is_chosen_while_correcting(client, net, person):
    reviewer = editor(net.village)
    nomination = nominated(net.village, user=person)
    decided(nomination, reviewer, "returned", "您住在青年路。")
    other = net.sibling_village
    html = text(client.get(WHERE, {"under": net.township.pk}))
    assert f'href="{CORRECT}?at={other.pk}"' in html

    client.post(f"{CORRECT}?at={other.pk}", sent())

    nomination.refresh_from_db()
    assert nomination.node_id == other.pk


@pytest.mark.parametrize("wrong", ["x", "9" * 19, "city"])
def test_a_forged_place_is_not_there(client, net, person, wrong):
    reviewer = editor(net.village)
    decided(nominated(net.village, user=person), reviewer, "returned", "改")
    at = net.city.pk if wrong == "city" else wrong
    assert client.get(CORRECT, {"at": at}).status_code == 404


def test_an_open_nomination_leads_past_the_form(client, net, person, form_url):
    nominated(net.village, user=person)
    for path in (WHERE, form_url):
        assert client.get(path).url == MINE
    assert client.post(form_url, sent()).url == MINE
    assert Nomination.objects.count() == 1


def test_of_two_forms_sent_at_once_one_counts(client, person, form_url, monkeypatch):
    """The page was open in two tabs: the second meets the first under the lock."""
    client.post(form_url, sent())
    monkeypatch.setattr(views, "_open_or_listed", lambda user: None)
    response = client.post(form_url, sent(), follow=True)
    assert "您已经交了一份申请" in text(response)
    assert Nomination.objects.count() == 1


def test_she_takes_it_back_after_one_more_question(client, net, person):
    nominated(net.village, user=person)
    assert "撤回申请？" in text(client.get(WITHDRAW))
    assert Nomination.objects.get().is_open
    client.post(WITHDRAW)
    assert Nomination.objects.get().status == NominationStatus.WITHDRAWN
    html = text(client.get(MINE))
    assert "再申请一次" in html and f'href="{WITHDRAW}"' not in html
    # a second click on a page that is still open
    assert client.post(WITHDRAW).url == MINE


def test_who_is_listed_leaves_the_list(client, net, person):
    by = editor(net.county)
    nomination = nominated(net.county, user=person)
    teacher = decided(nomination, by, "agreed").teacher
    public = teacher.get_absolute_url()
    assert NAME in text(client.get(public))
    assert "从教师名单里撤下？" in text(client.get(WITHDRAW))
    client.post(WITHDRAW)
    assert client.get(public).status_code == 404
    assert NAME not in text(client.get("/courses/teachers/"))


@pytest.mark.parametrize("act", ["unpublish", "delete"])
def test_who_was_taken_off_the_list_is_told_so(client, net, person, act):
    by = editor(net.county)
    teacher = decided(nominated(net.county, user=person), by, "agreed").teacher
    assert teacher.get_absolute_url() in text(client.get(MINE))
    getattr(teacher, act)()
    html = text(client.get(MINE))
    assert "您现在不在公开的教师名单里" in html and "再申请一次" in html


def test_erasing_the_account_says_what_goes_with_it(client, net, person):
    words = "您当老师的申请和证明材料"
    assert words not in text(client.get("/my/account/erase/"))
    nominated(net.village, user=person)
    assert words in text(client.get("/my/account/erase/"))


# --- What nobody else sees ------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/courses/teachers/",
        "/search/?q=剪纸",
        "/api/v1/teachers/",
        "/sitemap-teachers.xml",
    ],
)
def test_nothing_of_a_nomination_is_public(client, net, path):
    nominated(net.village)
    html = text(client.get(path))
    assert NAME not in html and PHONE not in html


def test_her_public_page_holds_no_telephone_and_no_file(client, net):
    teacher = listed(net.county, editor(net.county)).teacher
    html = text(client.get(teacher.get_absolute_url()))
    assert NAME in html and "周二上午" in html and "能者为师" in html
    assert PHONE not in html and "证书" not in html


def test_logs_hold_nothing_of_her(client, net, person, form_url, caplog):
    caplog.set_level(logging.DEBUG)
    client.post(form_url, sent())
    decided(Nomination.objects.get(), editor(net.county), "returned", "看不清楚")
    client.get(MINE)
    written = [
        record.getMessage()
        for record in caplog.records
        if not record.name.startswith(("django.db", "django.template"))
    ]
    assert any(MINE in line for line in written)
    for secret in (NAME, PHONE, "证书", "看不清楚"):
        assert not [line for line in written if secret in line]


def test_her_page_costs_few_queries(client, net, person, django_assert_max_num_queries):
    nominated(net.village, user=person)
    client.get(MINE)
    with django_assert_max_num_queries(16):
        client.get(MINE)


def test_everything_held_on_her_can_be_downloaded(client, net, person):
    nominated(net.village, user=person)
    data = client.get("/my/account/data/").json()
    words = str(data)
    assert NAME in words and "证书.png" in words and "submitted" in words
