"""From every match to an ordered list with counts, in one pass, for SQL engines.

First fits better, then can still be joined, then the engine's score.
"""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import islice

from home.models import NetworkNodePage
from home.vocabulary import Audience
from search.documents import Kind
from search.engines.base import Query, When
from search.query import Plan, Stage, Words, replacement

STEP = NetworkNodePage.steplen
# Where titles answer equally well: what one can go to comes before where one can go.
KINDS = (Kind.ACTIVITY, Kind.COURSE, Kind.PLACE)
# What was searched instead is what most of the first hits have in common.
SAMPLE = 20


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
    return sum(word in row.text for word in words)


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
    for row in rows:
        values = _values(row, choices)
        failing = {n for n, w in wanted.items() if w and not w & set(values[n])}
        is_there = not filters.place or row.node_path.startswith(filters.place)
        if not is_there:
            failing.add("place")
        if not failing:
            passing.append(row)
        for name in wanted:
            if failing <= {name}:
                counted[name].update(values[name])
        if not failing and len(row.node_path) > len(place):
            counted["place"][row.node_path[: len(place) + STEP]] += 1
    return Counted(passing, {name: dict(found) for name, found in counted.items()})


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
def ordered(rows: list[Row], query: Query, plan: Plan) -> list[Row]:
    """Best first; the same rows always in the same order."""

    def key(row: Row):
        return (
            *_fit(row, query.words, plan),
            row.is_over(query.today),
            KINDS.index(row.kind),
            -row.score,
            len(row.titles[0]),
            row.id,
        )

    return sorted(rows, key=key)


def _fit(row: Row, words: Words, plan: Plan) -> tuple[int, bool]:
    """How well the title answers, 0 the best; and whether something else was read."""
    as_typed = _tier(row, words.run, words.words)
    if plan.stage not in (Stage.PINYIN, Stage.HOMOPHONES) or as_typed <= ALIGNED:
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
    return all(word in row.words for word in words)


def is_weak(rows: list[Row], words: Words) -> bool:
    """All found only by characters across the words of titles (图|书发|放)."""
    return all(_tier(row, words.run, words.words) == UNALIGNED for row in rows)


def reads_a_word(rows: list[Row], words: Words) -> bool:
    """Some title has, where the query sounds alike, whole words of its own."""
    found = ((row, replacement_in(row, words)) for row in rows)
    return any(said and is_aligned(row, said.words) for row, said in found)


# --- what was read instead ----------------------------------------------------------
def replacement_in(row: Row, words: Words) -> Words | None:
    return replacement(words, row.characters.split(), row.pinyin.split())


def said_instead(plan: Plan, best: list[Row], words: Words) -> str:
    """What most of the first hits read where the query sounds alike; else empty."""
    if plan.stage not in (Stage.PINYIN, Stage.HOMOPHONES):
        return ""
    said = Counter()
    for row in islice(best, SAMPLE):
        found = replacement_in(row, words)
        if found is not None:
            said[found.typed] += 1
    return said.most_common(1)[0][0] if said else ""


def stage_of(plan: Plan, best: list[Row], words: Words) -> Stage:
    """Letters may be read as a word and as pinyin at once: what the first hit is."""
    is_word = plan.stage == Stage.PINYIN and best and words.run in best[0].text
    return Stage.WORDS if is_word else plan.stage
