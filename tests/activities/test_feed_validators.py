"""304 Not Modified: as often as it is true, and never when it is not."""

import datetime as dt
import gzip

import pytest
from django.utils.http import http_date, parse_http_date

from activities.feeds import versions
from activities.models import FeedVersion
from tests.activities.feed_rows import (
    NOW,
    activity_at,
    at,
    session_of,
    summaries_of,
)
from tests.factories import small_network

pytestmark = pytest.mark.django_db
FEED = "/feeds/city.ics"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def activity(net):
    activity = activity_at(net.village)
    session_of(activity, at(8))
    versions.grow_for_activity(activity)
    return activity


def conditions(first) -> dict[str, dict]:
    """How the reader may ask who has `first`; each must be answered by 304."""
    tag, date = first["ETag"], first["Last-Modified"]
    bare = tag.strip('"')
    return {
        "strong": {"If-None-Match": tag},
        "weak": {"If-None-Match": f"W/{tag}"},
        "compressed by a proxy": {"If-None-Match": f'"{bare}-gzip"'},
        "compressed, weak": {"If-None-Match": f'W/"{bare}-gzip"'},
        "compressed, other style": {"If-None-Match": f'"{bare};gzip"'},
        "one of many": {"If-None-Match": f'"old", {tag}'},
        "anything": {"If-None-Match": "*"},
        "date": {"If-Modified-Since": date},
        "tag before date": {
            "If-None-Match": tag,
            "If-Modified-Since": http_date(0),
        },
    }


KINDS = list(conditions({"ETag": '""', "Last-Modified": ""}))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["get", "head"])
def test_who_has_it_is_told_so(client, activity, kind, method):
    headers = conditions(client.get(FEED))[kind]
    answer = getattr(client, method)(FEED, headers=headers)
    assert answer.status_code == 304
    assert answer.content == b""
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert answer[name]


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "anything"])
def test_who_has_the_old_one_gets_the_new_one(client, activity, kind):
    headers = conditions(client.get(FEED))[kind]
    session_of(activity, at(15))
    versions.grow_for_activity(activity)
    answer = client.get(FEED, headers=headers)
    assert answer.status_code == 200
    assert len(summaries_of(answer)) == 2


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "anything"])
def test_a_304_is_not_given_when_the_window_has_moved(client, activity, clock, kind):
    """Nobody published anything; a day came into the window."""
    far = dt.datetime(2026, 12, 1, 9, 0, tzinfo=NOW.tzinfo) + dt.timedelta(days=181)
    session_of(activity, far)
    versions.grow_for_activity(activity)
    first = client.get(FEED)
    assert len(summaries_of(first)) == 1
    clock.move_to(at(2, 0), tick=False)
    answer = client.get(FEED, headers=conditions(first)[kind])
    assert answer.status_code == 200
    assert len(summaries_of(answer)) == 2


def test_a_feed_nobody_changed_yet_has_validators_too(client, net):
    first = client.get(FEED)
    assert client.get(FEED, headers=conditions(first)["date"]).status_code == 304
    assert client.get(FEED, headers=conditions(first)["strong"]).status_code == 304


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": "nonsense"},
        {"If-None-Match": '"'},
        {"If-None-Match": '"other"', "If-Modified-Since": http_date(4_000_000_000)},
        {"If-Modified-Since": "yesterday"},
        {"If-Modified-Since": http_date(4_000_000_000)},
        {"If-Modified-Since": http_date(0)},
    ],
)
def test_what_is_not_understood_gets_the_feed(client, activity, headers):
    assert client.get(FEED, headers=headers).status_code == 200


def test_one_removed_and_one_added_is_a_change(client, activity):
    """The count is the same and nothing is younger than before."""
    first = client.get(FEED)
    activity.sessions.all().delete()
    session_of(activity, at(8))
    versions.grow_for_activity(activity)
    for kind in ("strong", "date"):
        answer = client.get(FEED, headers=conditions(first)[kind])
        assert answer.status_code == 200


def test_two_changes_in_one_second_have_two_dates(client, activity):
    first = client.get(FEED)
    versions.grow_for_activity(activity)
    second = client.get(FEED)
    assert second["ETag"] != first["ETag"]
    assert parse_http_date(second["Last-Modified"]) > parse_http_date(
        first["Last-Modified"]
    )


def test_a_change_in_the_second_of_midnight_has_a_date_of_its_own(
    client, activity, clock
):
    clock.move_to(at(2, 0), tick=False)
    first = client.get(FEED)
    versions.grow_for_activity(activity)
    answer = client.get(FEED, headers=conditions(first)["date"])
    assert answer.status_code == 200


def test_a_clock_set_back_does_not_set_versions_back(activity, clock):
    before = {row.scope: row for row in FeedVersion.objects.all()}
    clock.move_to(NOW - dt.timedelta(days=40), tick=False)
    versions.grow_for_activity(activity)
    for row in FeedVersion.objects.all():
        assert row.number > before[row.scope].number
        assert row.modified_at > before[row.scope].modified_at


def test_a_new_address_of_the_site_is_a_change(client, activity, settings):
    headers = conditions(client.get(FEED))["strong"]
    settings.BASE_URL = "https://elsewhere.example"
    assert client.get(FEED, headers=headers).status_code == 200


def test_compression_has_a_tag_of_its_own_and_repeats_its_bytes(client, activity):
    plain = client.get(FEED)
    packed = client.get(FEED, headers={"Accept-Encoding": "br, gzip"})
    again = client.get(FEED, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.content == again.content
    assert packed["ETag"] != plain["ETag"]
    assert not packed["ETag"].startswith("W/")
    assert "Accept-Encoding" in packed["Vary"]
    kept = {"If-None-Match": packed["ETag"], "Accept-Encoding": "gzip"}
    assert client.get(FEED, headers=kept).status_code == 304


@pytest.mark.parametrize("path", [FEED, "/feeds/no-such.ics"])
def test_no_answer_is_said_to_depend_on_the_readers_language(client, activity, path):
    for language in ("zh", "en"):
        answer = client.get(path, headers={"Accept-Language": language})
        assert "Accept-Language" not in answer.get("Vary", "")
        assert "Content-Language" not in answer


@pytest.mark.parametrize("accepted", ["", "br", "deflate, br"])
def test_who_takes_no_gzip_gets_none(client, activity, accepted):
    answer = client.get(FEED, headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")


def test_head_says_what_get_says(client, activity):
    get, head = client.get(FEED), client.head(FEED)
    assert head.status_code == 200 and head.content == b""
    for name in ("Content-Type", "ETag", "Last-Modified", "Content-Length"):
        assert head[name] == get[name]


def test_the_answer_is_a_calendar_for_five_minutes(client, activity):
    answer = client.get(FEED, headers={"Accept": "text/html"})
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "max-age=300"
    assert "Content-Disposition" not in answer
    assert not answer.cookies


def addresses(net, activity) -> list[str]:
    return [
        FEED,
        f"/feeds/node/{net.county.pk}.ics",
        f"/feeds/node/{net.village.pk}/civic.ics",
        "/feeds/theme/civic.ics",
        f"/feeds/activity/{activity.pk}.ics",
    ]


@pytest.mark.parametrize("number", range(5))
def test_a_304_costs_at_most_three_queries_and_a_feed_five(
    client, net, activity, number, django_assert_max_num_queries
):
    address = addresses(net, activity)[number]
    with django_assert_max_num_queries(5):
        first = client.get(address)
    with django_assert_max_num_queries(3):
        answer = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert answer.status_code == 304
