"""The judged queries and the oddest ones, on the engine of the database in use."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
