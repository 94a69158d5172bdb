"""Which matches pass the filters, and how many have each value of each facet.

One pass in Python over the matches of any engine, so that all count alike.
"""

import calendar
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from home.models import NetworkNodePage
from home.vocabulary import Audience
from search.engines.base import Query
from search.facets import CHOICES, PLACE, Registration, When, traits_of
from search.joining import can_walk_in
from search.ranking import Row

STEP = NetworkNodePage.steplen


@dataclass
class Counted:
    """The rows that pass every filter, and the counts of each facet's values."""

    rows: list[Row] = field(default_factory=list)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


def count(rows: list[Row], query: Query) -> Counted:
    """Filters `rows`; each facet is counted with all filters but its own applied.

    Places are those right below what is chosen and those beside it, by tree path.
    """
    wanted = {
        name: set(values) for name, values in query.filters.chosen.items() if values
    }
    choices = spans(query.today)
    counted = {name: Counter() for name in CHOICES}
    passing, elsewhere = [], []
    for alike, is_open, is_there in _by_traits(rows, query):
        values = _values(alike[0], choices, query, is_open=is_open)
        failing = {n for n, w in wanted.items() if not w & set(values[n])}
        if not is_there:
            failing.add(PLACE)
        if not failing:
            passing += alike
        elif failing == {PLACE}:
            elsewhere += alike
        for name in CHOICES:
            if failing <= {name}:
                counted[name].update(dict.fromkeys(values[name], len(alike)))
    facets = {name: dict(found) for name, found in counted.items()}
    return Counted(passing, facets | {PLACE: _places(passing, elsewhere, query)})


def _by_traits(rows: list[Row], query: Query) -> Iterator[tuple[list[Row], bool, bool]]:
    """Rows no facet tells apart, together; whether one can register for them; and
    whether they are at or below a place chosen.

    Thousands of rows have a few dozen combinations of traits.
    """
    groups = defaultdict(list)
    # every path begins with nothing
    places = query.filters.places or ("",)
    for row in rows:
        is_there = row.node_path.startswith(places)
        is_open = row.object_id in query.registrable.get(row.kind, ())
        facts = row.kind, row.theme, row.audience_mask, row.day_list, row.traits
        groups[(*facts, is_open, is_there)].append(row)
    for key, alike in groups.items():
        yield alike, *key[-2:]


def _values(row: Row, choices, query: Query, *, is_open: bool) -> dict[str, list[str]]:
    traits = traits_of(row.traits)
    return {
        "kind": [row.kind],
        "registration": _registration(row, query, is_open=is_open),
        "when": [
            when
            for when, (first, last) in (choices.items() if row.day_list else ())
            if any(first <= day <= last for day in row.days)
        ],
        "theme": [row.theme] if row.theme else [],
        "audience": audiences_of(row.audience_mask),
        "format": list(traits.formats),
        "duration": [traits.duration] if traits.duration else [],
        "fee": [traits.fee] if traits.fee else [],
        "level": [traits.level] if traits.level else [],
        "language": [traits.language] if traits.language else [],
    }


def _registration(row: Row, query: Query, *, is_open: bool) -> list[str]:
    if is_open:
        return [str(Registration.OPEN)]
    return [str(Registration.WALK_IN)] if can_walk_in(row, query) else []


def _places(passing: list[Row], elsewhere: list[Row], query: Query) -> dict[str, int]:
    """Of what passes, the places below; of what fails by its place alone too, those
    beside: one of these may be chosen as well."""
    places = query.filters.places
    if not places:
        return _steps(passing, query.top)
    found = _steps([*passing, *elsewhere], places[0][:-STEP])
    return found | (_steps(passing, places[0]) if len(places) == 1 else {})


def _steps(rows: list[Row], path: str) -> dict[str, int]:
    """How many lie at or below each node right below `path`."""
    length = len(path) + STEP
    below = (row.node_path for row in rows if len(row.node_path) >= length)
    return dict(Counter(p[:length] for p in below if p.startswith(path)))


def spans(today: dt.date) -> dict[str, tuple[str, str]]:
    """First and last ISO day of each choice of the facet when; weeks end on Sunday."""
    sunday = today + dt.timedelta(days=6 - today.weekday())
    last = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    following = last + dt.timedelta(days=1)
    return {
        str(When.TODAY): (today.isoformat(), today.isoformat()),
        str(When.WEEK): (today.isoformat(), sunday.isoformat()),
        str(When.MONTH): (today.isoformat(), last.isoformat()),
        str(When.LATER): (following.isoformat(), "9999"),
    }


@cache
def audiences_of(mask: int) -> list[str]:
    return [audience.value for audience in Audience if mask & audience.bit]
