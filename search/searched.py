"""What people look for and do not find: counted without persons, for planners.

A search writes nothing: it is counted in the memory of its process, and once in a
minute one of them writes all counts down. A process that is killed loses a minute.
"""

import datetime as dt
import re
import threading
import time
from dataclasses import dataclass

from django.db.models import F, Max, OuterRef, Subquery, Sum
from django.utils import timezone

from home.ticks import tick
from search.models import SearchedWords
from search.query import Words

# Seconds between two writes of a process, and how many different words it holds.
EVERY, MOST = 60, 2_000
# What fewer people looked for is not shown (small cells); a name is seldom asked.
FEWEST = 5
KEPT_DAYS = 180
# Five digits may be a telephone or identity number, "@" an address: never kept.
_PERSONAL = re.compile(r"@|(?:[0-9][^0-9]{0,2}){5}")


@dataclass
class _Count:
    asked: int = 0
    found: int = 0


_counts: dict[tuple[dt.date, str], _Count] = {}
_lock = threading.Lock()
_written_at = time.monotonic()


def note(words: Words, found: int) -> None:
    """Counts a search of `words` that found so much; writes when a minute is over."""
    said = " ".join(term.folded for term in words.terms)
    if not said or _PERSONAL.search(said):
        return
    with _lock:
        key = (timezone.localdate(), said)
        if key in _counts or len(_counts) < MOST:
            count = _counts.setdefault(key, _Count())
            count.asked, count.found = count.asked + 1, found
    if time.monotonic() - _written_at > EVERY:
        write_down()


def write_down() -> None:
    """Adds what this process counted to the table."""
    global _written_at
    with _lock:
        counts = dict(_counts)
        _counts.clear()
        _written_at = time.monotonic()
    for (day, words), count in sorted(counts.items()):
        row = SearchedWords(day=day, words=words, asked=0, found=count.found)
        SearchedWords.objects.bulk_create([row], ignore_conflicts=True)
        SearchedWords.objects.filter(day=day, words=words).update(
            asked=F("asked") + count.asked, found=count.found
        )


@tick
def forget_old() -> None:
    """Older than half a year."""
    before = timezone.localdate() - dt.timedelta(days=KEPT_DAYS)
    SearchedWords.objects.filter(day__lt=before).delete()


def looked_for(days: int):
    """Rows `words`, `asked`, `last`, `found` (at the last search) of so many days up to
    today, what was asked most first; without what fewer than `FEWEST` asked."""
    since = timezone.localdate() - dt.timedelta(days=days - 1)
    latest = SearchedWords.objects.filter(words=OuterRef("words")).order_by("-day")
    return (
        SearchedWords.objects.filter(day__gte=since)
        .values("words")
        .annotate(
            times=Sum("asked"),
            last=Max("day"),
            results=Subquery(latest.values("found")[:1]),
        )
        .filter(times__gte=FEWEST)
        .order_by("-times", "words")
    )
