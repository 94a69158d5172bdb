"""The judged queries and the oddest ones, on the engine of the database in use."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.vocabulary import Audience, Theme
from search.engines import BY_VENDOR
from search.engines.base import Filters
from tests.search.conftest import document, query
from tests.search.judged import TITLES, judged

MRR = 0.97


@pytest.fixture
def shelf(engine):
    engine.index(document(number, title) for number, title in enumerate(TITLES))
    return engine


def rank(engine, typed: str, meant: list[str]) -> int:
    """The first place of one of `meant` among the hits, from 1; 0 when none is."""
    titles = [hit.title for hit in engine.search(query(typed)).hits]
    return next((at for at, title in enumerate(titles, 1) if title in meant), 0)


def test_the_judged_set_is_large_enough():
    assert len(judged()) >= 80
    assert len(set(TITLES)) == len(TITLES) >= 90
    assert {title for _typed, meant in judged() for title in meant} <= set(TITLES)


def test_what_is_meant_comes_first(shelf):
    ranks = {typed: rank(shelf, typed, meant) for typed, meant in judged()}
    reciprocal = [1 / place if place else 0 for place in ranks.values()]
    late = {typed: place for typed, place in ranks.items() if place != 1}

    assert sum(reciprocal) / len(reciprocal) >= MRR, late
    assert 0 not in ranks.values(), late


def test_every_title_finds_itself_first(shelf):
    assert [title for title in TITLES if rank(shelf, title, [title]) != 1] == []


odd = st.text(max_size=80) | st.text(
    alphabet="书法手机shufa\"“”'*()-:^+|&!<>%_\\ \0\t{}[]?AND OR NOT NEAR", max_size=80
)


@given(typed=odd)
@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_query_is_an_error(shelf, typed):
    results = shelf.search(query(typed))

    assert len(results.hits) <= 20
    shelf.suggest(typed, "zh-hans", 8)


FILTERS = [
    Filters(),
    Filters({"kind": ("course",), "theme": tuple(Theme.values[:2])}),
]


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("engine_in_use", ["opensearch"], indirect=True)
def test_the_cluster_finds_and_counts_what_the_database_does(shelf, filters):
    database = BY_VENDOR[connection.vendor]()
    documents = [varied(number, title) for number, title in enumerate(TITLES)]
    for engine in (database, shelf):
        engine.delete([d.subject for d in documents])
        engine.index(documents)

    differing = {
        typed: (ours, theirs)
        for typed, _meant in judged()
        if (ours := found(shelf, typed, filters))
        != (theirs := found(database, typed, filters))
    }
    assert not differing


def varied(number: int, title: str):
    """Each of another theme, audience, place and day, some with a text."""
    days = (f"2026-11-{24 + number % 6}",)
    return document(
        number,
        title,
        body=f"{title}\n{TITLES[number * 7 % len(TITLES)]}",
        theme=Theme.values[number % len(Theme.values)],
        audiences=tuple(Audience.values[: number % 3]),
        node_path=f"00010001000{1 + number % 4}000{1 + number % 3}",
        days=days if number % 2 else (),
    )


def found(engine, typed: str, filters: Filters) -> tuple:
    results = engine.search(query(typed, filters=filters, limit=1000))
    keys = sorted(hit.key for hit in results.hits)
    return keys, results.total, results.facets, results.stage, results.said
