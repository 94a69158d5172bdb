"""What an index stores of a document: its tokens by column, and plain facts."""

from collections.abc import Iterable

from django.conf import settings

from home.vocabulary import Audience
from search import analysis, pinyin, ranking
from search.documents import Document
from search.engines.base import Hit
from search.suggestions import keys_of

FACTS = (
    "doc_key",
    "subject",
    "kind",
    "object_id",
    "language",
    "languages",
    "title",
    "summary",
    "place",
    "theme",
    "audiences",
    "node_path",
    "days",
    "traits",
    "published_on",
    "characters",
    "words",
    "pinyin",
    # long, so the last: a row is read up to the last column asked for
    "folded_text",
)
FACT_TYPES = {"object_id": "BIGINT", "languages": "INTEGER", "audiences": "INTEGER"}
MATCH_COLUMNS = (
    "id",
    "object_id",
    "kind",
    "theme",
    "audiences",
    "node_path",
    "days",
    "traits",
    "published_on",
    "characters",
    "words",
)
HIT_COLUMNS = (
    "id",
    "doc_key",
    "kind",
    "object_id",
    "language",
    "title",
    "summary",
    "place",
    "theme",
    "node_path",
)
# What a hit shows that `MATCH_COLUMNS` do not hold.
SHOWN = ("doc_key", "language", "title", "summary", "place")


def language_mask(languages: Iterable[str]) -> int:
    codes = [code for code, _name in settings.LANGUAGES]
    return sum(1 << codes.index(code) for code in set(languages) & set(codes))


def titles_of(document: Document) -> list[str]:
    """Folded; the one it is shown by comes first."""
    return [analysis.fold(t) for t in (document.title, *document.other_titles)]


def texts_of(document: Document) -> dict[str, list[str]]:
    """The tokens of each column of `search.matching`."""
    titles = titles_of(document)
    title = " ".join(titles)
    body = analysis.fold(document.body)[: analysis.MAX_BODY_CHARACTERS]
    return {
        "title_words": analysis.index_words(title),
        "title_characters": analysis.characters(title),
        "body_words": analysis.index_words(body),
        "title_pinyin": pinyin.syllables(title),
        "title_initials": pinyin.initials(title),
    }


def facts_of(document: Document, texts: dict[str, list[str]]) -> tuple:
    titles = titles_of(document)
    body = analysis.fold(document.body)[: analysis.MAX_BODY_CHARACTERS]
    return (
        document.key,
        document.subject,
        document.kind,
        document.object_id,
        document.language,
        language_mask(document.languages),
        document.title,
        document.summary,
        document.place,
        document.theme,
        Audience.mask(document.audiences),
        document.node_path,
        " ".join(document.days),
        str(document.traits),
        document.published_on,
        ranking.spelt(map(analysis.characters, titles)),
        " ".join(texts["title_words"]),
        ranking.spelt(map(pinyin.syllables, titles)),
        "".join(analysis.runs(" ".join([*titles, body]))),
    )


def suggestion_keys(document: Document) -> set[str]:
    titles = (document.title, *document.other_titles)
    return {key for title in titles for key in keys_of(title)}


def row_of(values: tuple) -> ranking.Row:
    """From the columns of a stage: its score, `MATCH_COLUMNS` and perhaps the rest."""
    facts = len(MATCH_COLUMNS) + 3
    return ranking.Row(*values[:facts], shown=values[facts:])


def hit_of(row: ranking.Row) -> Hit:
    """A hit whose `SHOWN` columns were read with the match."""
    key, language, title, summary, place = row.shown
    return Hit(
        key=key,
        kind=row.kind,
        object_id=row.object_id,
        language=language,
        title=title,
        summary=summary,
        place=place,
        theme=row.theme,
        node_path=row.node_path,
    )
