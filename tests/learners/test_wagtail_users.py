"""Administrators make and change accounts of staff in the admin."""

import pytest
from django.contrib.auth.models import Group

from learners.models import User
from tests.factories import UserFactory
from tests.learners.conftest import PHONE

pytestmark = pytest.mark.django_db

NEW = {
    "username": "zhang",
    "email": "zhang@example.cn",
    "first_name": "丽",
    "last_name": "张",
    "password1": "a-long-password-of-hers",
    "password2": "a-long-password-of-hers",
}


@pytest.fixture
def administrator(client):
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def test_a_member_of_staff_is_made(client, administrator):
    group = Group.objects.first()
    response = client.post("/admin/users/new/", {**NEW, "groups": [group.pk]})
    assert response.status_code == 302
    made = User.objects.get(username="zhang")
    assert made.check_password(NEW["password1"])
    assert made.phone_hash is None
    assert list(made.groups.all()) == [group]


def test_a_weak_password_is_refused(client, administrator):
    weak = {"password1": "12345678", "password2": "12345678"}
    assert client.post("/admin/users/new/", {**NEW, **weak}).status_code == 200
    assert not User.objects.filter(username="zhang").exists()


def test_changing_an_account_leaves_its_phone(client, administrator):
    user = UserFactory(username="zhang", phone=PHONE)
    page = client.get(f"/admin/users/edit/{user.pk}/")
    assert page.status_code == 200
    assert PHONE not in page.content.decode()
    client.post(
        f"/admin/users/edit/{user.pk}/",
        {
            "username": "zhang",
            "email": "new@example.cn",
            "first_name": "丽",
            "last_name": "张",
            "is_active": "on",
        },
    )
    user.refresh_from_db()
    assert (user.email, user.phone) == ("new@example.cn", PHONE)


def test_the_list_shows_no_phone(client, administrator):
    UserFactory(username="zhang", phone=PHONE)
    page = client.get("/admin/users/").content.decode()
    assert "zhang" in page
    assert PHONE not in page


def test_somebody_made_in_the_admin_can_come_in_by_her_email(
    client, administrator, sign_in
):
    client.post("/admin/users/new/", NEW)
    client.post("/accounts/logout/")
    assert sign_in("zhang@example.cn").username == "zhang"
