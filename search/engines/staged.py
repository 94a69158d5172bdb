"""The stages of a query, the same in every engine.

An engine fetches every match with the few facts that filters, facets and ranking
need; `search.counting` and `search.ranking` count and order them.
"""

import gc
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from search import ranking
from search.counting import count
from search.engines.base import Hit, Query, Results, Suggestion
from search.query import Plan, Stage, plans, read


class StagedEngine:
    # --- what an engine adds ------------------------------------------------------
    def _matches(
        self, plan: Plan, query: Query, known: Container = ()
    ) -> list[ranking.Row]:
        """What `plan` finds besides the rows whose ids are `known`."""
        raise NotImplementedError

    def _text(self, row: ranking.Row) -> str:
        """The whole folded text of one match."""
        raise NotImplementedError

    def _hits(self, page: list[ranking.Row]) -> list[Hit]:
        """What is shown of these rows, in their order."""
        raise NotImplementedError

    # --- shared -------------------------------------------------------------------
    def search(self, query: Query) -> Results:
        with not_collecting():
            return self._search_in_stages(query)

    def _search_in_stages(self, query: Query) -> Results:
        found = None
        for plan in plans(query.words, query.synonyms):
            if found and plan.stage == Stage.MOST_WORDS:
                break  # all of the words, though across the words of titles, say more
            rows = self._matches(plan, query)
            if rows and not self._can_be_better(plan, rows, query):
                return self._results(plan, rows, query)
            # kept while a later stage may read the query better
            found = found or ((plan, rows) if rows else None)
            if query.is_exact:
                break
        return self._results(*found, query) if found else Results()

    def _can_be_better(self, plan: Plan, rows: list[ranking.Row], query: Query) -> bool:
        """Found only across the borders of words, and another reading may follow."""
        if plan.stage == Stage.WORDS:
            return not plan.quoted and ranking.is_weak(rows, query.words)
        return plan.stage == Stage.HOMOPHONES and not ranking.reads_a_word(
            rows, query.words
        )

    def _results(self, plan: Plan, rows: list[ranking.Row], query: Query) -> Results:
        order = ranking.Order(query, plan)
        said, stage = "", plan.stage
        if plan.stage in ranking.SOUNDS:
            best = order.first(rows, ranking.SAMPLE)
            said = ranking.said_instead(best, query.words)
            stage = self._stage(plan, best[0], query)
        if said:
            rows = self._with_what_is_said(said, rows, plan, query)
        counted = count(rows, query)
        page = order.first(counted.rows, query.offset + query.limit)[query.offset :]
        return Results(
            hits=self._hits(page),
            total=len(counted.rows),
            facets=counted.facets,
            stage=stage,
            said=said,
        )

    def _stage(self, plan: Plan, first: ranking.Row, query: Query) -> Stage:
        """Letters may be a word and pinyin at once: it is what the first hit reads."""
        if plan.stage != Stage.PINYIN:
            return plan.stage
        is_word = query.words.run in self._text(first)
        return Stage.WORDS if is_word else plan.stage

    def _with_what_is_said(self, said, rows, plan: Plan, query: Query):
        """And all that is found by typing the word that was read: the page says that
        it was searched for."""
        written = replace(next(plans(read(said))), stage=plan.stage)
        known = {row.id for row in rows}
        return [*rows, *self._matches(written, query, known)]


@contextmanager
def not_collecting() -> Iterator[None]:
    """Thousands of rows live for some milliseconds and hold no circles: looking for
    circles among them, and among all else there is, would take many times as long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def suggestions(found: Iterable[tuple[str, str]], limit: int) -> list[Suggestion]:
    """From (title, kind) pairs, the shortest titles first: each title once."""
    by_title: dict[str, Suggestion] = {}
    for title, kind in sorted(found, key=lambda pair: ranking.KINDS[pair[1]]):
        by_title.setdefault(title, Suggestion(title, kind))
    return list(by_title.values())[:limit]
