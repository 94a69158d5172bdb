"""Signing in by a code: one screen, known and unknown people alike."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from learners.encryption import keyed_hash
from learners.models import SmsMessage, User
from tests.factories import UserFactory
from tests.learners.conftest import PHONE

pytestmark = pytest.mark.django_db

CONFIRM = "/accounts/login/code/confirm/"
FAMILY = "/my/family/"


def confirm(client, code, **data):
    return client.post(CONFIRM, {"code": code, **data})


def texts(response) -> str:
    return response.content.decode()


def test_an_unknown_phone_gets_a_code_and_then_an_account(
    client, ask_for_code, last_code
):
    ask_for_code(PHONE)
    assert not User.objects.exists()
    response = confirm(client, last_code())
    user = User.objects.get()
    assert response.status_code == 302
    assert (user.phone, user.is_phone_verified) == (PHONE, True)
    assert not user.has_usable_password()
    assert client.get(FAMILY).status_code == 200


def test_a_known_phone_leads_to_its_account(client, ask_for_code, last_code):
    known = UserFactory(phone=PHONE)
    ask_for_code("+86 139-1111 2222")
    confirm(client, last_code())
    assert client.get(FAMILY).wsgi_request.user == known
    assert User.objects.count() == 1


def test_an_email_works_like_a_phone(client, ask_for_code, last_code):
    ask_for_code("Wang@Example.cn")
    assert mail.outbox[0].to == ["wang@example.cn"]
    confirm(client, last_code(by_email=True))
    user = User.objects.get()
    assert user.email == "wang@example.cn"
    assert user.emailaddress_set.get().verified
    assert user.phone_hash is None


def test_the_same_email_comes_back_to_the_same_account(client, sign_in):
    first = sign_in("wang@example.cn")
    client.post(reverse("account_logout"))
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=2)):
        assert sign_in("wang@example.cn") == first


def test_an_address_an_administrator_wrote_opens_that_account(sign_in):
    staff = UserFactory(email="li@example.cn", phone="")
    assert sign_in("li@example.cn") == staff


def test_nothing_tells_who_has_an_account(client, ask_for_code):
    UserFactory(phone=PHONE)
    known = texts(ask_for_code(PHONE))
    client.cookies.clear()
    unknown = texts(ask_for_code("13911113333"))

    def without_what_differs(page, shown):
        return [
            line
            for line in page.replace(shown, "…").splitlines()
            if "csrfmiddlewaretoken" not in line
        ]

    assert without_what_differs(known, "139 1111 2222") == without_what_differs(
        unknown, "139 1111 3333"
    )
    assert SmsMessage.objects.count() == 2


def test_no_account_name_is_made_of_the_phone_or_the_email(client, sign_in):
    user = sign_in("wang@example.cn")
    assert "wang" not in str(user)
    client.post(reverse("account_logout"))
    other = sign_in(PHONE)
    assert PHONE not in str(other)
    assert PHONE[-4:] not in str(other)


def test_codes_are_six_digits(ask_for_code, last_code):
    ask_for_code()
    assert last_code().isdigit()
    assert "分钟内有效" in SmsMessage.objects.get().text


@pytest.mark.parametrize(
    "typed",
    ["{} ", "{:.3}-{:.0}", " {}"],
    ids=["space behind", "hyphen", "space before"],
)
def test_codes_are_read_with_spaces_and_hyphens(client, ask_for_code, last_code, typed):
    ask_for_code()
    code = last_code()
    written = f"{code[:3]}-{code[3:]}" if "-" in typed else typed.format(code)
    assert confirm(client, written).status_code == 302


def test_full_width_digits_are_read(client, ask_for_code, last_code):
    ask_for_code()
    wide = last_code().translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert confirm(client, wide).status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请填手机号或邮箱"),
        ("1391111222", "手机号是 11 位数字"),
        ("23911112222", "手机号是 11 位数字"),
        ("wang@", "邮箱好像没写完整"),
        ("王秀兰", "手机号是 11 位数字"),
    ],
)
def test_what_is_neither_phone_nor_email_is_explained_and_kept(
    ask_for_code, typed, sentence
):
    page = texts(ask_for_code(typed))
    assert sentence in page
    assert f'value="{typed}"' in page or not typed
    assert not SmsMessage.objects.exists()


def test_a_wrong_code_says_what_to_do_and_keeps_the_number(
    client, ask_for_code, last_code
):
    ask_for_code()
    wrong = "000000" if last_code() != "000000" else "111111"
    page = texts(confirm(client, wrong))
    assert "验证码不对" in page
    assert "再发一次" in page
    assert "139 1111 2222" in page
    assert confirm(client, last_code()).status_code == 302


def test_five_wrong_codes_end_it_with_the_number_still_typed(
    client, ask_for_code, last_code
):
    ask_for_code(following=FAMILY)
    wrong = "000000" if last_code() != "000000" else "111111"
    for _attempt in range(4):
        assert confirm(client, wrong, next=FAMILY).status_code == 200
    response = client.post(CONFIRM, {"code": wrong, "next": FAMILY}, follow=True)
    page = texts(response)
    assert "已经作废" in page
    assert f'value="{PHONE}"' in page
    assert f'name="next" value="{FAMILY}"' in page
    assert confirm(client, last_code()).url.startswith("/accounts/login/")


def test_a_slip_of_the_finger_is_no_guess(client, ask_for_code, last_code):
    ask_for_code()
    for _attempt in range(6):
        assert "6 位数字" in texts(confirm(client, "12345"))
    assert confirm(client, last_code()).status_code == 302


def test_an_old_code_is_refused_with_a_way_on(client, ask_for_code, last_code):
    ask_for_code(following=FAMILY)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)
    with time_machine.travel(later):
        data = {"code": last_code(), "next": FAMILY}
        page = texts(client.post(CONFIRM, data, follow=True))
    assert "验证码过期了" in page
    assert f'value="{PHONE}"' in page
    assert f'name="next" value="{FAMILY}"' in page


@pytest.mark.parametrize(("seconds", "alive"), [(0, True), (599, True), (601, False)])
def test_a_code_lives_ten_minutes(client, ask_for_code, last_code, seconds, alive):
    began = dt.datetime(2026, 11, 25, 1, 0, tzinfo=dt.UTC)
    with time_machine.travel(began, tick=False):
        ask_for_code()
    with time_machine.travel(began + dt.timedelta(seconds=seconds), tick=False):
        url = confirm(client, last_code()).url
    assert (not url.startswith("/accounts/login/")) is alive


def test_the_page_of_the_code_without_a_session_leads_to_the_start(client):
    response = client.post(CONFIRM, {"code": "123456", "next": FAMILY})
    assert response.url == "/accounts/login/?next=%2Fmy%2Ffamily%2F"


def test_next_is_carried_from_the_first_page_to_the_last(
    client, ask_for_code, last_code
):
    start = client.get(FAMILY)
    assert start.url == "/accounts/login/?next=/my/family/"
    assert f'name="next" value="{FAMILY}"' in texts(client.get(start.url))
    page = ask_for_code(following=FAMILY)
    assert f'name="next" value="{FAMILY}"' in texts(page)
    wrong = "000000" if last_code() != "000000" else "111111"
    page = confirm(client, wrong, next=FAMILY)
    assert f'name="next" value="{FAMILY}"' in texts(page)
    assert confirm(client, last_code(), next=FAMILY).url == FAMILY


def test_next_never_leads_to_another_site(client, ask_for_code, last_code):
    ask_for_code(following="https://evil.example/")
    response = confirm(client, last_code(), next="https://evil.example/")
    assert "evil" not in response.url


def test_going_back_to_correct_the_number_is_possible(client, ask_for_code, last_code):
    ask_for_code("13911113333")
    assert 'value="13911113333"' in texts(client.get("/accounts/login/"))
    ask_for_code(PHONE)
    confirm(client, last_code())
    assert User.objects.get().phone_hash == keyed_hash(PHONE)


def test_somebody_signed_in_is_led_on(client, sign_in):
    sign_in()
    assert client.get(f"/accounts/login/?next={FAMILY}").url == FAMILY
    assert client.get(f"{CONFIRM}?next={FAMILY}").url == FAMILY


def test_a_disabled_account_is_told_so_and_no_second_one_made(
    client, ask_for_code, last_code
):
    UserFactory(phone=PHONE, is_active=False)
    ask_for_code(PHONE)
    response = client.post(CONFIRM, {"code": last_code()}, follow=True)
    assert "停用" in texts(response)
    assert User.objects.count() == 1
    assert client.get(FAMILY).status_code == 302


def test_there_is_no_form_for_signing_up(client):
    response = client.get("/accounts/signup/?next=/my/")
    assert response.url == "/accounts/login/?next=/my/"


def test_signing_out_is_a_post(client, sign_in):
    sign_in()
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(FAMILY).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(FAMILY).status_code == 302


@pytest.mark.parametrize(
    "attribute", ['inputmode="numeric"', 'autocomplete="one-time-code"']
)
def test_phones_offer_to_fill_the_code_in(ask_for_code, attribute):
    assert attribute in texts(ask_for_code())


def test_the_pages_are_never_stored(client, ask_for_code):
    for response in (client.get("/accounts/login/"), ask_for_code()):
        assert "no-store" in response.headers["Cache-Control"]


def test_the_english_pages_work_too(client, last_code):
    client.post("/en/accounts/login/", {"login": PHONE})
    response = client.post("/en/accounts/login/code/confirm/", {"code": last_code()})
    assert response.url.startswith("/en/my/")
