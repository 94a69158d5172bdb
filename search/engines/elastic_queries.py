"""A match in the query language of Elasticsearch and OpenSearch."""

from search.matching import TITLE_WORDS, WEIGHTS, All, Match, Phrase

# A beginning stands for at most so many words of the index; there are fewer
# syllables, and no reader needs more words.
MOST_ENDINGS = 1000


def asked(match: Match) -> dict:
    if isinstance(match, Phrase):
        return any_of([_phrase(match, column) for column in match.columns])
    parts = [asked(part) for part in match.parts]
    return {"bool": {"must": parts}} if isinstance(match, All) else any_of(parts)


def any_of(parts: list[dict]) -> dict:
    if len(parts) == 1:
        return parts[0]
    return {"bool": {"should": parts, "minimum_should_match": 1}}


def _phrase(match: Phrase, column: str) -> dict:
    text, boost = " ".join(match.tokens), WEIGHTS[column]
    if not match.is_beginning:
        return {"match_phrase": {column: {"query": text, "boost": boost}}}
    if len(match.tokens) == 1 and column == TITLE_WORDS:
        return {"prefix": {column: {"value": text, "boost": boost}}}
    asked_for = {"query": text, "boost": boost, "max_expansions": MOST_ENDINGS}
    return {"match_phrase_prefix": {column: asked_for}}
