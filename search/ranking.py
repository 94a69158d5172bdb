"""The order of matches, the same from every engine.

First what fits better, then what one can still join, then what is fresher; the
engine's score decides among what is alike in all of that.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest

from search.analysis import stem
from search.engines.base import Query
from search.facets import Kind
from search.joining import ACTIVITY, can_join
from search.query import Plan, Stage, Words, replacement

# Where titles answer equally well: what one can go to comes before where one can go.
KINDS = {str(kind): at for at, kind in enumerate(Kind)}
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


@dataclass(slots=True)
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

    def joined_titles(self) -> str:
        """With `BETWEEN` before and after each, to be looked into."""
        return f"{BETWEEN}{self.characters.replace(' ', '')}{BETWEEN}"

    @property
    def days(self) -> list[str]:
        return self.day_list.split()

    def next_day(self, today: str) -> str:
        """The first day from the ISO day `today` on which it meets, else empty."""
        return next((day for day in self.days if day >= today), "")


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

    Thousands of rows fall into a few classes, and only those of the first classes are
    sorted. Knows again the rows it has been given before, so that sorting them anew,
    with more or fewer, costs little.
    """

    def __init__(self, query: Query, plan: Plan):
        self._query, self._plan = query, plan
        self._classes: dict[int, tuple] = {}
        self._today = query.today.isoformat()
        self._ages = [_between(query.today, days) for days in AGES]
        self._age_of: dict[str, int] = {}

    def first(self, rows: Iterable[Row], count: int) -> list[Row]:
        """The best `count` of `rows`, in order."""
        classes = defaultdict(list)
        for row in rows:
            classes[self._class_of(row)].append(row)
        found: list[Row] = []
        for key in sorted(classes):
            if len(found) >= count:
                break
            found += nsmallest(count - len(found), classes[key], key=_within_a_class)
        return found

    def _class_of(self, row: Row) -> tuple:
        known = self._classes.get(row.id)
        if known is None:
            known = self._classes[row.id] = (
                *_fit(row, self._query.words, self._plan),
                *self._now(row),
                KINDS[row.kind],
            )
        return known

    def _now(self, row: Row) -> tuple[int, int]:
        """What one can still join comes first, what is over last; and its age: an
        activity is as fresh as its next meeting is near."""
        coming = row.next_day(self._today) if row.day_list else ""
        age = self._age(coming or row.published_on)
        if can_join(row, self._query):
            return 0, age
        is_over = row.kind == ACTIVITY and not coming
        return 2 if is_over else 1, age

    def _age(self, day: str) -> int:
        """0 for what is of this month, 1 of this year, 2 for all else."""
        age = self._age_of.get(day)
        if age is None:
            within = (first <= day <= last for first, last in self._ages)
            age = self._age_of[day] = [*within, True].index(True)
        return age


def _within_a_class(row: Row) -> tuple:
    return -row.score, row.joined_titles().index(BETWEEN, 1), row.id


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
    titles = row.joined_titles()
    if run not in titles:
        return ALIGNED if is_aligned(row, words) else ELSEWHERE
    if f"{BETWEEN}{run}{BETWEEN}" in titles:
        return WHOLE
    if not is_aligned(row, words):
        return UNALIGNED
    return BEGINS if f"{BETWEEN}{run}" in titles else HOLDS


def is_aligned(row: Row, words: tuple[str, ...]) -> bool:
    """Every word is a word of the title; a query of one character always is."""
    if len(words) == 1 and len(words[0]) == 1:
        return words[0] in row.joined_titles()
    held = f" {row.title_words} "
    # a loop: a generator for each of thousands of rows is half of the work
    for word in words:
        if f" {word} " not in held and f" {stem(word)} " not in held:
            return False
    return True


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
    for row in best:
        found = replacement_in(row, words)
        if found is not None:
            said[found.typed] += 1
    return said.most_common(1)[0][0] if said else ""
