"""A feed's text: a header, the zone, and the stored fragments joined."""

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, takewhile

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, vDuration, vText

from activities.feeds.fragments import rendered
from activities.feeds.text import one_line, paragraphs
from activities.feeds.window import Window
from activities.models import Session
from home.dates import SHANGHAI

CONTENT_TYPE = "text/calendar; charset=utf-8"
MOST_SESSIONS = 2500
MOST_BYTES = 2_000_000

EVERY = dt.timedelta(hours=4)
COLOURS = {
    "civic": "steelblue",
    "skills": "darkgoldenrod",
    "science": "slateblue",
    "health": "seagreen",
    "mind": "palevioletred",
}
# China keeps one offset since 1991: the one rule every reader understands.
TIMEZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\n"
    "DTSTART:19920101T000000\r\nTZNAME:CST\r\nTZOFFSETFROM:+0800\r\n"
    "TZOFFSETTO:+0800\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
END = "END:VCALENDAR\r\n"


@dataclass(frozen=True)
class Head:
    """What a calendar program shows of the feed itself.

    `source` is the feed's own address, left out where it is a secret.
    """

    name: str
    description: str
    url: str
    source: str = ""
    colour: str = "firebrick"


def document(head: Head, sessions: QuerySet, window: Window) -> str:
    """The feed: everything of `sessions` in the window, or the days that fit.

    At most 2,500 sessions or 2 MB; beyond, first the past days are left out, then
    the last ones, whole days only, and the description says up to which day.
    """
    fragments, last = _fitting(sessions, window)
    with override(settings.LANGUAGE_CODE):
        text = _header(head, last)
    return text + TIMEZONE + "".join(fragments) + END


def alone(head: Head, fragment: str) -> str:
    """A calendar of one session, to be added by hand."""
    with override(settings.LANGUAGE_CODE):
        return _header(head, None) + TIMEZONE + fragment + END


def fragment_of(session: Session) -> str:
    """The stored VEVENT, or a fresh one where none was stored yet."""
    return _texts([session])[0]


def _fitting(sessions: QuerySet, window: Window) -> tuple[list[str], dt.date | None]:
    """The fragments, and the last day shown where not all fitted."""
    rows = window.of(sessions)
    texts = list(rows.values_list("ics", flat=True)[: MOST_SESSIONS + 1])
    if not all(texts):
        texts = _texts(list(rows[: MOST_SESSIONS + 1]))
    if _fits(texts):
        return texts, None
    return _whole_days(window.of(sessions, since=window.today))


def _texts(sessions: list[Session]) -> list[str]:
    fresh = rendered([session for session in sessions if not session.ics])
    return [session.ics or fresh[session] for session in sessions]


def _fits(texts: list[str]) -> bool:
    if len(texts) > MOST_SESSIONS:
        return False
    # three bytes a character at most, so most feeds are not measured twice
    if sum(map(len, texts)) * 3 <= MOST_BYTES:
        return True
    return sum(len(text.encode()) for text in texts) <= MOST_BYTES


def _whole_days(rows: QuerySet) -> tuple[list[str], dt.date | None]:
    sessions = list(rows[: MOST_SESSIONS + 1])
    texts = _texts(sessions)
    if _fits(texts):
        return texts, None
    days = [session.starts_at.astimezone(SHANGHAI).date() for session in sessions]
    count = _how_many_fit(texts)
    # a single day too large for a feed is shown as far as it goes
    whole = bisect_left(days, days[count]) or count
    return texts[:whole], days[whole - 1]


def _how_many_fit(texts: list[str]) -> int:
    sizes = accumulate(len(text.encode()) for text in texts[:MOST_SESSIONS])
    return sum(1 for _size in takewhile(lambda size: size <= MOST_BYTES, sizes))


def _header(head: Head, last: dt.date | None) -> str:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{settings.UID_DOMAIN}//calendar//ZH")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(one_line(head.name)))
    calendar.add("x-wr-calname", vText(one_line(head.name)))
    calendar.add("x-wr-caldesc", vText(_described(head, last)))
    calendar.add("x-wr-timezone", SHANGHAI.key)
    calendar.add("refresh-interval", vDuration(EVERY), {"VALUE": "DURATION"})
    # Xiaomi refuses the whole file when this is spelt P4H instead of PT4H
    calendar.add("x-published-ttl", vDuration(EVERY))
    calendar.add("color", head.colour)
    calendar.add("url", head.url)
    if head.source:
        calendar.add("source", head.source, {"VALUE": "URI"})
    return calendar.to_ical().decode().removesuffix(END)


def _described(head: Head, last: dt.date | None) -> str:
    if last is None:
        return paragraphs(head.description)
    until = _("活动太多，这里只列到%(year)d年%(month)d月%(day)d日。") % {
        "year": last.year,
        "month": last.month,
        "day": last.day,
    }
    return paragraphs(f"{head.description}\n{until}")
