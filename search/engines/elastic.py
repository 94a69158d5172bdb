"""Elasticsearch and OpenSearch: an alias answers, rebuilds fill an index beside it.

The alias is called like the prefix of SEARCH_URL, each index like the prefix and the
moment it was made. A second alias keeps the index that answered before.
"""

import datetime as dt
import re
import uuid
from collections.abc import Container, Iterable, Iterator

from django.conf import settings
from django.utils import timezone
from elasticsearch.helpers import scan

from home.models import ContentVersion
from search import ranking
from search.documents import Document
from search.engines.base import EngineUnavailable, Hit, Query, Suggestion
from search.engines.cluster import cluster, reaching
from search.engines.columns import HIT_COLUMNS
from search.engines.elastic_queries import asked
from search.engines.mapping import (
    BETWEEN_FACTS,
    LONG_TEXT,
    MOST_ROWS,
    ROW,
    ROW_FACTS,
    Indexed,
    source_of,
)
from search.engines.staged import StagedEngine, suggestions
from search.models import IndexState
from search.query import Plan
from search.suggestions import search_key

# Sending a batch may take longer than a reader would wait.
BULK_SECONDS = 30
# A later version is stored already.
STALE = 409
# A missing index is an empty one; half an answer is none.
LENIENT = {"ignore_unavailable": True, "allow_no_indices": True}


class ElasticEngine(StagedEngine):
    """`index` is fixed for an index being rebuilt, else whichever the alias means."""

    def __init__(self, index: str | None = None):
        found = cluster(settings.SEARCH_URL)
        self._client, self._prefix = found.client, found.prefix
        self._is_alias = index is None
        self._name = index or self._prefix

    # --- writing ------------------------------------------------------------------
    def index(self, documents: Iterable[Document]) -> None:
        version = ContentVersion.current()
        with reaching():
            if self._is_alias:
                self._begin()
            self._send(
                operation
                for document in documents
                for operation in (
                    self._operation("index", document.key, version),
                    source_of(document),
                )
            )
            if self._is_alias:
                self._refresh()

    def delete(self, subjects: Iterable[str]) -> None:
        """Seen by readers with the next `index`: nothing replaced is ever missing."""
        version = ContentVersion.current()
        with reaching():
            self._refresh()
            keys = [key for key, _title, _path in self._stored(subjects)]
            self._send(self._operation("delete", key, version) for key in keys)

    def _operation(self, kind: str, key: str, version: int) -> dict:
        """Versions grow with every change, so a delayed write never undoes a later.

        That of a change is read while nobody else may write to the index.
        """
        return {kind: {"_id": key, "version": version, "version_type": "external_gte"}}

    def _send(self, operations: Iterator[dict]) -> None:
        operations = list(operations)
        if not operations:
            return
        answer = self._client.options(request_timeout=BULK_SECONDS).bulk(
            index=self._name, operations=operations, require_alias=self._is_alias
        )
        if not answer["errors"]:
            return
        results = [result for item in answer["items"] for result in item.values()]
        wrong = [r for r in results if "error" in r and r["status"] != STALE]
        if wrong:
            raise EngineUnavailable(f"{len(wrong)} refused, the first: {wrong[0]}")

    def _refresh(self) -> None:
        self._client.indices.refresh(index=self._name, **LENIENT)

    # --- which index --------------------------------------------------------------
    @property
    def _previous(self) -> str:
        return f"{self._prefix}-previous"

    @property
    def slot(self) -> str:
        """The name of the index behind; empty while there is none."""
        if not self._is_alias:
            return self._name
        with reaching():
            return next(iter(self._behind(self._prefix)), "")

    def _behind(self, alias: str) -> list[str]:
        if not self._client.indices.exists_alias(name=alias):
            return []
        return list(self._client.indices.get_alias(name=alias))

    def _begin(self) -> None:
        """The first index, where no rebuild has made one."""
        if not self._client.indices.exists_alias(name=self._prefix):
            name = self._create()
            self._client.indices.put_alias(index=name, name=self._prefix)

    def _create(self) -> str:
        moment = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S")
        name = f"{self._prefix}-{moment}-{uuid.uuid4().hex[:6]}"
        Indexed.init(index=name, using=self._client)
        return name

    def beside(self) -> "ElasticEngine":
        with reaching():
            self._forget_all_but_two()
            return type(self)(self._create())

    def _forget_all_but_two(self) -> None:
        """Keeps the index that answers and the one before it."""
        kept = {*self._behind(self._prefix), *self._behind(self._previous)}
        ours = re.compile(rf"{re.escape(self._prefix)}-\d{{8}}-\d{{6}}-[0-9a-f]{{6}}")
        for name in self._client.indices.get(index=f"{self._prefix}-*"):
            if name not in kept and ours.fullmatch(name):
                self._client.indices.delete(index=name, ignore_unavailable=True)

    def previous(self) -> "ElasticEngine | None":
        with reaching():
            names = self._behind(self._previous)
            return type(self)(names[0]) if names else None

    def swap(self, other: "ElasticEngine") -> None:
        with reaching():
            other._refresh()
            now, before = self._behind(self._prefix), self._behind(self._previous)
            actions = [_alias("remove", name, self._prefix) for name in now]
            actions += [_alias("remove", name, self._previous) for name in before]
            actions += [_alias("add", name, self._previous) for name in now]
            actions.append(_alias("add", other._name, self._prefix))
            self._client.indices.update_aliases(actions=actions)
        IndexState.objects.filter(pk=1).update(swapped_at=timezone.now())

    # --- reading ------------------------------------------------------------------
    def count(self) -> int:
        with reaching():
            self._refresh()
            return self._client.count(index=self._name, **LENIENT)["count"]

    def subjects(self) -> Iterator[str]:
        wanted = {"_source": False, "docvalue_fields": ["subject"]}
        with reaching():
            self._refresh()
            for hit in scan(
                self._client, query=wanted, index=self._name, size=5000, **LENIENT
            ):
                yield hit["fields"]["subject"][0]

    def titles(self, subjects: Iterable[str]) -> dict[str, tuple[str, str]]:
        with reaching():
            self._refresh()
        return {key: (title, path) for key, title, path in self._stored(subjects)}

    def _stored(self, subjects: Iterable[str]) -> list[tuple[str, str, str]]:
        subjects = list(subjects)
        if not subjects:
            return []
        found = self._search(
            query={"bool": {"filter": [{"terms": {"subject": subjects}}]}},
            source=["doc_key", "title", "node_path"],
            size=MOST_ROWS,
        )
        sources = [hit["_source"] for hit in found["hits"]["hits"]]
        return [(s["doc_key"], s["title"], s["node_path"]) for s in sources]

    def suggest(self, typed: str, language: str, limit: int) -> list[Suggestion]:
        key = search_key(typed)
        if not key:
            return []
        found = self._search(
            query={
                "bool": {
                    "filter": [
                        {"prefix": {"suggestion_keys": key}},
                        {"term": {"readers": language}},
                    ]
                }
            },
            source=["title", "kind"],
            sort=["title_size", "kind_rank"],
            collapse={"field": "title"},
            size=limit * 4,
        )
        sources = [hit["_source"] for hit in found["hits"]["hits"]]
        return suggestions(((s["title"], s["kind"]) for s in sources), limit)

    def _search(self, **asked_for) -> dict:
        with reaching():
            return self._client.search(
                index=self._name,
                allow_partial_search_results=False,
                **LENIENT,
                **asked_for,
            ).body

    # --- the stages ---------------------------------------------------------------
    def _matches(
        self, plan: Plan, query: Query, known: Container[tuple] = ()
    ) -> list[ranking.Row]:
        needs_text = bool(plan.quoted or plan.words)
        found = self._search(
            query={
                "bool": {
                    "must": [asked(plan.match)],
                    "filter": [{"term": {"readers": query.language}}],
                }
            },
            source=False,
            stored_fields=[LONG_TEXT] if needs_text else "_none_",
            docvalue_fields=[ROW],
            filter_path=["hits.hits._score", "hits.hits.fields"],
            size=MOST_ROWS,
        )
        rows = [_row(hit) for hit in found.get("hits", {}).get("hits", [])]
        return ranking.kept(plan, [row for row in rows if row.id not in known])

    def _text(self, row: ranking.Row) -> str:
        return self._documents([row]).get(row.id, {}).get(LONG_TEXT, "")

    def _hits(self, page: list[ranking.Row]) -> list[Hit]:
        stored = self._documents(page) if page else {}
        # one deleted since the match is left out
        found = [stored[row.id] for row in page if row.id in stored]
        return [Hit(*(source[name] for name in HIT_COLUMNS[1:])) for source in found]

    def _documents(self, rows: list[ranking.Row]) -> dict[tuple, dict]:
        ids = {row.id[1]: row.id for row in rows}
        with reaching():
            found = self._client.mget(
                index=self._name,
                ids=list(ids),
                # as the search saw it, not as it is being written
                realtime=False,
                source_includes=[*HIT_COLUMNS[1:], LONG_TEXT],
            )
        return {ids[d["_id"]]: d["_source"] for d in found["docs"] if d.get("found")}


def _alias(action: str, index: str, alias: str) -> dict:
    return {action: {"index": index, "alias": alias}}


def _row(hit: dict) -> ranking.Row:
    """Rows that fit equally are ordered by their number, like those of a database."""
    fields = hit["fields"]
    facts = fields[ROW][0].split(BETWEEN_FACTS)
    facts += [""] * (len(ROW_FACTS) - len(facts))
    number, key, kind, theme, mask, path, days, *texts, traits, published = facts
    return ranking.Row(
        hit["_score"],
        (int(number), key),
        int(number),
        kind,
        theme,
        int(mask),
        path,
        days,
        traits,
        published,
        *texts,
        text=fields[LONG_TEXT][0] if LONG_TEXT in fields else "",
    )
