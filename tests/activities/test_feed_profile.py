"""What a feed says, line by line: the profile of docs/feeds.md."""

import datetime as dt

import pytest
from django.utils.translation import override
from icalendar import Calendar

from activities.feeds.text import one_line, paragraphs
from activities.states import SessionStatus
from activities.vocabulary import Delivery, Fee
from home.vocabulary import Audience, Theme
from tests.activities.feed_rows import (
    NOW,
    activity_at,
    at,
    events_of,
    session_of,
)
from tests.factories import small_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def net():
    net = small_network()
    net.village.address = "青年路 8 号"
    net.village.latitude, net.village.longitude = "29.676900", "116.001900"
    net.village.save()
    return net


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


def only_event(client, session):
    (event,) = events_of(client.get(f"/feeds/activity/{session.activity_id}.ics"))
    return event


def full_activity(net, **fields):
    return activity_at(
        net.village,
        **{
            "theme": Theme.CIVIC,
            "audiences": [Audience.OLDER_PEOPLE, Audience.FARMERS],
            "summary": "从握笔开始，带毛笔就行。",
            "venue": "二楼 203 教室",
            "directions": "坐 12 路到十里站。",
            "fee_kind": Fee.PAID,
            "fee_amount": "30.00",
            "teachers": [("teacher", {"name": "周老师", "introduction": ""})],
            **fields,
        },
    )


def test_the_header_says_what_the_profile_asks(client, net, settings):
    settings.BASE_URL = "https://shexue.example"
    response = client.get(f"/feeds/node/{net.village.pk}.ics")

    lines = Calendar.from_ical(response.content).content_lines()[:-1]
    head = [line for line in lines if line][: lines.index("BEGIN:VTIMEZONE")]
    place = "濂溪区社区大学 · 十里街道社区学校 · 濂溪社区教学点"
    assert sorted(head) == sorted(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"PRODID:-//{settings.UID_DOMAIN}//calendar//ZH",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            f"NAME:{place}",
            f"X-WR-CALNAME:{place}",
            f"X-WR-CALDESC:{place}和下面各个教学点的活动。",
            "X-WR-TIMEZONE:Asia/Shanghai",
            "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
            "X-PUBLISHED-TTL:PT4H",
            "COLOR:firebrick",
            f"URL:https://shexue.example/calendar/?place={net.village.pk}",
            f"SOURCE;VALUE=URI:https://shexue.example/feeds/node/{net.village.pk}.ics",
        ]
    )


def test_there_is_one_zone_with_one_rule(client, net):
    calendar = Calendar.from_ical(client.get("/feeds/city.ics").content)
    (zone,) = calendar.walk("VTIMEZONE")
    assert [part.name for part in zone.subcomponents] == ["STANDARD"]
    assert zone["TZID"] == "Asia/Shanghai"
    assert zone.subcomponents[0]["TZOFFSETTO"].td == dt.timedelta(hours=8)


def test_an_event_says_what_the_profile_asks(client, net, settings):
    settings.BASE_URL = "https://shexue.example"
    activity = full_activity(net)
    session = session_of(activity, at(8), note="请提早十分钟到。", sequence=3)
    event = only_event(client, session)

    assert set(event) == {
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "CREATED",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "LOCATION",
        "GEO",
        "URL",
        "DESCRIPTION",
        "CATEGORIES",
        "ORGANIZER",
        "SEQUENCE",
        "STATUS",
        "CLASS",
        "TRANSP",
    }
    written = dt.datetime(2026, 11, 20, 0, 30, tzinfo=dt.UTC)
    link = "https://shexue.example" + activity.get_url()
    assert event["UID"] == f"session-{session.pk}@{settings.UID_DOMAIN}"
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == written
    assert event["CREATED"].dt == written
    assert event["DTSTART"].dt == at(8) and event["DTSTART"].params["TZID"] == (
        "Asia/Shanghai"
    )
    assert event["DTEND"].dt == at(8) + dt.timedelta(minutes=90)
    assert event["SUMMARY"] == "书法班"
    assert event["LOCATION"] == (
        "濂溪区社区大学 · 十里街道社区学校 · 濂溪社区教学点，青年路 8 号，二楼 203 教室"
    )
    assert event["GEO"].to_ical() == "29.6769;116.0019"
    assert event["URL"] == link
    assert event["DESCRIPTION"].split("\n") == [
        "请提早十分钟到。",
        "从握笔开始，带毛笔就行。",
        "老师：周老师",
        "收费，现场交，30 元",
        "坐 12 路到十里站。",
        link,
    ]
    assert event.categories == ["公民素养", "讲座", "老年人", "新型职业农民"]
    assert event["ORGANIZER"] == f"mailto:noreply@{settings.UID_DOMAIN}"
    assert event["ORGANIZER"].params["CN"] == "濂溪社区教学点"
    assert event["SEQUENCE"] == 3
    assert event["STATUS"] == "CONFIRMED"
    assert event["CLASS"] == "PUBLIC"
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_cancelled_session_says_so_in_status_title_and_text(client, net):
    activity = full_activity(net, cancelled_reason="老师生病")
    session = session_of(activity, at(8), status=SessionStatus.CANCELLED)
    event = only_event(client, session)
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "【已取消】书法班"
    assert event["DESCRIPTION"].startswith("这一次已取消。原因：老师生病\n")


def test_a_moved_session_says_that_this_counts(client, net):
    session = session_of(full_activity(net), at(8), is_moved=True)
    assert only_event(client, session)["DESCRIPTION"].startswith("这一次改了")


def test_a_session_held_elsewhere_leads_nobody_to_the_usual_place(client, net):
    activity = full_activity(net)
    session = session_of(activity, at(8), venue="木樨社区教学点", note="请走东门。")
    event = only_event(client, session)
    assert event["LOCATION"] == "木樨社区教学点（换地方）"
    assert "GEO" not in event
    assert event["DESCRIPTION"].split("\n")[:2] == [
        "这一次在木樨社区教学点。平时在濂溪区社区大学 · 十里街道社区学校 · "
        "濂溪社区教学点，青年路 8 号，二楼 203 教室。",
        "请走东门。",
    ]
    assert "12 路" not in event["DESCRIPTION"]


def test_a_session_in_the_usual_room_is_led_there(client, net):
    session = session_of(full_activity(net), at(8), venue="二楼 203 教室")
    event = only_event(client, session)
    assert event["LOCATION"].endswith("，青年路 8 号，二楼 203 教室")
    assert "GEO" in event and "12 路" in event["DESCRIPTION"]


@pytest.mark.parametrize(
    "fields",
    [
        {"address": "江边公园北门"},
        {"delivery": Delivery.ONLINE},
    ],
)
def test_the_point_of_the_node_is_left_out_where_it_misleads(client, net, fields):
    session = session_of(full_activity(net, **fields), at(8))
    assert "GEO" not in only_event(client, session)


def test_an_online_session_gives_no_street_and_never_the_link_to_join(client, net):
    activity = full_activity(
        net, delivery=Delivery.ONLINE, join_link="https://meet.example/room"
    )
    session_of(activity, at(8))
    response = client.get("/feeds/city.ics")
    (event,) = events_of(response)
    assert event["LOCATION"].startswith("线上")
    assert "青年路" not in event["LOCATION"]
    assert b"meet.example" not in response.content


def test_a_fragment_speaks_the_language_of_the_site(client, net):
    with override("en"):
        session = session_of(full_activity(net), at(8))
    event = only_event(client, session)
    assert "老师：周老师" in event["DESCRIPTION"]
    assert "/en/" not in event["URL"]


def test_no_feed_rings_or_repeats(client, net):
    session_of(full_activity(net), at(8))
    text = client.get("/feeds/city.ics").content.decode()
    for word in ("VALARM", "RRULE", "RDATE", "EXDATE"):
        assert word not in text


def test_lines_are_folded_at_75_octets_between_characters(client, net):
    activity = full_activity(net, title="长" * 200, summary="一😀" * 60)
    session_of(activity, at(8))
    content = client.get("/feeds/city.ics").content

    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"END:VCALENDAR\r\n")
    for line in content.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line and b"\r" not in line
        line.decode()


def test_the_same_row_gives_the_same_bytes_at_any_time(client, net, time_machine):
    session = session_of(full_activity(net), at(8))
    before = session.ics
    time_machine.move_to(at(3), tick=False)
    session.ics = ""
    session.save()
    session_bytes = client.get(f"/feeds/session/{session.pk}.ics").content.decode()
    assert before in session_bytes


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("书\x00法\x07班\x1b", "书法班"),
        ("书法\r\n班", "书法 班"),
        ("书法\u2028班", "书法 班"),
        ("\ufeff书法班", "书法班"),
        (r"a\nb", "a＼nb"),
        ("👩\u200d🏫 书法", "👩\u200d🏫 书法"),
    ],
)
def test_what_breaks_readers_is_taken_out_of_text(typed, kept):
    assert one_line(typed) == kept


def test_a_text_keeps_its_paragraphs():
    assert paragraphs("一\r\n二\n\n三\r四") == "一\n二\n\n三\n四"
