"""A form whose page grew old: what happened is said, and the way back."""

import re

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/my/family/add/", "http://testserver/my/family/add/"),
        ("https://elsewhere.example/", reverse("account_login")),
        ("", reverse("account_login")),
    ],
)
def test_an_expired_form_sends_one_back_to_press_again(referer, back):
    client = Client(enforce_csrf_checks=True)
    refused = client.post(reverse("account_login"), headers={"referer": referer})
    page = refused.content.decode()
    assert refused.status_code == 403
    assert "这一页放得太久了" in page and "您不能看" not in page
    assert f'href="{back}"' in page


ADD = "/my/family/add/"
TYPED = {"relation": "parent", "name": "王秀兰", "phone": "139 0000 0000"}


def send(client, path=ADD, *, source="http://testserver", **data):
    return client.post(path, TYPED | data, headers={"origin": source})


def hidden_in(page: str) -> dict:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def test_what_was_typed_is_sent_again_by_one_press():
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    refused = send(client)
    page = refused.content.decode()
    assert "您填的都还在" in page
    assert refused.headers["Cache-Control"] == "private, no-store"
    assert hidden_in(page).items() >= TYPED.items()
    again = client.post(ADD, hidden_in(page), headers={"origin": "http://testserver"})
    assert (again.status_code, again.url) == (302, "/my/family/")


@pytest.mark.parametrize(
    "sent",
    [
        {"source": "https://elsewhere.example"},
        {"source": "null"},
        {"path": "/accounts/login/"},
        {"path": "/accounts/login/code/confirm/", "code": "123456"},
        {"password1": "secret"},
        {"file": ContentFile(b"x", "a.txt")},
        {"name": "王" * 20_000},
    ],
)
def test_nothing_is_sent_again_for_strangers_nor_secrets_nor_files(sent):
    refused = send(Client(enforce_csrf_checks=True), **sent)
    page = refused.content.decode()
    assert refused.status_code == 403
    assert "再发一次" not in page and "139 0000" not in page


def test_signing_out_is_confirmed_at_once(client):
    client.force_login(UserFactory())
    left = client.post(reverse("account_logout"), follow=True)
    assert left.redirect_chain == [(reverse("signed_out"), 302)]
    assert "已经退出登录" in left.content.decode()
    assert not list(get_messages(client.get(reverse("my_account")).wsgi_request))


@pytest.mark.parametrize("name", ["choose_place", "find_nodes"])
@pytest.mark.parametrize("display", ["", "elder"])
def test_every_level_can_be_chosen(client, name, display):
    net = small_network()
    if display:
        client.cookies["display"] = display
    page = client.get(reverse(name), {"under": net.township.pk}).content.decode()
    for node in (net.township, net.village):
        assert reverse("set_place", args=[node.pk]) in page


def test_a_word_nobody_is_named_after_leads_to_the_site_search(client):
    page = client.get(reverse("find_nodes"), {"q": "lianxi"}).content.decode()
    assert f"{reverse('search')}?q=lianxi&amp;kind=node" in page


def test_lost_cookies_are_said_and_what_to_do():
    client = Client(enforce_csrf_checks=True)
    page = client.post(reverse("account_login")).content.decode()
    assert "浏览器没有保存 Cookie" in page and "允许 Cookie" in page
