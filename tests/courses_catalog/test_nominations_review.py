"""The screens of the review: what a reviewer sees, presses and is told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses_catalog.models import Nomination
from courses_catalog.nominations import nomination as nominations
from courses_catalog.nominations.states import NominationStatus
from courses_catalog.start_page import waiting_lines
from learners import access_log
from learners.models import AccessEntry
from tests.courses_catalog.nominating import (
    NAME,
    PDF,
    PHONE,
    PNG,
    decided,
    editor,
    listed,
    nominated,
    seen,
)
from tests.courses_catalog.test_nominations_permissions import person
from tests.factories import UserFactory, small_network

pytestmark = pytest.mark.django_db

QUEUE = "/admin/catalogue/nominations/"


@pytest.fixture
def net(settings, tmp_path):
    settings.RESOURCE_ROOT = tmp_path
    return small_network()


@pytest.fixture
def reviewer(client, net):
    user = person(net.village)
    client.force_login(user)
    return user


def text(response) -> str:
    return response.content.decode()


def press(client, nomination, act, reason="", **changes):
    sent = {"act": act, "reason": reason, "seen": seen(nomination), **changes}
    url = reverse("nomination_decide", args=[nomination.pk])
    return client.post(url, sent, follow=True)


def test_the_menu_of_the_catalogue_leads_to_the_review(client, net, reviewer):
    html = text(client.get("/admin/"))
    assert QUEUE in html and "/admin/catalogue/loans/" in html


def test_the_start_page_says_what_waits(client, net, reviewer):
    assert not waiting_lines(reviewer)
    nominated(net.village)
    assert "能者为师：1 份申请等您审核" in text(client.get("/admin/"))
    assert not waiting_lines(UserFactory())
    assert not waiting_lines(editor(net.sibling_village))


def test_one_nomination_shows_all_that_was_handed_in(client, net, reviewer):
    nomination = nominated(net.village)
    html = text(client.get(f"{QUEUE}{nomination.pk}/"))
    for words in (NAME, "剪纸、窗花", "从小跟外婆学的。", "周二上午", "证书.png"):
        assert words in html


def test_the_telephone_is_shown_when_asked_for(client, net, reviewer):
    nomination = nominated(net.village)
    url = f"{QUEUE}{nomination.pk}/"
    html = text(client.get(url))
    assert PHONE not in html and "139****5678" in html
    assert "139 1234 5678" in text(client.get(url, {"phone": ""}))


def test_every_look_is_written_down_and_names_nobody(client, net, reviewer):
    nomination = nominated(net.village)
    url = f"{QUEUE}{nomination.pk}/"
    client.get(url)
    client.get(url, {"phone": ""})
    client.get(f"{url}proofs/{nomination.proofs.get().pk}/")
    client.get(QUEUE)
    entries = list(AccessEntry.objects.order_by("pk"))
    assert [(entry.user, entry.act, entry.count) for entry in entries] == [
        (reviewer, "read", 1)
    ] * 3
    words = access_log.in_words(entry.subject for entry in entries)
    place = "濂溪区社区大学 · 十里街道社区学校 · 濂溪社区教学点"
    assert [words[entry.subject] for entry in entries] == [
        f"{place}的一份能者为师申请",
        f"{place}的一份能者为师申请，带完整的电话",
        f"{place}的一份能者为师申请的证明材料",
    ]


@pytest.mark.parametrize("subject", ["nomination:0", "nomination:x", "proof:no"])
def test_what_is_gone_is_called_as_it_was_written_down(subject):
    assert access_log.in_words([subject]) == {subject: subject}


def test_a_proof_is_saved_and_never_shown_on_this_site(client, net, reviewer):
    nomination = nominated(net.village)
    url = f"{QUEUE}{nomination.pk}/proofs/{nomination.proofs.get().pk}/"
    response = client.get(url)
    assert response.content == PNG
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    assert PDF != PNG


def test_agreeing_hands_it_on(client, net, reviewer):
    editor(net.township)
    nomination = nominated(net.village)
    html = text(press(client, nomination, "agreed"))
    assert f"{NAME}的申请交给了十里街道社区学校审核" in html
    assert "现在没有等您审核的申请" in html


def test_sending_back_and_refusing_want_a_reason_and_keep_what_was_typed(
    client, net, reviewer
):
    nomination = nominated(net.village)
    for act in ("returned", "refused"):
        response = press(client, nomination, act)
        assert response.status_code == 422
        assert "请写一写原因，本人会看到。" in text(response)
        # not to the address the form was sent to
        assert f'href="{QUEUE}{nomination.pk}/?phone"' in text(response)
    assert Nomination.objects.get().status == NominationStatus.REVIEW

    html = text(press(client, nomination, "returned", "请再拍一张"))
    assert f"退给{NAME}修改了" in html


@pytest.mark.parametrize("act", ["", "listed"])
def test_without_one_of_the_buttons_nothing_happens(client, net, reviewer, act):
    nomination = nominated(net.village)
    assert press(client, nomination, act).status_code == 422
    assert nomination.events.count() == 1


def test_who_was_slower_is_told_and_sees_how_it_stands(client, net, reviewer):
    nomination = nominated(net.village)
    before = seen(nomination)
    person_above = editor(net.county)
    decided(nomination, person_above, "returned", "请再拍一张")
    response = press(client, nomination, "agreed", seen=before)
    assert response.status_code == 422
    assert "正在等本人修改" in text(response)
    assert "请再拍一张" in text(response)


def test_a_form_of_an_older_state_is_shown_anew(client, net):
    county = person(net.county)
    client.force_login(county)
    village = editor(net.village)
    editor(net.township)
    nomination = nominated(net.village)
    before = seen(nomination)
    decided(nomination, village, "agreed")

    response = press(client, nomination, "refused", "说明", seen=before)

    assert response.status_code == 422
    html = text(response)
    assert "别人已经处理过了" in html and "说明</textarea>" in html
    assert f'name="seen" value="{seen(nomination)}"' in html


def test_the_county_lists_her_and_hears_so(client, net):
    client.force_login(person(net.county))
    html = text(press(client, nominated(net.county), "agreed"))
    assert f"{NAME}列入了教师名单" in html


def test_refusing_says_so(client, net, reviewer):
    nomination = nominated(net.village)
    html = text(press(client, nomination, "refused", "没有证明"))
    assert f"{NAME}的申请没有通过" in html


def test_what_is_closed_can_be_read_and_not_decided(client, net):
    county = person(net.county)
    client.force_login(county)
    nomination = listed(net.county, by=county)
    html = text(client.get(f"{QUEUE}{nomination.pk}/"))
    assert "这份申请已经办完了" in html
    assert 'name="act"' not in html
    assert nomination.teacher.get_absolute_url() in html


def test_the_list_costs_the_same_for_many(client, net, reviewer):
    def cost(more: int) -> int:
        for _ in range(more):
            nominated(net.village, user=UserFactory())
        client.get(QUEUE)
        with CaptureQueriesContext(connection) as asked:
            client.get(QUEUE)
        return len(asked)

    assert cost(1) == cost(10)


@pytest.mark.parametrize("where", ["village", "township"])
def test_a_place_where_somebody_asked_is_not_deleted(client, net, where):
    nominations.withdraw(nominated(net.village))
    client.force_login(UserFactory(is_superuser=True))
    page = getattr(net, where)
    single = reverse("wagtailadmin_pages:delete", args=[page.pk])
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    for url in (single, f"{many}?id={page.pk}&next=/admin/"):
        html = text(client.post(url, follow=True))
        assert "这里有人申请过当老师，不能删除" in html
    page.refresh_from_db()


def test_another_place_is_deleted_as_before(client, net):
    nominations.withdraw(nominated(net.village))
    client.force_login(UserFactory(is_superuser=True))
    url = reverse("wagtailadmin_pages:delete", args=[net.sibling_village.pk])
    client.post(url)
    assert not type(net.village).objects.filter(pk=net.sibling_village.pk).exists()
