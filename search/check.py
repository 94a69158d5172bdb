"""Whether the index says what the site says, in sentences for whoever runs it."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.utils import timezone

from search import engines
from search.documents import all_subjects, documents_of
from search.engines.base import EngineUnavailable
from search.facets import Kind
from search.models import INDEX_SCHEMA, IndexState, OutboxEntry
from search.outbox import batches

# The worker sends what waits at once, and again every minute.
LATE = dt.timedelta(minutes=5)
NAMED = 5


@dataclass
class Report:
    """`facts` are true in any case; each of `problems` asks for something."""

    facts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def check() -> Report:
    """Reads every subject of the database and of the index."""
    report = Report()
    _outbox(report)
    _rebuilt(report)
    try:
        _index(report)
    except EngineUnavailable as error:
        report.problems.append(
            f"The search engine does not answer: {error}. The site goes on without "
            "search, and what changes waits. Start the engine or correct SEARCH_URL."
        )
    return report


def _outbox(report: Report) -> None:
    pending = OutboxEntry.objects.pending()
    oldest = pending.first()
    if oldest is None:
        report.facts.append("No change waits to be sent to the index.")
        return
    since = timezone.localtime(oldest.created_at)
    report.facts.append(
        f"Changes that wait to be sent: {pending.count()}, the oldest since "
        f"{since:%Y-%m-%d %H:%M}."
    )
    if oldest.created_at < timezone.now() - LATE:
        report.problems.append(
            "Changes have been waiting for more than "
            f"{LATE // dt.timedelta(minutes=1)} minutes. "
            "Is `manage.py worker` running?"
        )


def _rebuilt(report: Report) -> None:
    state = IndexState.objects.filter(pk=1).first()
    if state is None or state.swapped_at is None:
        report.facts.append("The index has never been rebuilt.")
        return
    if state.schema < INDEX_SCHEMA:
        report.problems.append(
            "The index was built by an earlier version and knows nothing of the newer "
            "facets. `manage.py worker` builds it anew by itself, or run "
            "`manage.py search_rebuild`."
        )
    moment = timezone.localtime(state.swapped_at)
    report.facts.append(f"The index was rebuilt last at {moment:%Y-%m-%d %H:%M}.")


def _index(report: Report) -> None:
    engine = engines.current()
    held, live = set(engine.subjects()), set(all_subjects())
    report.facts.append(
        f"The engine answers ({type(engine).__name__}, index {engine.slot or 'none'})."
    )
    of_held, of_live = _by_kind(held), _by_kind(live)
    for kind in sorted({*Kind.values, *of_held}):
        report.facts.append(
            f"{kind}: {of_live[kind]} live on the site, {of_held[kind]} in the index."
        )
    _difference(report, _findable(live - held), "Live and not to be found")
    _difference(report, held - live, "Still found and no longer live")


def _difference(report: Report, subjects: set[str], what: str) -> None:
    if not subjects:
        return
    named = ", ".join(sorted(subjects)[:NAMED])
    more = ", …" if len(subjects) > NAMED else ""
    waits = " They may be among the changes that wait." if _something_waits() else ""
    report.problems.append(
        f"{what}: {len(subjects)} ({named}{more}).{waits} "
        "`manage.py search_rebuild` puts it right."
    )


def _something_waits() -> bool:
    return OutboxEntry.objects.pending().exists()


def _findable(subjects: set[str]) -> set[str]:
    """Without those that are nowhere shown: a translation whose original is not."""
    return {
        document.subject
        for batch in batches(subjects)
        for document in documents_of(batch)
    }


def _by_kind(subjects: set[str]) -> Counter:
    return Counter(subject.partition(":")[0] for subject in subjects)
