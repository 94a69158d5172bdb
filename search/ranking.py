"""From every match to an ordered list with counts, in one pass, for SQL engines.

First fits better, then can still be joined, then the engine's score.
"""

import calendar
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

# without the lock that functools.cached_property takes for every row
from django.utils.functional import cached_property

from home.models import NetworkNodePage
from home.vocabulary import Audience
from search.analysis import stem
from search.documents import Kind
from search.engines.base import Query, When
from search.query import Plan, Stage, Words, replacement

STEP = NetworkNodePage.steplen
# Where titles answer equally well: what one can go to comes before where one can go.
KINDS = tuple(Kind)
# What was searched instead is what most of the first hits have in common.
SAMPLE = 20
# The stages in which a title may be found by what it sounds like.
SOUNDS = (Stage.PINYIN, Stage.HOMOPHONES)
UNREAD = object()
# No token is this: between a title and its translations nothing is read across.
BETWEEN = "/"


def spelt(titles: Iterable[list[str]]) -> str:
    """The tokens of several titles as `Row.characters` and `Row.pinyin` hold them."""
    return f" {BETWEEN} ".join(map(" ".join, titles))


@dataclass
class Row:
    """One match, with what counting and ordering need of it."""

    score: float
    id: int
    kind: str
    theme: str
    audience_mask: int
    node_path: str
    day_list: str
    characters: str
    title_words: str
    pinyin: str = ""
    text: str = ""
    # what a hit shows, where it was read with the match
    shown: tuple = ()
    # what the query sounds like in the title, see `replacement_in`
    replacement: object = UNREAD

    @cached_property
    def titles(self) -> list[str]:
        """In the reader's language first, then in the others."""
        return self.characters.replace(" ", "").split(BETWEEN)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.title_words.split())

    @cached_property
    def days(self) -> list[str]:
        return self.day_list.split()

    def is_over(self, today: dt.date) -> bool:
        """An activity without a meeting to come."""
        if self.kind != Kind.ACTIVITY:
            return False
        return not self.days or self.days[-1] < today.isoformat()


@dataclass
class Counted:
    """The rows that pass every filter, and the counts of each facet's values."""

    rows: list[Row] = field(default_factory=list)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


def kept(plan: Plan, rows: list[Row]) -> list[Row]:
    """What the match alone cannot say: enough of the words, quotes to the letter."""
    if plan.quoted:
        rows = [row for row in rows if all(run in row.text for run in plan.quoted)]
    if plan.words:
        rows = [row for row in rows if _held(row, plan.words) >= plan.at_least]
    return rows


def _held(row: Row, words: Iterable[str]) -> int:
    return sum(stem(word) in row.text for word in words)


# --- facets -------------------------------------------------------------------------
def spans(today: dt.date) -> dict[str, tuple[str, str]]:
    """First and last ISO day of each choice of the facet when; weeks end on Sunday."""
    sunday = today + dt.timedelta(days=6 - today.weekday())
    last = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    following = last + dt.timedelta(days=1)
    return {
        When.TODAY: (today.isoformat(), today.isoformat()),
        When.WEEK: (today.isoformat(), sunday.isoformat()),
        When.MONTH: (today.isoformat(), last.isoformat()),
        When.LATER: (following.isoformat(), "9999"),
    }


def count(rows: list[Row], query: Query) -> Counted:
    """Filters `rows`; each facet is counted with all filters but its own applied."""
    filters = query.filters
    place = filters.place or query.top
    wanted = {
        "kind": set(filters.kinds),
        "theme": set(filters.themes),
        "audience": set(filters.audiences),
        "when": {filters.when} if filters.when else set(),
    }
    choices = spans(query.today)
    counted = {name: Counter() for name in (*wanted, "place")}
    passing = []
    for alike, is_there in _by_traits(rows, filters.place):
        values = _values(alike[0], choices)
        failing = {n for n, w in wanted.items() if w and not w & set(values[n])}
        if not is_there:
            failing.add("place")
        if not failing:
            passing += alike
        for name in wanted:
            if failing <= {name}:
                counted[name].update(dict.fromkeys(values[name], len(alike)))
    counted["place"] = Counter(
        row.node_path[: len(place) + STEP]
        for row in passing
        if len(row.node_path) > len(place)
    )
    return Counted(passing, {name: dict(found) for name, found in counted.items()})


def _by_traits(rows: list[Row], place: str) -> Iterator[tuple[list[Row], bool]]:
    """Rows no facet tells apart, together; and whether they are at or below `place`.

    Thousands of rows have a few dozen combinations of traits.
    """
    groups = defaultdict(list)
    for row in rows:
        is_there = row.node_path.startswith(place)
        traits = row.kind, row.theme, row.audience_mask, row.day_list, is_there
        groups[traits].append(row)
    for traits, alike in groups.items():
        yield alike, traits[-1]


def _values(row: Row, choices) -> dict[str, list[str]]:
    return {
        "kind": [row.kind],
        "theme": [row.theme] if row.theme else [],
        "audience": audiences_of(row.audience_mask),
        "when": [
            when
            for when, (first, last) in (choices.items() if row.day_list else ())
            if any(first <= day <= last for day in row.days)
        ],
    }


@cache
def audiences_of(mask: int) -> list[str]:
    return [audience.value for audience in Audience if mask & audience.bit]


# --- order --------------------------------------------------------------------------
class Order:
    """Best first; the same rows always in the same order.

    Knows again the rows it has been given before, so that sorting them anew, with
    more or fewer, costs little.
    """

    def __init__(self, query: Query, plan: Plan):
        self._query, self._plan = query, plan
        self._keys: dict[int, tuple] = {}

    def of(self, rows: list[Row]) -> list[Row]:
        return sorted(rows, key=self._key)

    def _key(self, row: Row) -> tuple:
        if row.id not in self._keys:
            self._keys[row.id] = (
                *_fit(row, self._query.words, self._plan),
                row.is_over(self._query.today),
                KINDS.index(row.kind),
                -row.score,
                len(row.titles[0]),
                row.id,
            )
        return self._keys[row.id]


def _fit(row: Row, words: Words, plan: Plan) -> tuple[int, bool]:
    """How well the title answers, 0 the best; and whether something else was read."""
    as_typed = _tier(row, words.run, words.words)
    if plan.stage not in SOUNDS or as_typed <= ALIGNED:
        return as_typed, False
    said = replacement_in(row, words)
    if said is None:
        return as_typed, False
    return min(_tier(row, said.run, said.words), UNALIGNED), True


WHOLE, BEGINS, HOLDS, ALIGNED, ELSEWHERE, UNALIGNED = range(6)


def _tier(row: Row, run: str, words: tuple[str, ...]) -> int:
    """UNALIGNED: the characters stand in the title, but across its words."""
    if run in row.titles:
        return WHOLE
    holds = any(run in title for title in row.titles)
    if not is_aligned(row, words):
        return UNALIGNED if holds else ELSEWHERE
    if any(title.startswith(run) for title in row.titles):
        return BEGINS
    return HOLDS if holds else ALIGNED


def is_aligned(row: Row, words: Iterable[str]) -> bool:
    """Every word is a word of the title; a query of one character always is."""
    words = tuple(words)
    if len(words) == 1 and len(words[0]) == 1:
        return any(words[0] in title for title in row.titles)
    return all(word in row.words or stem(word) in row.words for word in words)


def is_weak(rows: list[Row], words: Words) -> bool:
    """All found only by characters across the words of titles (图|书发|放)."""
    return all(_tier(row, words.run, words.words) == UNALIGNED for row in rows)


def reads_a_word(rows: list[Row], words: Words) -> bool:
    """Some title has, where the query sounds alike, whole words of its own."""
    found = ((row, replacement_in(row, words)) for row in rows)
    return any(said and is_aligned(row, said.words) for row, said in found)


# --- what was read instead ----------------------------------------------------------
def replacement_in(row: Row, words: Words) -> Words | None:
    """Looked for once in each row: a row is read for one query."""
    if row.replacement is UNREAD:
        row.replacement = replacement(words, row.characters, row.pinyin)
    return row.replacement


def said_instead(best: list[Row], words: Words) -> str:
    """What most of the first hits read where the query sounds alike; else empty."""
    said = Counter()
    for row in islice(best, SAMPLE):
        found = replacement_in(row, words)
        if found is not None:
            said[found.typed] += 1
    return said.most_common(1)[0][0] if said else ""
