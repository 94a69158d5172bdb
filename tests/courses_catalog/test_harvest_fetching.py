"""Foreign addresses are asked without being led astray or held up."""

import socket
import time

import pytest

from courses_catalog.fetching import Forbidden, Limits, Unreachable, fetch, is_allowed
from tests.courses_catalog.fake_repository import FakeRepository, serving


@pytest.fixture
def source(settings):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    with serving(FakeRepository()) as repository:
        yield repository


def says(source, *answers) -> None:
    source.answers = list(answers)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "javascript:alert(1)",
        "//example.org/",
        "http:///nothing",
        "http://user:pass@example.org/",
        "http://[::1/",
        "http://example.org:99999/",
        "http://" + "a" * 64 + ".example/",
    ],
)
def test_only_addresses_of_the_web_are_asked(url):
    with pytest.raises(Forbidden):
        fetch(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "[fe80::1]",
        "[fc00::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "224.0.0.1",
        "255.255.255.255",
    ],
)
def test_our_own_network_is_not_asked(host, settings):
    settings.FETCH_PRIVATE_HOSTS = []
    with pytest.raises(Unreachable):
        fetch(f"http://{host}/", limits=Limits(seconds=3, patience=1))


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111"])
def test_the_public_internet_may_be_asked(address):
    assert is_allowed(address)


def test_a_name_is_looked_up_once(source, settings, monkeypatch):
    """A second look-up might answer with another address than the one looked at."""
    settings.FETCH_PRIVATE_HOSTS = ["edu.example"]
    port = int(source.url.split(":")[2].split("/")[0])
    asked = []

    def look_up(host, port, **kind):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    says(source, (200, {}, b"good"))
    assert fetch(f"http://edu.example:{port}/x").body == b"good"
    assert asked == ["edu.example"]
    assert source.headers[0]["Host"] == f"edu.example:{port}"


def test_one_private_address_among_several_is_enough_to_refuse(monkeypatch):
    def look_up(host, port, **kind):
        family = socket.AF_INET
        addresses = ["93.184.216.34", "10.0.0.1"]
        return [(family, socket.SOCK_STREAM, 0, "", (each, port)) for each in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(Forbidden):
        fetch("http://edu.example/")


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "http://localhost:1/", "ftp://x/", "//[::1]/"]
)
def test_a_redirect_leads_nowhere_else(source, target):
    says(source, (302, {"Location": target}, b""))
    with pytest.raises(Forbidden):
        fetch(source.url)


def test_redirects_are_followed_and_have_an_end(source):
    says(source, (301, {"Location": "/there?a=b c"}, b""), (200, {}, b"good"))
    answer = fetch(source.url)
    assert (answer.body, answer.url.endswith("/there?a=b c")) == (b"good", True)
    says(source, *[(302, {"Location": "/again"}, b"")] * 9)
    with pytest.raises(Unreachable, match="redirects"):
        fetch(source.url)


def test_a_token_is_told_to_the_host_it_is_for(source, settings):
    with serving(FakeRepository()) as other:
        other.answers = [(200, {}, b"good")]
        says(source, (302, {"Location": "/again"}, b""))
        source.answers.append((302, {"Location": other.url}, b""))
        fetch(source.url, headers={"Authorization": "Bearer secret"})
        assert [each.get("Authorization") for each in source.headers] == [
            "Bearer secret"
        ] * 2
        assert "Authorization" not in other.headers[0]


def test_what_is_too_long_is_refused_or_cut(source):
    says(source, (200, {}, b"x" * 5000), (200, {}, b"x" * 5000))
    with pytest.raises(Unreachable, match="longer"):
        fetch(source.url, limits=Limits(bytes=1000))
    short = fetch(source.url, limits=Limits(bytes=1000), cut_short=True)
    assert short.status == 200


@pytest.mark.parametrize(
    ("headers", "body"),
    [({"Content-Encoding": "gzip"}, b"x"), ({"Content-Length": "99"}, b"short")],
)
def test_what_is_packed_or_cut_off_is_no_answer(source, headers, body):
    says(source, (200, headers, body))
    if "Content-Length" in headers:
        source.special = _hang_up_early
    with pytest.raises(Unreachable):
        fetch(source.url, limits=Limits(patience=2))


def _hang_up_early(handler) -> bool:
    handler.send_response(200)
    handler.send_header("Content-Length", "99")
    handler.end_headers()
    handler.wfile.write(b"short")
    handler.close_connection = True
    return True


DRIPS = 100


def drip(handler) -> bool:
    """A byte of a header every tenth of a second, for as long as somebody listens."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    try:
        for handler.server.dripped in range(DRIPS):
            time.sleep(0.1)
            handler.wfile.write(b"x")
            handler.wfile.flush()
    except OSError:
        pass
    handler.close_connection = True
    return True


def drip_body(handler) -> bool:
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    return drip(handler)


@pytest.mark.parametrize("how", [drip, drip_body])
def test_an_answer_that_drips_has_an_end(source, how):
    dripped = []
    source.special = lambda handler: dripped.append(handler.server) or how(handler)
    with pytest.raises(Unreachable, match="too long"):
        fetch(source.url, limits=Limits(seconds=0.6, patience=5))
    # given up while the source was still at it
    assert dripped[0].dripped < DRIPS - 1


def test_a_silence_has_an_end(source):
    source.special = lambda handler: time.sleep(1) or True
    with pytest.raises(Unreachable):
        fetch(source.url, limits=Limits(seconds=5, patience=0.3))


def test_nobody_there_is_said(settings):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    with pytest.raises(Unreachable):
        fetch("http://127.0.0.1:9/")
    with pytest.raises(Unreachable, match="not known"):
        fetch("http://nobody.invalid/")
