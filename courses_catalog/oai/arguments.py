"""The arguments of a request, read as the protocol says: unknown, repeated and
missing ones are errors."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from courses_catalog.oai.errors import ProtocolError

_SELECTIVE = {"from", "until", "set", "metadataPrefix"}
# What each verb needs, and what it takes besides.
VERBS = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), set()),
    "ListIdentifiers": ({"metadataPrefix"}, _SELECTIVE),
    "ListRecords": ({"metadataPrefix"}, _SELECTIVE),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
}
LISTS = ("ListSets", "ListIdentifiers", "ListRecords")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def read(query) -> dict[str, str]:
    """`query` is a QueryDict; the answer holds the verb too."""
    verbs = query.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise ProtocolError("badVerb", "The verb is missing, repeated or unknown.")
    repeated = [name for name in query if len(query.getlist(name)) > 1]
    if repeated:
        raise ProtocolError("badArgument", "An argument is repeated.")
    given = set(query) - {"verb"}
    if "resumptionToken" in given and verbs[0] in LISTS:
        if given != {"resumptionToken"}:
            raise ProtocolError(
                "badArgument", "A resumptionToken comes with no other argument."
            )
        return query.dict()
    needed, optional = VERBS[verbs[0]]
    if needed - given or given - needed - optional:
        raise ProtocolError("badArgument", "An argument is missing or unknown.")
    return query.dict()


@dataclass(frozen=True)
class Window:
    """From `start` on and before `end`; None where it is open."""

    start: datetime | None = None
    end: datetime | None = None


def window(start: str | None, until: str | None) -> Window:
    """Both bounds are included, a day as a whole."""
    if start and until:
        if len(start) != len(until):
            raise ProtocolError("badArgument", "from and until differ in granularity.")
        if start > until:
            raise ProtocolError("badArgument", "from is later than until.")
    return Window(_moment(start), _after(until))


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    if not (_DAY.fullmatch(text) or _SECOND.fullmatch(text)):
        raise ProtocolError("badArgument", "Dates are YYYY-MM-DD[Thh:mm:ssZ].")
    try:
        return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError as error:
        raise ProtocolError("badArgument", "There is no such date.") from error


def _after(text: str | None) -> datetime | None:
    moment = _moment(text)
    if moment is None:
        return None
    step = timedelta(days=1) if _DAY.fullmatch(text) else timedelta(seconds=1)
    try:
        return moment + step
    except OverflowError:
        return None
