"""The frozen set of judged queries (judged_set/README.txt), on every engine."""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from search.engines import BY_VENDOR
from search.synonyms import synonyms
from tests.search.conftest import document, query

SET = Path(__file__).parent / "judged_set"
MRR = 0.97
FIRST_PAGE = 10
ALL = 1000
# The share of queries with a title wanted among the first ten.
SUCCESS = {"two words": 0.93, "three words": 0.98, "homophone": 0.90, "pinyin": 0.90}
FEWEST = {
    "one character": 10,
    "one word": 25,
    "two words": 30,
    "three words": 20,
    "partly remembered": 20,
    "homophone": 25,
    "pinyin": 20,
    "initials": 8,
    "traditional or full-width": 8,
    "pinyin mixed with characters": 5,
    "synonym": 8,
    "English stem": 5,
}


@dataclass(frozen=True)
class Judged:
    kind: str
    typed: str
    wanted: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    judged: Judged
    titles: list[str]

    @property
    def rank(self) -> int:
        """The place of the first title wanted, from 1; 0 where none was found."""
        wanted = self.judged.wanted
        return next((n for n, t in enumerate(self.titles, 1) if t in wanted), 0)

    def __str__(self) -> str:
        wanted = "|".join(self.judged.wanted[:3])
        found = "|".join(self.titles[:3])
        kind, typed = self.judged.kind, self.judged.typed
        return f"{kind}: {typed} at {self.rank}; wanted {wanted}; found {found}"


def rows(name: str) -> list[dict]:
    with (SET / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TITLES = rows("titles.csv")
QUERIES = [
    Judged(row["kind"], row["query"], tuple(row["titles"].split("|")))
    for row in rows("queries.csv")
]
DOCUMENTS = [
    document(number, row["title"], kind=row["kind"])
    for number, row in enumerate(TITLES)
]


def searched(engine, judged: Judged, limit: int = 20):
    return engine.search(query(judged.typed, synonyms=synonyms(), limit=limit))


def figures(answers: Iterable[Answer]) -> tuple[int, float, int, float]:
    """How many; mean reciprocal rank; without a hit; share within the first ten."""
    answers = list(answers)
    count = len(answers)
    reciprocal = sum(1 / answer.rank for answer in answers if answer.rank)
    within = sum(0 < answer.rank <= FIRST_PAGE for answer in answers)
    empty = sum(not answer.titles for answer in answers)
    return count, reciprocal / count, empty, within / count


def table(by_kind: dict[str, list[Answer]], answers: list[Answer]) -> str:
    lines = [f"{'kind':<30}{'queries':>8}{'MRR':>8}{'no hit':>8}{'at 10':>8}"]
    for kind, group in (*by_kind.items(), ("all", answers)):
        count, mrr, empty, within = figures(group)
        lines.append(f"{kind:<30}{count:>8}{mrr:>8.3f}{empty:>8}{within:>8.3f}")
    return "\n".join(lines)


def test_the_set_is_consistent():
    titles = [row["title"] for row in TITLES]
    traps = [row for row in TITLES if row["crosses"]]
    typed = " ".join(judged.typed for judged in QUERIES)

    assert len(set(titles)) == len(titles) >= 320
    assert {title for judged in QUERIES for title in judged.wanted} <= set(titles)
    assert len({(j.kind, j.typed) for j in QUERIES}) == len(QUERIES)
    assert len(traps) >= 60
    assert all(trap["crosses"] in trap["title"] for trap in traps)
    assert all(trap["crosses"] in typed for trap in traps)
    counts = Counter(judged.kind for judged in QUERIES)
    assert counts.keys() == FEWEST.keys()
    assert all(counts[kind] >= fewest for kind, fewest in FEWEST.items())


def test_what_is_wanted_is_found(engine):
    engine.index(DOCUMENTS)
    by_kind = defaultdict(list)
    for judged in QUERIES:
        hits = searched(engine, judged).hits
        by_kind[judged.kind].append(Answer(judged, [hit.title for hit in hits]))
    answers = [answer for group in by_kind.values() for answer in group]
    sys.stdout.write(f"\n{table(by_kind, answers)}\n")
    late = "\n".join(str(answer) for answer in answers if answer.rank != 1)

    _count, mrr, empty, _within = figures(answers)
    assert empty == 0, late
    assert mrr >= MRR, late
    for kind, bar in SUCCESS.items():
        assert figures(by_kind[kind])[3] >= bar, late


@pytest.mark.parametrize("engine_in_use", ["opensearch"], indirect=True)
def test_the_cluster_answers_as_the_database_does(engine):
    database = BY_VENDOR[connection.vendor]()
    for each in (database, engine):
        each.index(DOCUMENTS)
    pairs = {j.typed: (answer(engine, j), answer(database, j)) for j in QUERIES}

    other_hits = {
        typed: (ours, theirs)
        for typed, (ours, theirs) in pairs.items()
        if (sorted(ours[0]), *ours[1:]) != (sorted(theirs[0]), *theirs[1:])
    }
    assert not other_hits


def answer(engine, judged: Judged) -> tuple:
    results = searched(engine, judged, limit=ALL)
    titles = [hit.title for hit in results.hits]
    return titles, results.total, results.stage, results.said
