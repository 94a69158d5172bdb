"""The screen on which a member of the alliance gets its token."""

import re

import pytest
from django.urls import reverse

from courses_catalog.models import AllianceMember
from tests.factories import UserFactory, small_network

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"：([\w-]{43})")


@pytest.fixture
def admin(client):
    small_network()
    client.force_login(UserFactory(is_superuser=True))
    return client


def posted(client, address: str, **values) -> str:
    """The words of the screen that comes after saving."""
    values = {"name": "江西社区教育网", "is_active": "on"} | values
    return client.post(address, values, follow=True).content.decode()


def test_the_token_is_shown_once_and_not_kept(admin):
    add = reverse("alliance_members:add")
    [token] = TOKEN.findall(posted(admin, add, with_token="on"))
    member = AllianceMember.objects.known_by(token).get()
    assert token not in str(vars(member))
    edit = reverse("alliance_members:edit", args=[member.pk])
    assert token not in admin.get(edit).content.decode()
    assert not TOKEN.findall(posted(admin, edit))
    assert AllianceMember.objects.known_by(token).exists()
    [renewed] = TOKEN.findall(posted(admin, edit, with_token="on"))
    assert not AllianceMember.objects.known_by(token).exists()
    assert AllianceMember.objects.known_by(renewed).exists()


def test_a_member_without_a_token_is_known_by_none(admin):
    posted(admin, reverse("alliance_members:add"))
    assert AllianceMember.objects.get().token_digest == ""
    assert not AllianceMember.objects.known_by("").exists()
