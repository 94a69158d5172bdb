"""A Django of its own for a measure, and the clocks it reads."""

import contextlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextlib.contextmanager
def site(vendor: str) -> Iterator[str]:
    """Django on an empty, migrated database of `vendor`; yields its URL.

    "opensearch" is SQLite with a search cluster of one node. Once a process: Django
    cannot be set up twice.
    """
    with _database(vendor) as url:
        os.environ["DATABASE_URL"] = url
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
        sys.path.insert(1, str(ROOT / "site"))
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield url


@contextlib.contextmanager
def _database(vendor: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        if vendor == "sqlite":
            yield f"sqlite:///{folder}/bench.sqlite3"
            return
        if vendor == "opensearch":
            from tests.opensearch_node import opensearch

            with opensearch(Path(folder)) as node:
                os.environ["SEARCH_URL"] = f"opensearch://{node.address}/bench"
                yield f"sqlite:///{folder}/bench.sqlite3"
            return
        from tests import services

        with services.postgresql(Path(folder)) as url:
            yield url


def seconds(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def percentiles(function: Callable[[], object], times: int = 50) -> dict[str, float]:
    """Milliseconds of `times` calls after one that warms up: p50, p95, worst."""
    function()
    return _spread(seconds(function) * 1000 for _ in range(times))


def asked(queries: list[str], search: Callable, times: int) -> dict[str, float]:
    """Milliseconds over `times` rounds of all `queries` after one that warms up."""
    for query in queries:
        search(query)
    rounds = queries * times
    return _spread(seconds(lambda q=query: search(q)) * 1000 for query in rounds)


def _spread(milliseconds: Iterable[float]) -> dict[str, float]:
    taken = sorted(milliseconds)
    return {
        "p50": statistics.median(taken),
        "p95": taken[int(len(taken) * 0.95)],
        "worst": taken[-1],
    }


def show(words: str, **numbers: float) -> None:
    cells = "  ".join(f"{name} {value:,.2f}" for name, value in numbers.items())
    sys.stdout.write(f"{words:<52} {cells}\n")
    sys.stdout.flush()
