"""What was looked for, marked in a text as it is stored."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search import analysis
from search.query import Words


def highlight(text: str, *queries: Words) -> SafeString:
    """`text` as HTML with <mark> round every run, else every word, of the queries."""
    folded, offsets = analysis.fold_with_offsets(text)
    marked = [False] * len(text)
    for needle in _needles(queries, folded):
        start = folded.find(needle)
        while start >= 0:
            for index in range(start, start + len(needle)):
                marked[offsets[index]] = True
            start = folded.find(needle, start + 1)
    return mark_safe("".join(_pieces(text, marked)))  # noqa: S308 - escaped in _pieces


def _needles(queries: Iterable[Words], folded: str) -> set[str]:
    needles = set()
    for query in queries:
        for term in query.terms:
            needles |= {term.run} if term.run in folded else set(term.words)
    return needles


def _pieces(text: str, marked: list[bool]):
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or marked[end] != marked[start]:
            piece = escape(text[start:end])
            yield f"<mark>{piece}</mark>" if marked[start] else piece
            start = end
