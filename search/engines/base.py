"""What every engine offers; callers know nothing else of it."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from django.utils import timezone

from search.document_facts import moment_text
from search.documents import Document
from search.query import Stage, Synonyms, Words


@dataclass(frozen=True)
class Filters:
    """Of each facet (`search.facets`) any of the values chosen may hold; one without
    any filters nothing.

    `places` are tree paths of nodes, each meaning its whole subtree.
    """

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """`language` is the reader's: each subject is found once, in her language when
    it is translated. `at` decides what 本周 means and what one can still come to.
    `is_exact` stops after the first stage."""

    words: Words
    language: str
    at: dt.datetime
    filters: Filters = field(default_factory=Filters)
    # where the place facet begins when no place is chosen: the path of the city
    top: str = ""
    offset: int = 0
    limit: int = 20
    is_exact: bool = False
    synonyms: Synonyms = field(default_factory=dict)
    # by kind, the ids of what one can register for (`search.joining`): no index knows,
    # for a run fills up and a window closes without anybody editing a page
    registrable: Mapping[str, Collection[int]] = field(default_factory=dict)

    @cached_property
    def today(self) -> dt.date:
        return timezone.localdate(self.at)

    @cached_property
    def moment(self) -> str:
        """As documents write the end of a meeting."""
        return moment_text(self.at)


@dataclass(frozen=True)
class Hit:
    """A document found: what is stored of it, to be shown or looked up."""

    key: str
    kind: str
    object_id: int
    language: str
    title: str
    summary: str
    place: str
    theme: str
    node_path: str


@dataclass(frozen=True)
class Results:
    """`facets`: for each facet its values with counts, the other filters applied.

    `stage` is the one that found something, None when none did; `said` is what was
    searched instead of what was typed, empty when nothing was replaced.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    stage: Stage | None = None
    said: str = ""


@dataclass(frozen=True)
class Suggestion:
    title: str
    kind: str


class EngineUnavailable(Exception):
    """It does not answer, or not as it should; what was asked may be asked again."""


class SearchEngine(Protocol):
    """Any method may raise EngineUnavailable.

    `slot` names the index that answers: another one after each rebuild.
    """

    slot: str

    def index(self, documents: Iterable[Document]) -> None:
        """Adds documents; those of the same key must have been deleted before."""

    def delete(self, subjects: Iterable[str]) -> None:
        """Forgets every document of these subjects; unknown ones are no error."""

    def count(self) -> int:
        """How many documents it holds."""

    def titles(self, subjects: Iterable[str]) -> dict[str, tuple[str, str]]:
        """(title, node path) by key, as stored for these subjects."""

    def subjects(self) -> Iterator[str]:
        """Every subject it holds a document of, some of them more than once."""

    def beside(self) -> "SearchEngine":
        """An empty index to rebuild into while this one answers."""

    def swap(self, other: "SearchEngine") -> None:
        """`other` answers from here on; call it in the transaction of the last
        replay."""

    def previous(self) -> "SearchEngine | None":
        """The index that answered before the last swap; None when none is kept."""

    def search(self, query: Query) -> Results: ...

    def suggest(self, typed: str, language: str, limit: int) -> list[Suggestion]: ...
