"""What the database holds of people: ciphertext and keyed hashes."""

import pytest
from cryptography.fernet import InvalidToken
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from learners.encryption import keyed_hash
from learners.models import Learner, SmsMessage, User
from tests.factories import LearnerFactory, UserFactory
from tests.learners.conftest import PHONE

pytestmark = pytest.mark.django_db


def stored(model, field: str, pk: int) -> str:
    sql = f"SELECT {field} FROM {model._meta.db_table} WHERE id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [pk])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("factory", [UserFactory, LearnerFactory])
def test_phones_are_stored_as_ciphertext_and_read_back(factory):
    row = factory(phone=PHONE)
    assert PHONE not in stored(type(row), "phone", row.pk)
    assert type(row).objects.get(pk=row.pk).phone == PHONE


def test_the_same_phone_twice_is_two_ciphertexts_and_one_hash():
    one, two = LearnerFactory(phone=PHONE), LearnerFactory(phone=PHONE)
    assert stored(Learner, "phone", one.pk) != stored(Learner, "phone", two.pk)
    assert one.phone_hash == two.phone_hash == keyed_hash(PHONE)


def test_accounts_are_found_by_the_hash_and_never_by_the_phone():
    user = UserFactory(phone=PHONE)
    assert User.objects.get(phone_hash=keyed_hash(PHONE)) == user
    assert not User.objects.filter(phone=PHONE).exists()


def test_the_hash_depends_on_its_key(settings):
    before = keyed_hash(PHONE)
    settings.FIELD_HASH_KEY = "another"
    assert keyed_hash(PHONE) != before


def test_no_phone_has_no_hash_so_that_many_accounts_may_have_none():
    assert keyed_hash("") == ""
    assert UserFactory(phone="").phone_hash is None
    assert UserFactory(phone="").phone_hash is None


def test_a_new_key_in_front_still_reads_what_the_old_one_wrote(settings):
    user = UserFactory(phone=PHONE)
    settings.FIELD_ENCRYPTION_KEYS = ["new", *settings.FIELD_ENCRYPTION_KEYS]
    user.refresh_from_db()
    assert user.phone == PHONE


def test_without_the_key_nothing_is_read(settings):
    user = UserFactory(phone=PHONE)
    settings.FIELD_ENCRYPTION_KEYS = ["new"]
    with pytest.raises(InvalidToken):
        user.refresh_from_db()


def test_after_reencrypting_the_old_key_can_go(settings):
    user, learner = UserFactory(phone=PHONE), LearnerFactory(phone=PHONE)
    message = SmsMessage.objects.create(phone=PHONE, text="验证码 123456")
    settings.FIELD_ENCRYPTION_KEYS = ["new", *settings.FIELD_ENCRYPTION_KEYS]
    call_command("reencrypt", verbosity=0)
    settings.FIELD_ENCRYPTION_KEYS = ["new"]
    for row in (user, learner, message):
        row.refresh_from_db()
        assert row.phone == PHONE
    assert message.text == "验证码 123456"
    assert user.phone_hash == keyed_hash(PHONE)


def test_sessions_hold_no_readable_phone_or_code(client, ask_for_code, last_code):
    ask_for_code()
    row = Session.objects.get()
    assert client.session["sign_in_typed"] == PHONE
    # what Django itself would show to whoever has the row and the signing key
    from django.core import signing

    class Raw:
        def loads(self, data):
            return data

    raw = signing.loads(
        row.session_data,
        salt="django.contrib.sessions.SessionStore",
        serializer=Raw,
    )
    assert PHONE.encode() not in raw
    assert last_code().encode() not in raw


def test_a_session_no_key_opens_is_an_empty_one(client, sign_in, settings):
    sign_in()
    from django.core.cache import cache

    cache.clear()
    settings.FIELD_ENCRYPTION_KEYS = ["new"]
    assert client.get(reverse("my_family")).status_code == 302


def test_the_session_keeps_no_phone_after_signing_in(client, sign_in):
    sign_in()
    assert PHONE not in str(dict(client.session))


def test_an_account_is_never_shown_by_its_phone():
    user = UserFactory(phone=PHONE, username="r-1")
    assert str(user) == "r-1"
    assert PHONE not in repr(user)
    assert PHONE not in repr(SmsMessage(phone=PHONE, text="x"))
