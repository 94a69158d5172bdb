"""Around every request: cache of public pages, content policy, log, version."""

import json
import logging

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory

from home.middleware import public_page_cache, request_log
from home.models import ContentVersion
from home.public_pages import public_page


@pytest.fixture(autouse=True)
def empty_cache():
    caches["pages"].clear()


@pytest.fixture
def counted():
    """A public view behind the cache; `calls` grows each time it really runs."""

    class Counted:
        calls = 0

        def ask(self, path="/p/", **headers):
            request = RequestFactory().get(path, headers=headers)
            return self.cached(request)

        def __init__(self):
            @public_page(60)
            def view(request):
                self.calls += 1
                return HttpResponse(f"第{self.calls}次")

            self.cached = public_page_cache(view)

    return Counted()


@pytest.mark.django_db
def test_a_public_page_is_made_once(counted):
    assert counted.ask().content == counted.ask().content
    assert counted.calls == 1


@pytest.mark.django_db
def test_reading_many_pages_pushes_out_no_count(counted, monkeypatch):
    """Whoever is locked out may otherwise read her way back in."""
    counts = caches["default"]
    monkeypatch.setattr(counts, "_max_entries", 3)
    counts.set("wrong-passwords", 5)
    for number in range(10):
        counted.ask(f"/p/{number}/")
    assert counted.calls == 10
    assert counts.get("wrong-passwords") == 5


@pytest.mark.django_db
def test_what_is_published_is_there_at_the_next_request(counted):
    counted.ask()
    ContentVersion.grow()
    assert counted.ask().content.decode() == "第2次"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "cookie", "times"),
    [
        ("/p/", "display=elder", 2),  # the elder version is another page
        ("/p/", "sessionid=abc", 1),  # a session is not
        ("/p/", "place=7", 1),  # the place only where it is shown
        ("/?b=1", "display=normal", 2),  # another query
    ],
)
def test_only_what_changes_the_page_makes_another_one(counted, path, cookie, times):
    counted.ask("/p/")
    counted.ask(path, cookie=cookie)
    assert counted.calls == times


@pytest.mark.django_db
def test_the_home_page_is_another_one_for_another_place(counted):
    counted.ask("/", cookie="place=7")
    counted.ask("/", cookie="place=8")
    assert counted.calls == 2


@pytest.mark.django_db
def test_a_reader_who_has_the_page_gets_304(counted):
    first = counted.ask()
    again = counted.ask(**{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, no-cache"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(HttpResponse("not public"), id="unmarked"),
        pytest.param(public_page(60)(lambda: HttpResponse(status=404))(), id="404"),
    ],
)
def test_other_answers_are_not_kept(answer):
    calls = []

    def view(request):
        calls.append(request)
        return answer

    cached = public_page_cache(view)
    cached(RequestFactory().get("/p/"))
    cached(RequestFactory().get("/p/"))
    assert len(calls) == 2


@pytest.mark.django_db
def test_an_answer_that_sets_a_cookie_is_not_kept():
    @public_page(60)
    def view(request):
        response = HttpResponse("x")
        response.set_cookie("a", "b")
        return response

    response = public_page_cache(view)(RequestFactory().get("/p/"))
    assert "ETag" not in response.headers


def test_the_log_knows_no_token_and_no_query(caplog):
    with caplog.at_level(logging.INFO, logger="request"):
        request_log(lambda request: HttpResponse())(
            RequestFactory().get("/feeds/mine/abc123.ics?q=张桂英")
        )
    (record,) = caplog.records
    line = json.dumps(record.msg, ensure_ascii=False, default=str)
    assert "/feeds/mine/…" in line
    assert "abc123" not in line and "张桂英" not in line


@pytest.mark.django_db
def test_public_pages_have_a_policy_without_inline_and_the_admin_its_own(client):
    public = client.get("/healthz")["Content-Security-Policy"]
    assert "default-src 'none'" in public and "unsafe-inline" not in public
    document = client.get("/documents/1/no-such.pdf")["Content-Security-Policy"]
    assert "unsafe-inline" not in document
    admin = client.get("/admin/login/")["Content-Security-Policy"]
    assert "'unsafe-inline'" in admin and "default-src 'self'" in admin


@pytest.mark.django_db
def test_the_elder_version_is_chosen_and_left_again(client):
    response = client.get("/version/?to=elder&next=/calendar/")
    assert response["Location"] == "/calendar/"
    assert client.cookies["display"].value == "elder"
    client.get("/version/?to=normal&next=/")
    assert client.cookies["display"].value == ""


@pytest.mark.django_db
@pytest.mark.parametrize("following", ["https://evil.example/", "//evil.example", ""])
def test_the_switch_leads_nowhere_else(client, following):
    response = client.get("/version/", {"to": "elder", "next": following})
    assert response["Location"] == "/"
