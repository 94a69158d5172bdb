"""What the engines inside the site's own database share.

Two sets of tables, "a" and "b": one answers while the other is rebuilt.
"""

from collections.abc import Container, Iterable, Iterator

from django.db import connection
from django.utils import timezone
from django.utils.functional import cached_property

from search import ranking
from search.documents import Document
from search.engines.base import Hit, Query, Suggestion
from search.engines.columns import (
    HIT_COLUMNS,
    MATCH_COLUMNS,
    SHOWN,
    facts_of,
    hit_of,
    language_mask,
    row_of,
    suggestion_keys,
    texts_of,
)
from search.engines.staged import StagedEngine, suggestions
from search.matching import Match
from search.models import IndexState
from search.query import Plan, Stage
from search.suggestions import search_key


class SqlEngine(StagedEngine):
    """`slot` is fixed for an index being rebuilt, else read when first needed."""

    def __init__(self, slot: str | None = None):
        self._slot = slot

    # --- what a vendor adds -----------------------------------------------------
    def create(self) -> None:
        raise NotImplementedError

    def drop(self) -> None:
        raise NotImplementedError

    def insert(self, rows: list[tuple[tuple, dict[str, list[str]]]]) -> list[int]:
        """Stores (facts, texts) rows; their ids in order."""
        raise NotImplementedError

    def delete_ids(self, ids: list[int]) -> None:
        raise NotImplementedError

    def match_sql(self, match: Match) -> tuple[str, str, list]:
        """(FROM … WHERE condition, score expression, parameters of both in order
        score, condition)."""
        raise NotImplementedError

    # --- the interface ----------------------------------------------------------
    @cached_property
    def slot(self) -> str:
        return self._slot or IndexState.current_slot()

    @property
    def facts(self) -> str:
        return f"search_facts_{self.slot}"

    @property
    def suggestions(self) -> str:
        return f"search_suggestions_{self.slot}"

    def index(self, documents: Iterable[Document]) -> None:
        documents = list(documents)
        if not documents:
            return
        rows = []
        for document in documents:
            texts = texts_of(document)
            rows.append((facts_of(document, texts), texts))
        ids = self.insert(rows)
        self._insert_suggestions(zip(ids, documents, strict=True))

    def delete(self, subjects: Iterable[str]) -> None:
        ids = self._ids(list(subjects))
        if not ids:
            return
        marks = ", ".join(["%s"] * len(ids))
        self._run(f"DELETE FROM {self.suggestions} WHERE doc IN ({marks})", ids)
        self.delete_ids(ids)

    def count(self) -> int:
        return self._rows(f"SELECT COUNT(*) FROM {self.facts}", [])[0][0]

    def subjects(self) -> Iterator[str]:
        rows = self._rows(f"SELECT DISTINCT subject FROM {self.facts}", [])
        return (subject for (subject,) in rows)

    def titles(self, subjects: Iterable[str]) -> dict[str, tuple[str, str]]:
        condition, params = self._in("subject", list(subjects))
        rows = self._rows(
            f"SELECT doc_key, title, node_path FROM {self.facts} WHERE {condition}",
            params,
        )
        return {key: (title, path) for key, title, path in rows}

    def _other(self) -> "SqlEngine":
        return type(self)("b" if self.slot == "a" else "a")

    def previous(self) -> "SqlEngine | None":
        """The other one, unless a rebuild has begun to fill it anew."""
        state = IndexState.objects.filter(pk=1).first()
        is_whole = state and state.swapped_at and state.rebuild_token is None
        return self._other() if is_whole else None

    def beside(self) -> "SqlEngine":
        other = self._other()
        other.drop()
        other.create()
        return other

    def swap(self, other: "SqlEngine") -> None:
        IndexState.objects.filter(pk=1).update(
            slot=other.slot, swapped_at=timezone.now()
        )

    def suggest(self, typed: str, language: str, limit: int) -> list[Suggestion]:
        key = search_key(typed)
        if not key:
            return []
        rows = self._rows(
            f"SELECT DISTINCT f.title, f.kind, length(f.title) AS size "
            f"FROM {self.suggestions} s JOIN {self.facts} f ON f.id = s.doc "
            f"WHERE s.key >= %s AND s.key < %s AND (f.languages & %s) > 0 "
            f"ORDER BY size LIMIT %s",
            [key, f"{key}\U0010ffff", language_mask([language]), limit * 4],
        )
        return suggestions(((title, kind) for title, kind, _size in rows), limit)

    # --- parts ------------------------------------------------------------------
    def _matches(
        self, plan: Plan, query: Query, known: Container[int] = ()
    ) -> list[ranking.Row]:
        """What `plan` finds besides the rows whose ids are `known`."""
        source, score, params = self.match_sql(plan.match)
        selected = ", ".join(self._columns(plan))
        rows = self._rows(
            f"SELECT {score} AS score, {selected} {source} AND (f.languages & %s) > 0",
            [*params, language_mask([query.language])],
        )
        return ranking.kept(plan, [row_of(row) for row in rows if row[1] not in known])

    def _columns(self, plan: Plan) -> list[str]:
        """What a stage reads in every row; the whole text is long, and seldom needed.

        Later stages have asked several times by then: their hits come with the rest.
        """
        columns = [f"f.{column}" for column in MATCH_COLUMNS]
        if plan.stage == Stage.WORDS and not plan.quoted:
            return columns
        text = "''" if plan.stage in ranking.SOUNDS else "f.folded_text"
        return [*columns, "f.pinyin", text, *(f"f.{c}" for c in SHOWN)]

    def _text(self, row: ranking.Row) -> str:
        condition, params = self._in("id", [row.id])
        found = self._rows(
            f"SELECT folded_text FROM {self.facts} WHERE {condition}", params
        )
        return found[0][0] if found else ""

    def _hits(self, page: list[ranking.Row]) -> list[Hit]:
        if all(row.shown for row in page):
            return [hit_of(row) for row in page]
        ids = [row.id for row in page]
        condition, params = self._in("id", ids)
        rows = self._rows(
            f"SELECT {', '.join(HIT_COLUMNS)} FROM {self.facts} WHERE {condition}",
            params,
        )
        by_id = {row[0]: Hit(*row[1:]) for row in rows}
        return [by_id[pk] for pk in ids if pk in by_id]

    def _insert_suggestions(self, documents) -> None:
        rows = [
            (key, pk)
            for pk, document in documents
            for key in sorted(suggestion_keys(document))
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.suggestions} (key, doc) VALUES (%s, %s)", rows
            )

    def _ids(self, subjects: list[str]) -> list[int]:
        if not subjects:
            return []
        condition, params = self._in("subject", subjects)
        rows = self._rows(f"SELECT id FROM {self.facts} WHERE {condition}", params)
        return [pk for (pk,) in rows]

    def _in(self, column: str, values: list) -> tuple[str, list]:
        marks = ", ".join(["%s"] * len(values)) or "NULL"
        return f"{column} IN ({marks})", values

    def _run(self, sql: str, params=()) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)

    def _rows(self, sql: str, params) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()
