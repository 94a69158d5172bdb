"""What a feed shows, what it leaves out, and how it says that there is none."""

import datetime as dt

import pytest

from activities.feeds import document, versions
from activities.models import Session
from activities.states import SessionStatus
from home.vocabulary import Theme
from tests.activities.feed_rows import (
    NOW,
    activity_at,
    at,
    events_of,
    session_of,
    summaries_of,
)
from tests.factories import small_network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def everywhere(net):
    """One session at each of three places, with titles that say where."""
    for title, node, theme in (
        ("村里", net.village, Theme.CIVIC),
        ("镇上", net.township, Theme.SKILLS),
        ("邻县", net.other_village, Theme.CIVIC),
    ):
        session_of(activity_at(node, title=title, theme=theme), at(8))
    return net


@pytest.mark.parametrize(
    ("feed", "shown"),
    [
        ("city.ics", {"村里", "镇上", "邻县"}),
        ("node/{city}.ics", {"村里", "镇上", "邻县"}),
        ("node/{county}.ics", {"村里", "镇上"}),
        ("node/{township}.ics", {"村里", "镇上"}),
        ("node/{village}.ics", {"村里"}),
        ("node/{sibling_village}.ics", set()),
        ("node/{county}/civic.ics", {"村里"}),
        ("node/{county}/skills.ics", {"镇上"}),
        ("theme/civic.ics", {"村里", "邻县"}),
        ("theme/science.ics", set()),
    ],
)
def test_a_feed_shows_its_place_with_all_below_and_its_theme(
    client, everywhere, feed, shown
):
    keys = {name: node.pk for name, node in vars(everywhere).items() if name != "home"}
    answer = client.get("/feeds/" + feed.format(**keys))
    assert answer.status_code == 200
    assert set(summaries_of(answer)) == shown


def test_an_empty_feed_is_still_a_calendar(client, net):
    answer = client.get("/feeds/city.ics")
    assert events_of(answer) == []
    assert b"BEGIN:VTIMEZONE" in answer.content


def test_a_query_string_changes_nothing(client, everywhere):
    plain, asked = client.get("/feeds/city.ics"), client.get("/feeds/city.ics?a=1")
    assert asked.content == plain.content and asked["ETag"] == plain["ETag"]


DAY = dt.timedelta(days=1)
TODAY = at(1, 0)


@pytest.mark.parametrize(
    ("starts_at", "is_shown"),
    [
        (TODAY - 14 * DAY - dt.timedelta(seconds=1), False),
        (TODAY - 14 * DAY, True),
        (TODAY + 181 * DAY - dt.timedelta(seconds=1), True),
        (TODAY + 181 * DAY, False),
    ],
)
def test_the_window_is_whole_days_from_14_back_to_180_ahead(
    client, net, starts_at, is_shown
):
    session_of(activity_at(net.village), starts_at)
    assert len(events_of(client.get("/feeds/city.ics"))) == is_shown


@pytest.mark.parametrize(
    ("moment", "is_shown"),
    [(at(8, 23), True), (at(9, 0) - dt.timedelta(seconds=1), True), (at(9, 0), False)],
)
def test_a_cancelled_session_stays_until_its_day_is_over(
    client, net, clock, moment, is_shown
):
    session_of(activity_at(net.village), at(8), status=SessionStatus.CANCELLED)
    clock.move_to(moment, tick=False)
    assert len(events_of(client.get("/feeds/city.ics"))) == is_shown


def test_hidden_sessions_vanish_from_every_feed(client, everywhere):
    Session.objects.update(is_public=False)
    session = Session.objects.first()
    for feed in ("city", "theme/civic", f"activity/{session.activity_id}"):
        assert events_of(client.get(f"/feeds/{feed}.ics")) == []
    assert client.get(f"/feeds/session/{session.pk}.ics").status_code == 404


def test_an_unpublished_activity_leaves_an_empty_feed_without_its_words(client, net):
    activity = activity_at(net.village, title="写错了的活动")
    session = session_of(activity, at(8))
    activity.unpublish()
    Session.objects.filter(pk=session.pk).update(is_public=False)
    answer = client.get(f"/feeds/activity/{activity.pk}.ics")
    assert answer.status_code == 200
    assert events_of(answer) == []
    assert "写错了" not in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "node/999999.ics",
        "node/99999999999999999999999999.ics",
        "node/1.ics",
        "node/x.ics",
        "theme/dancing.ics",
        "activity/999999.ics",
        "session/999999.ics",
        "mine/nobody.ics",
        "mine/" + "x" * 5000 + ".ics",
        "city.html",
        "",
        "city.ics/",
    ],
)
def test_what_is_not_there_is_said_in_plain_text(client, net, address):
    answer = client.get(f"/feeds/{address}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "地址" in answer.content.decode()


def test_a_draft_and_a_hidden_place_have_no_feed(client, net):
    draft = activity_at(net.village, live=False, first_published_at=None)
    net.sibling_village.unpublish()
    for feed in (f"activity/{draft.pk}", f"node/{net.sibling_village.pk}"):
        assert client.get(f"/feeds/{feed}.ics").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_a_feed_is_only_read(client, net, method):
    answer = getattr(client, method)("/feeds/city.ics")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert answer["Content-Type"].startswith("text/plain")


def test_one_session_is_a_file_with_the_uid_of_the_feeds(client, net):
    session = session_of(activity_at(net.village), at(8))
    session_of(session.activity, at(15))
    answer = client.get(f"/feeds/session/{session.pk}.ics")
    (event,) = events_of(answer)
    (same, _other) = events_of(client.get("/feeds/city.ics"))
    assert event == same
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == (f'attachment; filename="{session.pk}.ics"')


def test_a_session_without_a_stored_text_is_in_the_feed_all_the_same(client, net):
    activity = activity_at(net.village)
    stored, missing = (
        session_of(activity, at(8)),
        session_of(activity, at(15), stored=False),
    )
    found = events_of(client.get("/feeds/city.ics"))
    assert [event["UID"] for event in found] == [stored.uid, missing.uid]
    assert found[1]["SUMMARY"] == "书法班"


# --- More than a feed can hold -----------------------------------------------------


@pytest.fixture
def crowded(net):
    """Three sessions a day: five days back, today, and five days ahead."""
    activity = activity_at(net.village)
    for offset in range(-5, 6):
        for hour in (9, 14, 19):
            start = at(1, hour) + offset * DAY
            session_of(activity, start, original_date=(start + hour * 400 * DAY).date())
    return net


@pytest.mark.parametrize(
    ("most", "days", "said"),
    [
        (33, 11, None),
        (32, 6, None),
        (18, 6, None),
        (17, 5, "这里只列到2026年12月5日"),
        (15, 5, "这里只列到2026年12月5日"),
        (14, 4, "这里只列到2026年12月4日"),
        (3, 1, "这里只列到2026年12月1日"),
    ],
)
def test_too_many_sessions_shorten_the_window_by_whole_days(
    client, crowded, monkeypatch, most, days, said
):
    monkeypatch.setattr(document, "MOST_SESSIONS", most)
    answer = client.get("/feeds/city.ics")
    assert len(events_of(answer)) == days * 3
    text = answer.content.decode().replace("\r\n ", "")
    assert ("这里只列到" in text) is (said is not None)
    assert said is None or said in text


def test_a_single_day_too_large_is_shown_as_far_as_it_goes(
    client, crowded, monkeypatch
):
    monkeypatch.setattr(document, "MOST_SESSIONS", 2)
    found = events_of(client.get("/feeds/city.ics"))
    assert [event["DTSTART"].dt for event in found] == [at(1, 9), at(1, 14)]


def test_too_many_bytes_shorten_the_window_too(client, crowded, monkeypatch):
    size = len(Session.objects.first().ics.encode())
    monkeypatch.setattr(document, "MOST_BYTES", size * 7)
    answer = client.get("/feeds/city.ics")
    assert len(events_of(answer)) == 6
    assert "这里只列到2026年12月2日" in answer.content.decode().replace("\r\n ", "")


def test_a_shortened_feed_grows_again_when_there_is_room(client, crowded, monkeypatch):
    monkeypatch.setattr(document, "MOST_SESSIONS", 17)
    before = client.get("/feeds/city.ics")
    Session.objects.filter(starts_at__gt=at(4, 0)).update(is_public=False)
    versions.grow_for_activity(Session.objects.first().activity)
    after = client.get("/feeds/city.ics", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "这里只列到" not in after.content.decode()
