"""Texts: the backend of the settings, the inbox of the demo, a site without texts."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.checks import run_checks

from learners import sms
from learners.models import SmsMessage
from tests.learners.conftest import PHONE

pytestmark = pytest.mark.django_db

INBOX = "/demo/inbox/"
BEGAN = dt.datetime(2026, 11, 25, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def test_the_console_prints_and_stores_nothing(settings, capsys):
    settings.SMS_BACKEND = "learners.sms.console"
    assert sms.send(PHONE, "验证码 123456")
    assert capsys.readouterr().out == f"SMS {PHONE}: 验证码 123456\n"
    assert not SmsMessage.objects.exists()


def test_a_provider_is_any_function_of_phone_and_text(settings, monkeypatch):
    sent = []
    monkeypatch.setattr(
        sms, "provider", lambda phone, text: sent.append((phone, text)), raising=False
    )
    settings.SMS_BACKEND = "learners.sms.provider"
    assert sms.send(PHONE, "您好")
    assert sent == [(PHONE, "您好")]


def test_a_site_without_texts_says_so_to_its_caller(settings):
    settings.SMS_BACKEND = ""
    assert not sms.is_available()
    assert sms.send(PHONE, "您好") is False


def test_a_site_without_texts_asks_for_an_email(settings, client, ask_for_code):
    settings.SMS_BACKEND = ""
    page = client.get("/accounts/login/").content.decode()
    assert "验证码发到邮箱" in page
    page = ask_for_code(PHONE).content.decode()
    assert "不能发短信，请填邮箱" in page
    assert f'value="{PHONE}"' in page
    ask_for_code("wang@example.cn")
    assert len(mail.outbox) == 1


def test_a_site_without_texts_tells_its_operator(settings):
    settings.SMS_BACKEND = ""
    assert "learners.I001" in {message.id for message in run_checks()}
    settings.SMS_BACKEND = "learners.sms.console"
    assert "learners.I001" not in {message.id for message in run_checks()}


# --- The inbox of the demo ------------------------------------------------------------


def test_there_is_no_inbox_outside_the_demo(client):
    sms.send(PHONE, "验证码 123456")
    assert client.get(INBOX).status_code == 404


def test_the_inbox_shows_the_newest_first_for_an_hour(client, demo):
    with time_machine.travel(BEGAN, tick=False) as clock:
        sms.send(PHONE, "第一条")
        clock.shift(1800)
        sms.send(PHONE, "第二条")
        page = client.get(INBOX).content.decode()
        assert page.index("第二条") < page.index("第一条")
        assert "139 1111 2222" in page
        clock.shift(1801)
        page = client.get(INBOX).content.decode()
        assert "第一条" not in page
        assert "第二条" in page


def test_an_empty_inbox_says_what_to_do(client, demo):
    assert "最近一小时没有短信" in client.get(INBOX).content.decode()


def test_the_inbox_is_never_stored(client, demo):
    assert "no-store" in client.get(INBOX).headers["Cache-Control"]


def test_the_demo_says_where_its_texts_are(client, demo, ask_for_code):
    assert f'href="{INBOX}"' in ask_for_code().content.decode()


def test_a_real_site_says_nothing_of_an_inbox(client, ask_for_code):
    assert INBOX not in ask_for_code().content.decode()
