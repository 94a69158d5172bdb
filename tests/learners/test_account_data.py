"""我的账号: the phone and e-mail, the download, and the erasure."""

import datetime as dt
import json

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db.models import ProtectedError

from learners import erasure, households
from learners.models import Learner, LearnerAccess, Relation, SmsMessage, User
from tests.factories import UserFactory
from tests.learners.conftest import PHONE

pytestmark = pytest.mark.django_db

ACCOUNT = "/my/account/"
ERASE = "/my/account/erase/"


@pytest.fixture
def user(client):
    user = UserFactory(phone=PHONE, is_phone_verified=True)
    client.force_login(user)
    return user


def text(response):
    return response.content.decode()


def test_the_account_page_shows_how_one_is_reached_and_the_ways_out(client, user):
    page = text(client.get(ACCOUNT))
    for expected in ("139 1111 2222", "退出登录", "下载我的全部信息", "注销账号"):
        assert expected in page
    assert user.username not in page


def test_the_account_page_costs_few_queries(
    client, user, django_assert_max_num_queries
):
    client.get(ACCOUNT)
    # one of them reads the session, which lives in the database without Redis
    with django_assert_max_num_queries(9):
        client.get(ACCOUNT)


def test_a_new_phone_is_proved_by_a_code_before_it_counts(client, user, last_code):
    client.post("/accounts/phone/change/", {"phone": "139 3333 4444"})
    user.refresh_from_db()
    assert user.phone == PHONE
    page = client.get("/accounts/phone/verify/")
    assert "发到了" in text(page)
    client.post("/accounts/phone/verify/", {"code": last_code()})
    user.refresh_from_db()
    assert (user.phone, user.is_phone_verified) == ("13933334444", True)


def test_a_wrong_code_for_a_new_phone_changes_nothing(client, user, last_code):
    client.post("/accounts/phone/change/", {"phone": "13933334444"})
    wrong = "000000" if last_code() != "000000" else "111111"
    assert "验证码不对" in text(client.post("/accounts/phone/verify/", {"code": wrong}))
    user.refresh_from_db()
    assert user.phone == PHONE


def test_somebody_elses_phone_cannot_be_taken_and_is_not_betrayed(client, user):
    UserFactory(phone="13933334444")
    response = client.post("/accounts/phone/change/", {"phone": "13933334444"})
    assert response.url == "/accounts/phone/verify/"
    client.post("/accounts/phone/verify/", {"code": "000000"})
    user.refresh_from_db()
    assert user.phone == PHONE


def test_an_email_is_added_by_a_code(client, user, last_code):
    response = client.post(
        "/accounts/email/", {"email": "Wang@example.cn", "action_add": ""}
    )
    assert response.url == "/accounts/confirm-email/"
    assert mail.outbox[0].to == ["wang@example.cn"]
    assert not EmailAddress.objects.filter(verified=True).exists()
    client.post("/accounts/confirm-email/", {"code": last_code(by_email=True)})
    assert EmailAddress.objects.get(verified=True).email == "wang@example.cn"
    assert "wang@example.cn" in text(client.get(ACCOUNT))


def test_mails_are_in_the_readers_language_and_signed_by_the_site(client, user):
    client.post("/accounts/email/", {"email": "wang@example.cn", "action_add": ""})
    assert mail.outbox[0].subject.startswith("【社学】验证码 ")
    assert "不是您，就不用管这封信" in mail.outbox[0].body
    assert "example.com" not in mail.outbox[0].body


# --- The download ---------------------------------------------------------------------


def test_the_download_holds_everything_and_nobody_elses(client, user):
    mother = households.add(
        user, "王秀兰", Relation.PARENT, dt.date(1956, 3, 8), "13955556666"
    )
    EmailAddress.objects.create(user=user, email="wang@example.cn", verified=True)
    households.add(UserFactory(), "别人", Relation.SELF)
    response = client.get("/my/account/data/")
    held = json.loads(response.content)
    assert held["account"]["phone"] == PHONE
    assert "wang@example.cn" in json.dumps(held)
    person = held["household"][0]
    assert (person["name"], person["born_on"]) == ("王秀兰", "1956-03-08")
    assert person["phone"] == "13955556666"
    assert person["id"] == mother.pk
    assert "别人" not in text(response)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in response.headers["Content-Disposition"]


def test_the_download_holds_no_password_hash_or_token(client, user):
    body = text(client.get("/my/account/data/"))
    assert "password" not in body
    assert user.phone_hash not in body


def test_the_download_reads_every_table_that_points_at_a_person():
    tables = {
        relation.related_model._meta.label for relation in Learner._meta.related_objects
    }
    assert {"learners.LearnerAccess", "activities.Registration"} <= tables


# --- The erasure ----------------------------------------------------------------------


def test_erasing_must_be_meant(client, user):
    response = client.post(ERASE, {})
    assert "请先在方框里打勾" in text(response)
    user.refresh_from_db()
    assert user.is_active


def test_the_page_lists_whose_data_goes(client, user):
    households.add(user, "王秀兰", Relation.PARENT)
    assert "王秀兰的姓名" in text(client.get(ERASE))


def test_erasing_takes_everything_that_names_a_person(client, user):
    households.add(user, "王秀兰", Relation.PARENT, dt.date(1956, 3, 8), PHONE)
    EmailAddress.objects.create(user=user, email="wang@example.cn", verified=True)
    response = client.post(ERASE, {"sure": "1"})
    assert "账号已经注销" in text(response)
    user.refresh_from_db()
    assert (user.phone, user.phone_hash, user.email) == ("", None, "")
    assert not user.is_active
    assert not Learner.objects.exists()
    assert not EmailAddress.objects.exists()
    assert client.get(ACCOUNT).status_code == 302


def test_the_phone_may_start_again_with_a_new_account(client, user, sign_in):
    client.post(ERASE, {"sure": "1"})
    again = sign_in(PHONE)
    assert again.pk != user.pk
    assert again.is_authenticated


def test_records_of_classes_stay_without_a_name(user, monkeypatch):
    learner = households.add(
        user, "王秀兰", Relation.PARENT, dt.date(1956, 3, 8), PHONE
    )

    def protected(self):
        raise ProtectedError("registrations", set())

    monkeypatch.setattr(Learner, "delete", protected)
    erasure.erase(user)
    learner.refresh_from_db()
    assert (learner.name, learner.phone, learner.born_on) == ("", "", None)
    assert learner.phone_hash == ""
    assert not LearnerAccess.objects.exists()


def test_whom_another_account_acts_for_is_left_alone(user):
    mother = households.add(user, "王秀兰", Relation.PARENT)
    other = UserFactory()
    LearnerAccess.objects.create(user=other, learner=mother, relation=Relation.SELF)
    erasure.erase(user)
    assert [one.name for one in households.learners_of(other)] == ["王秀兰"]


def test_places_can_be_given_back_before_the_names_go(user):
    learner = households.add(user, "王秀兰", Relation.PARENT)
    heard = []

    def receiver(sender, learners, acted_by, **kwargs):
        heard.append(([one.name for one in learners], acted_by))

    erasure.people_leave.connect(receiver)
    try:
        erasure.erase(user)
    finally:
        erasure.people_leave.disconnect(receiver)
    assert heard == [([learner.name], user)]


def test_staff_are_sent_to_an_administrator(client):
    client.force_login(UserFactory(is_superuser=True))
    response = client.post(ERASE, {"sure": "1"}, follow=True)
    assert "由管理员注销" in text(response)
    assert User.objects.get().is_active


def test_erasing_leaves_no_text_in_the_inbox_longer_than_an_hour(user):
    import time_machine

    from learners import sms

    began = dt.datetime(2026, 11, 25, 1, 0, tzinfo=dt.UTC)
    with time_machine.travel(began, tick=False) as clock:
        sms.send(PHONE, "第一条")
        clock.shift(3601)
        sms.send("13955556666", "第二条")
    assert [one.text for one in SmsMessage.objects.all()] == ["第二条"]
