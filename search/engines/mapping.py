"""What an Elasticsearch or OpenSearch index holds of a document.

The one module that knows `elasticsearch_dsl`. Texts are tokens already: the server
only splits on white space.
"""

from elasticsearch_dsl import Document as StoredDocument
from elasticsearch_dsl import Integer, Keyword, Long, MetaField, Text

from search.documents import Document
from search.engines.columns import (
    FACT_TYPES,
    FACTS,
    facts_of,
    suggestion_keys,
    texts_of,
)
from search.matching import COLUMNS
from search.ranking import KINDS

# One query returns every match, up to so many.
MOST_ROWS = 100_000
_NUMBERS = {"BIGINT": Long, "INTEGER": Integer}
LONG_TEXT = "folded_text"
# What is read with every match is one value: half the work of an answer with a
# thousand matches is reading its JSON.
ROW = "match_row"
# New facts come last: in an index made before there were any, they are missing.
ROW_FACTS = (
    "object_id",
    "doc_key",
    "kind",
    "theme",
    "audiences",
    "node_path",
    "days",
    "characters",
    "words",
    "pinyin",
    "traits",
    "published_on",
)
# No text holds it: folding makes a space of control characters.
BETWEEN_FACTS = "\x1f"


class Settings:
    """One shard: scores compare, and 300,000 documents fit."""

    settings = {
        "number_of_shards": 1,
        "auto_expand_replicas": "0-1",
        "max_result_window": MOST_ROWS,
    }


def _fact(name: str):
    if name == LONG_TEXT:
        return Text(index=False, store=True)
    if name in FACT_TYPES:
        return _NUMBERS[FACT_TYPES[name]](index=False, doc_values=False)
    # what is not looked up is only kept
    is_sorted = name in ("subject", "title")
    return Keyword(index=name == "subject", doc_values=is_sorted)


Indexed = type(
    "Indexed",
    (StoredDocument,),
    {
        **{column: Text(analyzer="whitespace") for column in COLUMNS},
        **{fact: _fact(fact) for fact in FACTS},
        ROW: Keyword(index=False),
        "readers": Keyword(),
        "suggestion_keys": Keyword(),
        "title_size": Integer(),
        "kind_rank": Integer(),
        "Meta": type("Meta", (), {"dynamic": MetaField("strict")}),
        "Index": Settings,
    },
)


def source_of(document: Document) -> dict:
    """The fields of `document`."""
    texts = texts_of(document)
    facts = dict(zip(FACTS, facts_of(document, texts), strict=True))
    return {
        **{column: " ".join(tokens) for column, tokens in texts.items()},
        **facts,
        ROW: BETWEEN_FACTS.join(str(facts[name]) for name in ROW_FACTS),
        "readers": list(document.languages),
        "suggestion_keys": sorted(suggestion_keys(document)),
        "title_size": len(document.title),
        "kind_rank": KINDS[document.kind],
    }
