"""Feeds read back by the programs people have: icalendar, recurrence, ical.js."""

import datetime as dt
import json
import subprocess

import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from activities.feeds.text import one_line, paragraphs
from activities.feeds.vevent import vevent
from activities.states import SessionStatus
from home.network import nodes_on_the_way
from tests import npm_packages, services
from tests.activities import libical
from tests.activities.feed_rows import NOW, activity_at, at, session_of
from tests.factories import small_network

pytestmark = pytest.mark.django_db

AWKWARD = [
    "书法；班, 第1期: \"楷书\" ^ 'x'",
    "BEGIN:VEVENT",
    "👨‍👩‍👧‍👦 亲子 " * 12,
    "A" * 74 + "界" * 3,
    "ends with backslash \\",
    "tab\tand\rreturn",
    "٣ עברית ไทย",
]


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def net():
    return small_network()


def ical_js(content: bytes) -> dict:
    """What ical.js makes of a feed."""
    npm_packages.node_modules()
    command = [services.node(), str(npm_packages.FOLDER / "read_feed.mjs")]
    done = subprocess.run(command, input=content, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_recurring_ical_events_finds_each_session_on_its_day(client, net):
    activity = activity_at(net.village)
    for day in (8, 15, 22):
        session_of(activity, at(day))
    calendar = Calendar.from_ical(client.get("/feeds/city.ics").content)
    found = recurring_ical_events.of(calendar).at(dt.date(2026, 12, 15))
    assert [event["DTSTART"].dt for event in found] == [at(15)]
    everything = recurring_ical_events.of(calendar).between((2026, 12), (2027, 1))
    assert len(everything) == 3


def test_ical_js_reads_the_same_instants_titles_and_places(client, net):
    net.village.latitude, net.village.longitude = "29.676900", "116.001900"
    net.village.save()
    activity = activity_at(net.village, title="书法班；基础, 一", venue="203 教室")
    kept = session_of(activity, at(8))
    gone = session_of(activity, at(9), status=SessionStatus.CANCELLED)

    read = ical_js(client.get(f"/feeds/node/{net.village.pk}.ics").content)
    assert read["name"].endswith("濂溪社区教学点")
    assert read["every"] == "PT4H"
    first, second = read["events"]
    assert first["uid"] == kept.uid and second["uid"] == gone.uid
    assert first["title"] == "书法班；基础, 一"
    assert second["title"] == "【已取消】书法班；基础, 一"
    assert (first["status"], second["status"]) == ("CONFIRMED", "CANCELLED")
    assert first["starts"] == "2026-12-08T01:00:00.000Z"
    assert first["ends"] == "2026-12-08T02:30:00.000Z"
    assert first["place"].endswith("，203 教室")
    assert first["geo"] == [29.6769, 116.0019]
    assert first["categories"] == ["公民素养", "讲座"]
    assert first["text"].splitlines()[-1] == activity.full_url.replace(
        "http://localhost", "http://127.0.0.1:8000"
    )


def test_ical_js_and_icalendar_read_the_same_awkward_titles(client, net):
    for number, title in enumerate(AWKWARD):
        session_of(activity_at(net.village, title=title), at(8 + number))
    content = client.get("/feeds/city.ics").content
    wanted = [one_line(title) for title in AWKWARD]
    events = Calendar.from_ical(content).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == wanted
    assert [event["title"] for event in ical_js(content)["events"]] == wanted


def test_libical_reads_every_session_without_an_error(client, net):
    for number, title in enumerate(AWKWARD):
        session_of(activity_at(net.village, title=title, venue="203"), at(8 + number))
    gone = session_of(activity_at(net.village), at(20), status=SessionStatus.CANCELLED)
    content = client.get("/feeds/city.ics").content

    events, errors, is_valid = libical.read(content)
    assert errors == 0
    assert is_valid
    wanted = [one_line(title) for title in AWKWARD]
    assert [event.title for event in events] == [*wanted, "【已取消】书法班"]
    assert [event.starts for event in events] == [
        *[(2026, 12, 8 + number, 9, 0) for number in range(len(AWKWARD))],
        (2026, 12, 20, 9, 0),
    ]
    assert {event.zone for event in events} == {"Asia/Shanghai"}
    assert events[-1].uid == gone.uid
    assert events[0].place.endswith("，203")


def test_libical_counts_what_it_cannot_read(client, net):
    session_of(activity_at(net.village), at(8))
    content = client.get("/feeds/city.ics").content
    broken = content.replace(b"DTSTART;TZID=Asia/Shanghai:2026", b"DTSTART:some day")
    _events, errors, is_valid = libical.read(broken)
    assert errors or not is_valid


@pytest.fixture
def unsaved(net):
    """An activity and a session to render over and over, and their nodes."""
    activity = activity_at(net.village)
    session = session_of(activity, at(8), stored=False)
    return session, activity, nodes_on_the_way([net.village.path])


# every character a page can hold: lone surrogates cannot be stored
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=255)


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=150,
    deadline=None,
)
@given(title=anything, summary=anything, venue=anything)
def test_any_title_text_and_place_come_back_as_written(unsaved, title, summary, venue):
    session, activity, nodes = unsaved
    activity.title, activity.summary, activity.venue = title, summary, venue
    text = vevent(session, activity, nodes)

    for line in text.encode().removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    event = Event.from_ical(text)
    assert event.errors == []
    assert event["SUMMARY"] == (one_line(title) or "活动")
    assert event["LOCATION"].endswith(one_line(venue))
    assert paragraphs(summary) in event["DESCRIPTION"]
    assert event["DTSTART"].dt == at(8)
