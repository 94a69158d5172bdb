"""Staff: passwords with a lock-out, a second factor, and sessions that end."""

import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from learners.mfa_adapter import MFAAdapter
from learners.models import User
from tests.factories import UserFactory
from tests.learners.conftest import PHONE

pytestmark = pytest.mark.django_db

ADMIN = "/admin/"
PASSWORD = "a-long-password-of-hers"
BEGAN = dt.datetime(2026, 11, 25, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def administrator():
    user = UserFactory(
        username="li", email="li@example.cn", phone=PHONE, is_superuser=True
    )
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def with_password(client):
    """A function: sends the form of passwords and returns the answer."""

    def send(login="li", password=PASSWORD, following=ADMIN):
        data = {"login": login, "password": password, "next": following}
        return client.post(reverse("account_password_login"), data)

    return send


@pytest.fixture
def mfa(settings):
    settings.REQUIRE_STAFF_MFA = True


def totp_code(user: User, at: dt.datetime) -> str:
    data = Authenticator.objects.get(user=user, type="totp").data
    key = MFAAdapter().decrypt(data["secret"])
    return format_hotp_value(hotp_value(key, int(at.timestamp()) // 30))


@pytest.mark.parametrize("login", ["li", "li@example.cn", PHONE, "+86 139-1111 2222"])
def test_staff_sign_in_by_password_under_any_of_their_names(
    client, administrator, with_password, login
):
    assert with_password(login).url == ADMIN
    assert client.get(ADMIN).status_code == 200


def test_the_admin_asks_for_a_password_and_offers_a_code(client):
    response = client.get(ADMIN)
    assert response.url == "/accounts/login/password/?next=/admin/"
    page = client.get(response.url).content.decode()
    assert "/accounts/login/?next=%2Fadmin%2F" in page


def test_the_admins_own_sign_in_is_no_way_round(client):
    response = client.get("/admin/login/?next=/admin/pages/")
    assert response.url == "/accounts/login/password/?next=/admin/pages/"
    assert client.get("/admin/password_reset/").status_code in (302, 404)


def test_a_wrong_password_keeps_the_name_and_offers_a_code(
    administrator, with_password
):
    page = with_password(password="wrong").content.decode()
    assert "用户名或密码不对" in page
    assert 'value="li"' in page
    assert "用验证码登录" in page


def test_five_wrong_passwords_lock_that_name_for_five_minutes(
    administrator, with_password
):
    with time_machine.travel(BEGAN, tick=False) as clock:
        for _attempt in range(5):
            with_password(password="wrong")
        assert "请等五分钟" in with_password().content.decode()
        clock.shift(299)
        assert with_password().status_code == 200
        clock.shift(2)
        assert with_password().url == ADMIN


def test_the_lock_of_one_phone_is_not_that_of_all(administrator, with_password):
    other = UserFactory(phone="13911113333")
    other.set_password(PASSWORD)
    other.save()
    for _attempt in range(6):
        with_password(login=other.phone, password="wrong")
    assert with_password(login=PHONE).url == ADMIN


def test_residents_without_a_password_cannot_come_in_by_none(with_password):
    UserFactory(username="r-1", phone="13911113333", password="")
    assert with_password(login="r-1", password="").status_code == 200


def test_residents_are_turned_away_from_the_admin(client, sign_in):
    sign_in()
    # Wagtail alone would send her to the entrance, and that back: a loop
    assert client.get(ADMIN).status_code == 403


# --- The second factor ----------------------------------------------------------------


def test_without_the_setting_a_password_is_enough(client, administrator, with_password):
    with_password()
    assert client.get(ADMIN).status_code == 200


def test_whoever_has_no_second_factor_is_led_to_enrol(
    client, administrator, with_password, mfa
):
    with_password()
    assert client.get(ADMIN).url == "/accounts/2fa/totp/activate/?next=%2Fadmin%2F"


def test_enrolling_counts_as_having_shown_it(
    client, administrator, with_password, mfa, monkeypatch
):
    # inside the test's transaction nothing would ever be committed
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())
    with time_machine.travel(BEGAN, tick=False):
        with_password()
        client.post(
            f"{reverse('account_reauthenticate')}?next=/accounts/2fa/totp/activate/",
            {"password": PASSWORD},
        )
        page = client.get("/accounts/2fa/totp/activate/")
        secret = page.context["form"].secret
        assert "<svg" in page.content.decode()
        assert "data:image" not in page.content.decode()
        code = format_hotp_value(hotp_value(secret, int(BEGAN.timestamp()) // 30))
        client.post("/accounts/2fa/totp/activate/", {"code": code})
        assert client.get(ADMIN).status_code == 200


def test_the_secret_of_the_app_is_stored_encrypted(administrator):
    TOTP.activate(administrator, "JBSWY3DPEHPK3PXP")
    stored = Authenticator.objects.get(user=administrator).data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in stored


def test_an_enrolled_member_is_asked_at_the_entrance(
    client, administrator, with_password, mfa
):
    TOTP.activate(administrator, "JBSWY3DPEHPK3PXP")
    with time_machine.travel(BEGAN, tick=False):
        assert with_password().url == reverse("mfa_authenticate")
        assert client.get(ADMIN).url.startswith("/accounts/login/")
        code = totp_code(administrator, BEGAN)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).url == ADMIN
        assert client.get(ADMIN).status_code == 200


def test_the_session_must_have_shown_it_not_only_the_account_have_it(
    client, administrator, with_password, mfa
):
    with_password()
    # enrolled elsewhere meanwhile: this session has shown a password only
    TOTP.activate(administrator, "JBSWY3DPEHPK3PXP")
    assert client.get(ADMIN).url == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"


def test_a_code_to_the_phone_does_not_replace_the_second_factor(
    client, administrator, sign_in, mfa
):
    TOTP.activate(administrator, "JBSWY3DPEHPK3PXP")
    user = sign_in(PHONE)
    assert not user.is_authenticated
    assert client.get(ADMIN).url.startswith("/accounts/login/")


def test_residents_are_never_asked(client, sign_in, mfa):
    sign_in()
    assert client.get("/my/family/").status_code == 200


# --- Idle sessions --------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_a_staff_session_ends_after_half_an_hour_alone(
    client, administrator, with_password, minutes, status
):
    with time_machine.travel(BEGAN, tick=False) as clock:
        with_password()
        client.get(ADMIN)
        clock.shift(minutes * 60)
        assert client.get(ADMIN).status_code == status


def test_work_keeps_a_staff_session_open(client, administrator, with_password):
    with time_machine.travel(BEGAN, tick=False) as clock:
        with_password()
        for _half_hour in range(4):
            clock.shift(20 * 60)
            assert client.get(ADMIN).status_code == 200


def test_a_residents_session_lasts_a_month(client, sign_in):
    with time_machine.travel(BEGAN, tick=False) as clock:
        sign_in()
        clock.shift(29 * 24 * 3600)
        assert client.get("/my/family/").status_code == 200


def test_a_lost_staff_session_returns_to_the_same_page(
    client, administrator, with_password
):
    with time_machine.travel(BEGAN, tick=False) as clock:
        with_password()
        clock.shift(3600)
        response = client.get("/admin/reports/site-history/")
    assert response.url == "/accounts/login/password/?next=/admin/reports/site-history/"


@pytest.mark.parametrize(
    "path", ["/_util/login/", "/_util/authenticate_with_password/1/1/"]
)
def test_wagtail_s_own_doors_for_readers_are_shut(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"username": "a", "password": "b"}).status_code == 404


def test_a_private_document_asks_to_sign_in_like_everything_else(client):
    root = Collection.get_first_root_node()
    private = root.add_child(name="内部")
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type=CollectionViewRestriction.LOGIN
    )
    document = get_document_model().objects.create(
        title="内部通知", file=ContentFile(b"%PDF-1.7", "a.pdf"), collection=private
    )
    answer = client.get(document.url)
    assert answer.status_code == 302
    assert answer.url.startswith(f"{reverse('account_login')}?next=/documents/")
