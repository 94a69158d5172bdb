"""The key of a private feed opens a person's calendar: no line of a log holds one."""

import io
import json
import logging

import pytest
import structlog

from activities.feeds import feeds, tokens
from config.logs import without_keys
from tests.factories import LearnerFactory


@pytest.fixture
def written():
    """What the site's own handler writes from here on."""
    (handler,) = (
        each
        for each in logging.getLogger().handlers
        if isinstance(each.formatter, structlog.stdlib.ProcessorFormatter)
    )
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


@pytest.mark.django_db
def test_an_error_under_a_private_address_is_logged_without_its_key(
    client, written, monkeypatch
):
    token = tokens.make(LearnerFactory())

    def broken(_learner):
        raise ValueError(f"cannot draw /feeds/mine/{token}.ics")

    monkeypatch.setattr(feeds, "of_learner", broken)
    client.raise_request_exception = False
    assert client.get(f"/feeds/mine/{token}.ics?v=2").status_code == 500
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    (error,) = (line for line in lines if line["logger"] == "django.request")
    assert error["event"] == "Internal Server Error: /feeds/mine/…"
    assert "ValueError: cannot draw /feeds/mine/…" in error["exception"]
    assert token not in written.getvalue()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("GET /feeds/mine/abc-D_1.ics", "GET /feeds/mine/…"),
        ('"/feeds/mine/abc.ics" and on', '"/feeds/mine/…" and on'),
        ("/feeds/mine/a /feeds/mine/b", "/feeds/mine/… /feeds/mine/…"),
        ("/feeds/node/7.ics", "/feeds/node/7.ics"),
    ],
)
def test_keys_are_left_out_wherever_they_stand(text, shown):
    event = {"event": text, "path": text, "ms": 3}
    assert without_keys(None, "info", event) == {
        "event": shown,
        "path": shown,
        "ms": 3,
    }
