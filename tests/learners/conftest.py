import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from learners.models import SmsMessage

PHONE = "13911112222"


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def last_code():
    """A function: the code in the newest text, or in the newest mail."""

    def read(by_email: bool = False) -> str:
        text = mail.outbox[-1].body if by_email else SmsMessage.objects.last().text
        return re.search(r"\b\d{6}\b", text)[0]

    return read


@pytest.fixture
def ask_for_code(client):
    """A function: sends the first form and returns the answer, redirects followed."""

    def ask(contact: str = PHONE, following: str = ""):
        data = {"login": contact, **({"next": following} if following else {})}
        return client.post(reverse("account_login"), data, follow=True)

    return ask


@pytest.fixture
def sign_in(client, ask_for_code, last_code):
    """A function: signs the client in by the code of a phone; returns the user."""

    def enter(contact: str = PHONE):
        ask_for_code(contact)
        code = last_code(by_email="@" in contact)
        client.post(reverse("account_confirm_login_code"), {"code": code})
        return client.get(reverse("my_account")).wsgi_request.user

    return enter
