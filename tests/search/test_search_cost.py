"""What a query costs does not grow with what it need not do for every hit."""

import gc

import pytest

from home import readings
from search import analysis
from tests.search.conftest import document, query


@pytest.fixture
def shelf(engine):
    titles = [f"书法班第{n}期" for n in range(40)] + [f"晨练{n}" for n in range(40)]
    body = "也教书法"
    engine.index(document(n, title, body=body) for n, title in enumerate(titles))
    return engine


@pytest.fixture
def calls(monkeypatch):
    """How often texts were folded, cut into words and read aloud."""
    made = []
    for module, name in (
        (analysis, "fold_with_offsets"),
        (analysis, "query_words"),
        (readings, "one_for_one"),
    ):
        original = getattr(module, name)

        def counting(text, original=original):
            made.append(text)
            return original(text)

        monkeypatch.setattr(module, name, counting)
    return made


@pytest.mark.parametrize("typed", ["书发", "shufa", "书fa"])
def test_what_a_query_sounds_like_is_read_once_not_in_every_title(shelf, calls, typed):
    results = shelf.search(query(typed))

    assert (results.total, results.said) == (80, "书法")
    assert len(calls) < 20


@pytest.mark.parametrize("engine_in_use", ["database"], indirect=True)
@pytest.mark.parametrize("typed", ["书发", "shufa"])
def test_the_whole_text_is_read_of_one_hit_at_the_most(shelf, typed):
    sizes = []

    def rows(sql, params, original=shelf._rows):
        found = original(sql, params)
        sizes.append(len(found) if "folded_text" in sql else 0)
        return found

    shelf._rows = rows

    assert len(shelf.search(query(typed)).hits) == 20
    assert max(sizes) <= 1


def test_garbage_is_not_looked_for_while_thousands_of_matches_live(shelf):
    seen = []

    def matches(*args, original=shelf._matches):
        seen.append(gc.isenabled())
        return original(*args)

    shelf._matches = matches
    shelf.search(query("书法"))
    assert seen == [False]
    assert gc.isenabled()


def test_it_is_looked_for_again_after_a_search_that_failed(shelf):
    def matches(*args):
        raise RuntimeError

    shelf._matches = matches
    with pytest.raises(RuntimeError):
        shelf.search(query("书法"))
    assert gc.isenabled()
