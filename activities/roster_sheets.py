"""The sheet people sign: one column a session, as many as a page is wide."""

import math
from dataclasses import dataclass

from activities.models import Run, Session

# signatures need about 2.5 cm each, and a landscape A4 is 27 cm wide
MOST_COLUMNS = 8


@dataclass(frozen=True)
class Sheet:
    """`number` of `count` sheets; the same names stand on each of them."""

    number: int
    count: int
    sessions: tuple[Session, ...]


def sessions_of(run: Run) -> list[Session]:
    """Those that take place, past ones too: a sheet may be printed again."""
    return list(
        run.sessions.scheduled().select_related("activity").order_by("starts_at", "pk")
    )


def sheets(sessions: list[Session]) -> list[Sheet]:
    """Spread evenly: twelve sessions are two sheets of six, not eight and four."""
    count = max(1, math.ceil(len(sessions) / MOST_COLUMNS))
    ends = [len(sessions) * number // count for number in range(count + 1)]
    return [
        Sheet(number + 1, count, tuple(sessions[ends[number] : ends[number + 1]]))
        for number in range(count)
    ]
