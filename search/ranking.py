"""The order of matches, the same from every engine.

First what fits better, then what one can still join, then what is fresher; the
engine's score decides among what is alike in all of that.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

# without the lock that functools.cached_property takes for every row
from django.utils.functional import cached_property

from search.analysis import stem
from search.engines.base import Query
from search.facets import Kind
from search.joining import can_join
from search.query import Plan, Stage, Words, replacement

# Where titles answer equally well: what one can go to comes before where one can go.
KINDS = tuple(Kind)
# Days before or after today: what was published or meets within these is as fresh.
AGES = (30, 365)
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
    object_id: int
    kind: str
    theme: str
    audience_mask: int
    node_path: str
    day_list: str
    traits: str
    published_on: str
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

    def next_day(self, today: str) -> str:
        """The first day from the ISO day `today` on which it meets, else empty."""
        return next((day for day in self.days if day >= today), "")

    def is_over(self, today: str) -> bool:
        """An activity without a meeting to come."""
        return self.kind == Kind.ACTIVITY and not self.next_day(today)


def kept(plan: Plan, rows: list[Row]) -> list[Row]:
    """What the match alone cannot say: enough of the words, quotes to the letter."""
    if plan.quoted:
        rows = [row for row in rows if all(run in row.text for run in plan.quoted)]
    if plan.words:
        rows = [row for row in rows if _held(row, plan.words) >= plan.at_least]
    return rows


def _held(row: Row, words: Iterable[str]) -> int:
    return sum(stem(word) in row.text for word in words)


# --- order --------------------------------------------------------------------------
class Order:
    """Best first; the same rows always in the same order.

    Knows again the rows it has been given before, so that sorting them anew, with
    more or fewer, costs little.
    """

    def __init__(self, query: Query, plan: Plan):
        self._query, self._plan = query, plan
        self._keys: dict[int, tuple] = {}
        self._today = query.today.isoformat()
        self._ages = [_between(query.today, days) for days in AGES]

    def of(self, rows: list[Row]) -> list[Row]:
        return sorted(rows, key=self._key)

    def _key(self, row: Row) -> tuple:
        if row.id not in self._keys:
            self._keys[row.id] = (
                *_fit(row, self._query.words, self._plan),
                self._joining(row),
                self._age(row),
                KINDS.index(row.kind),
                -row.score,
                len(row.titles[0]),
                row.id,
            )
        return self._keys[row.id]

    def _joining(self, row: Row) -> int:
        """What is over comes last; what nobody has to join is in between."""
        if can_join(row, self._query):
            return 0
        return 2 if row.is_over(self._today) else 1

    def _age(self, row: Row) -> int:
        """0 for what is of this month, 1 of this year, 2 for all else; an activity is
        as fresh as its next meeting is near."""
        day = row.next_day(self._today) or row.published_on
        fits = (n for n, (first, last) in enumerate(self._ages) if first <= day <= last)
        return next(fits, len(AGES))


def _between(today: dt.date, days: int) -> tuple[str, str]:
    """The ISO days so far back and so far ahead."""
    far = dt.timedelta(days=days)
    return (today - far).isoformat(), (today + far).isoformat()


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
