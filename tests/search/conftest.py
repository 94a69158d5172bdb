"""An index of plain titles, without any page behind them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation
from django.utils.translation import get_language

from search import engines
from search.documents import Document
from search.engines.base import Filters, Query
from search.query import read

NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Tuesday


def document(number: int, title: str, **fields) -> Document:
    kind = fields.pop("kind", "course")
    return Document(
        **{
            "key": f"{kind}:{number}",
            "subject": f"{kind}:{number}",
            "kind": kind,
            "object_id": number,
            "language": "zh-hans",
            "languages": ("zh-hans", "en"),
            "title": title,
            "summary": "",
            "body": "",
            "place": "",
            "theme": "civic",
            "audiences": (),
            "node_path": "000100010001",
            **fields,
        }
    )


def query(typed: str, **fields) -> Query:
    filters = fields.pop("filters", Filters())
    return Query(
        **{
            "words": read(typed),
            "language": get_language() or "zh-hans",
            "at": NOW,
            "filters": filters,
            "top": "00010001",
            **fields,
        }
    )


@pytest.fixture(autouse=True)
def nothing_left_over():
    """No page and no language of the test before."""
    cache.clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield


# the names are read by tests/distribution.py
ENGINES = ["database", "opensearch"]


@pytest.fixture(params=ENGINES)
def engine_in_use(request, settings) -> str:
    """Runs the test once with each engine, empty: which one it is now."""
    if request.param == "opensearch":
        node = request.getfixturevalue("opensearch_node")
        with node.address_for_a_test() as address:
            settings.SEARCH_URL = address
            yield request.param
    else:
        yield request.param


@pytest.fixture
def engine(engine_in_use, db):
    return engines.current()


@pytest.fixture
def titles_found(engine):
    """Titles found for what was typed, best first."""

    def found(typed: str, **fields) -> list[str]:
        return [hit.title for hit in engine.search(query(typed, **fields)).hits]

    return found
