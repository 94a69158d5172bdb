"""How often codes go out: per phone, not per address that a whole centre shares."""

import datetime as dt

import pytest
import time_machine

from learners.models import SmsMessage
from tests.learners.conftest import PHONE

pytestmark = pytest.mark.django_db

CONFIRM = "/accounts/login/code/confirm/"
BEGAN = dt.datetime(2026, 11, 25, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(BEGAN, tick=False) as traveller:
        yield traveller


def resend(client):
    return client.post(CONFIRM, {"action": "resend"}, follow=True).content.decode()


@pytest.mark.parametrize(("seconds", "sent"), [(0, 1), (59, 1), (60, 2), (120, 2)])
def test_a_code_is_sent_again_after_a_minute(
    client, ask_for_code, clock, seconds, sent
):
    ask_for_code()
    clock.shift(seconds)
    page = resend(client)
    assert SmsMessage.objects.count() == sent
    if sent == 1:
        assert f"再等 {60 - seconds} 秒" in page


def test_the_page_says_how_long_to_wait(client, ask_for_code, clock):
    ask_for_code()
    clock.shift(20)
    assert "40 秒后可以再发一次" in client.get(CONFIRM).content.decode()
    clock.shift(60)
    assert "可以再发一次，验证码不变" in client.get(CONFIRM).content.decode()


def test_a_resent_message_carries_the_same_code_and_lives_as_long(
    client, ask_for_code, last_code, clock
):
    ask_for_code()
    first = last_code()
    clock.shift(500)
    resend(client)
    assert last_code() == first
    clock.shift(500)
    assert client.post(CONFIRM, {"code": first}).url == "/my/"


def test_after_three_more_texts_people_are_sent_to_a_person(
    client, ask_for_code, clock
):
    ask_for_code()
    for _time in range(3):
        clock.shift(61)
        page = resend(client)
    assert SmsMessage.objects.count() == 4
    assert "已经发了好几次" in page
    clock.shift(61)
    resend(client)
    assert SmsMessage.objects.count() == 4


def test_resending_keeps_where_the_person_was_going(client, ask_for_code, clock):
    ask_for_code(following="/my/family/")
    clock.shift(61)
    response = client.post(CONFIRM, {"action": "resend", "next": "/my/family/"})
    assert response.url == f"{CONFIRM}?next=%2Fmy%2Ffamily%2F"


def test_typing_the_number_again_returns_to_the_code_on_its_way(
    client, ask_for_code, clock
):
    ask_for_code()
    clock.shift(10)
    response = ask_for_code()
    assert response.redirect_chain[-1][0] == CONFIRM
    assert SmsMessage.objects.count() == 1


def test_another_browser_must_wait_a_minute_for_the_same_phone(
    client, ask_for_code, clock
):
    ask_for_code()
    client.cookies.clear()
    page = ask_for_code().content.decode()
    assert "请等一分钟" in page
    assert f'value="{PHONE}"' in page
    clock.shift(61)
    client.cookies.clear()
    ask_for_code()
    assert SmsMessage.objects.count() == 2


def test_one_phone_gets_at_most_eight_codes_an_hour(client, ask_for_code, clock):
    for _time in range(12):
        client.cookies.clear()
        ask_for_code()
        clock.shift(61)
    assert SmsMessage.objects.count() == 8


def test_forty_people_of_one_centre_get_their_codes_in_one_minute(
    client, ask_for_code, clock
):
    for number in range(40):
        client.cookies.clear()
        ask_for_code(f"139000010{number:02d}")
    assert SmsMessage.objects.count() == 40


def test_one_address_cannot_send_texts_without_end(client, ask_for_code, clock):
    for number in range(130):
        client.cookies.clear()
        response = ask_for_code(f"1390001{number:04d}")
    assert SmsMessage.objects.count() == 120
    assert response.status_code == 429
    assert "请稍等一会儿再试" in response.content.decode()
