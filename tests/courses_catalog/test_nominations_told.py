"""What the person is told by a message, and how often it is tried."""

import datetime as dt
import logging

import pytest
import time_machine
from django.core import mail
from django.utils import timezone, translation

from courses_catalog.models import NominationNotice
from courses_catalog.nominations import nomination as nominations
from courses_catalog.nominations import notices
from courses_catalog.nominations.notices import PAUSES, tell_again
from learners import sms
from learners.models import SmsMessage
from tests.courses_catalog.nominating import (
    PHONE,
    decided,
    editor,
    listed,
    nominated,
)
from tests.factories import UserFactory, small_network

pytestmark = pytest.mark.django_db

REASON = "证书看不清楚，请在亮的地方再拍一张。"


@pytest.fixture
def net(settings, tmp_path):
    settings.RESOURCE_ROOT = tmp_path
    return small_network()


@pytest.fixture
def reviewer(net):
    return editor(net.county)


def texts() -> list[str]:
    return [message.text for message in SmsMessage.objects.order_by("pk")]


def test_who_has_to_correct_is_told_what_and_where(net, reviewer):
    decided(nominated(net.county), reviewer, "returned", REASON)
    assert texts() == [
        "【社学】您当老师的申请，濂溪区社区大学请您改一改：证书看不清楚，请在亮的地方再拍一张。"
        "登录后在“我的账号”里改好再交。"
    ]
    assert SmsMessage.objects.get().phone == PHONE
    assert NominationNotice.objects.get().sent_at


def test_a_refusal_and_the_good_end_are_told(net, reviewer):
    decided(nominated(net.county), reviewer, "refused", "没有证明")
    listed(net.county, by=reviewer)
    assert "没有通过，濂溪区社区大学说明：没有证明。" in texts()[0]
    assert "已经列入网站的教师名单" in texts()[1]


def test_what_goes_on_between_the_levels_is_no_message(net, reviewer):
    village = editor(net.village)
    nomination = decided(nominated(net.village), village, "agreed")
    nominations.withdraw(nomination)
    assert not texts() and not NominationNotice.objects.exists()


def test_no_text_goes_to_a_landline(net, reviewer):
    user = UserFactory(phone="13900009999")
    decided(nominated(net.county, user, phone="07928580000"), reviewer, "refused", "无")
    assert SmsMessage.objects.get().phone == "13900009999"


def test_who_signs_in_by_e_mail_gets_a_mail(net, reviewer):
    user = UserFactory(phone="", email="hu@example.cn")
    decided(nominated(net.county, user, phone="07928580000"), reviewer, "refused", "无")
    assert not texts()
    assert mail.outbox[0].to == ["hu@example.cn"]
    assert mail.outbox[0].subject == "当老师的申请"


def test_without_a_way_nothing_is_tried_for_ever(net, reviewer):
    user = UserFactory(phone="")
    decided(nominated(net.county, user, phone="07928580000"), reviewer, "refused", "无")
    notice = NominationNotice.objects.get()
    assert (notice.sent_at, notice.next_try_at) == (None, None)


def test_the_message_is_in_the_language_of_the_site(net, reviewer):
    with translation.override("en"):
        decided(nominated(net.county), reviewer, "refused", "没有证明")
    assert texts()[0].startswith("【社学】")


def test_a_provider_that_fails_is_tried_again_after_growing_pauses(
    net, reviewer, monkeypatch, caplog
):
    def fails(phone, text):
        raise ConnectionError(f"{phone} refused")

    caplog.set_level(logging.DEBUG)
    with time_machine.travel("2026-12-01 10:00+08:00", tick=False) as clock:
        with monkeypatch.context() as broken:
            broken.setattr(sms, "send", fails)
            decided(nominated(net.county), reviewer, "returned", REASON)
            notice = NominationNotice.objects.get()
            assert notice.next_try_at == timezone.now() + PAUSES[0]
            for pause in PAUSES[1:]:
                clock.shift(dt.timedelta(days=1))
                tell_again()
                notice.refresh_from_db()
                assert notice.next_try_at == timezone.now() + pause
            clock.shift(dt.timedelta(days=1))
            tell_again()
        notice.refresh_from_db()
        # given up: her page says it all the same
        assert (notice.sent_at, notice.next_try_at) == (None, None)
        clock.shift(dt.timedelta(days=1))
        tell_again()
    assert not texts()
    said = [r.getMessage() for r in caplog.records if "notice" in r.getMessage()]
    assert said and not [line for line in said if PHONE in line]


def test_what_was_sent_is_not_sent_again(net, reviewer):
    decided(nominated(net.county), reviewer, "returned", REASON)
    NominationNotice.objects.update(next_try_at=None)
    tell_again()
    notices.tell_of_nominations.call()
    assert len(texts()) == 1


def test_two_workers_send_one_message(net, reviewer, monkeypatch):
    """Both read the row before either takes it."""
    with monkeypatch.context() as quiet:
        quiet.setattr(notices, "_take", lambda notice: False)
        decided(nominated(net.county), reviewer, "returned", REASON)
    first, second = list(notices._due()), list(notices._due())
    assert first == second != []
    assert notices._take(first[0])
    assert not notices._take(second[0])


def test_whoever_was_killed_in_the_middle_is_taken_up_again(net, reviewer, monkeypatch):
    with monkeypatch.context() as quiet:
        quiet.setattr(notices, "_try", lambda notice: None)
        decided(nominated(net.county), reviewer, "returned", REASON)
    tell_again()
    assert not texts()
    with time_machine.travel(timezone.now() + notices.UNDER_WAY):
        tell_again()
    assert len(texts()) == 1


def test_a_long_reason_is_cut_in_the_message_and_whole_on_the_page(
    net, reviewer, client
):
    nomination = decided(nominated(net.county), reviewer, "returned", "长" * 300)
    assert "长" * 39 + "…" in texts()[0] and "长" * 40 not in texts()[0]
    client.force_login(nomination.user)
    html = client.get("/courses/teachers/nominate/mine/").content.decode()
    assert "长" * 300 in html
