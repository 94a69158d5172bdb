"""As much of libical as tells how it reads a feed."""

import ctypes
from typing import NamedTuple

from tests import services

EVENT = 4  # ICAL_VEVENT_COMPONENT of its icalenums.h


PARTS = ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")


class _Time(ctypes.Structure):
    _fields_ = [*[(part, ctypes.c_int) for part in PARTS], ("zone", ctypes.c_void_p)]


class LibicalEvent(NamedTuple):
    uid: str
    title: str
    place: str
    starts: tuple[int, int, int, int, int]
    zone: str


def _library():
    found = services.libical()
    component = [ctypes.c_void_p]
    for name, takes, gives in (
        ("icalparser_parse_string", [ctypes.c_char_p], ctypes.c_void_p),
        ("icalcomponent_count_errors", component, ctypes.c_int),
        ("icalrestriction_check", component, ctypes.c_int),
        ("icalcomponent_get_uid", component, ctypes.c_char_p),
        ("icalcomponent_get_summary", component, ctypes.c_char_p),
        ("icalcomponent_get_location", component, ctypes.c_char_p),
        ("icalcomponent_get_dtstart", component, _Time),
        ("icaltimezone_get_tzid", component, ctypes.c_char_p),
        ("icalcomponent_free", component, None),
    ):
        function = getattr(found, name)
        function.argtypes, function.restype = takes, gives
    for name in (
        "icalcomponent_get_first_component",
        "icalcomponent_get_next_component",
    ):
        function = getattr(found, name)
        function.argtypes = [ctypes.c_void_p, ctypes.c_int]
        function.restype = ctypes.c_void_p
    return found


def read(content: bytes) -> tuple[list[LibicalEvent], int, bool]:
    """The events, how many lines it could not read, and whether RFC 5546 is kept."""
    library = _library()
    calendar = library.icalparser_parse_string(content)
    assert calendar, "libical reads no calendar at all"
    try:
        events = [_event(library, one) for one in _events(library, calendar)]
        errors = library.icalcomponent_count_errors(calendar)
        return events, errors, bool(library.icalrestriction_check(calendar))
    finally:
        library.icalcomponent_free(calendar)


def _events(library, calendar):
    one = library.icalcomponent_get_first_component(calendar, EVENT)
    while one:
        yield one
        one = library.icalcomponent_get_next_component(calendar, EVENT)


def _event(library, one) -> LibicalEvent:
    starts = library.icalcomponent_get_dtstart(one)
    return LibicalEvent(
        uid=library.icalcomponent_get_uid(one).decode(),
        title=library.icalcomponent_get_summary(one).decode(),
        place=library.icalcomponent_get_location(one).decode(),
        starts=(starts.year, starts.month, starts.day, starts.hour, starts.minute),
        zone=(library.icaltimezone_get_tzid(starts.zone) or b"").decode(),
    )
