"""Search in a large catalogue: building the index, and asking it in every stage.

    python -m bench.bench_search [courses [engine …]]

100,000 courses on every engine, unless told. Each query is asked plainly (facets are
always counted) and narrowed by a theme, a county and an audience. Beside it, in the
same run, Wagtail's own backend for databases without full-text search
(`database.fallback`) on the same rows, in title and summary: one page of 20 and the
count. It looks for substrings, counts no facets and knows no pinyin, so on the
queries that need it, it finds nothing, and that is what is timed.
"""

import subprocess
import sys

from bench import catalogue
from bench.measure import ROOT, asked, seconds, show, site

COURSES = 100_000
ENGINES = ("sqlite", "postgresql", "opensearch")
TIMES = 5


def main() -> None:
    count, *engines = sys.argv[1:] or [str(COURSES)]
    if len(engines) == 1:
        measure(engines[0], int(count))
        return
    for engine in engines or ENGINES:
        subprocess.run(
            [sys.executable, "-m", "bench.bench_search", count, engine], check=True
        )


def measure(engine: str, count: int) -> None:
    with site(engine):
        from django.core.management import call_command

        from search.rebuild import rebuild

        source = str(ROOT / "home" / "demo" / "jiujiang_divisions.csv")
        call_command("import_network", source, verbosity=0)
        catalogue.fill(count)
        built = seconds(rebuild)
        show(f"{engine}: rebuild", courses=count, s=built, per_s=count / built)
        fallback, narrowed = _fallback(), _narrowed()
        _query("书法")  # dictionaries are read once a process
        for name, queries in catalogue.queries().items():
            ours = asked(queries, _query, TIMES)
            narrow = asked(queries, lambda typed: _query(typed, narrowed), TIMES)
            stock = asked(queries, fallback, 1)
            found = [sum(_query(q).total for q in queries) / len(queries)]
            found += [sum(fallback(q)[0] for q in queries) / len(queries)]
            show(f"{engine}: {name}, ms", **ours)
            show(f"{engine}: {name}, narrowed, ms", **narrow)
            show(f"{engine}: {name}, Wagtail's fallback, ms", **stock)
            show("found on average", index=found[0], fallback=found[1])
            show("ratio: fallback / index", ratio=stock["p50"] / ours["p50"])
        every = [q for queries in catalogue.queries().values() for q in queries]
        show(f"{engine}: all queries, ms", **asked(every, _query, TIMES))


def _narrowed():
    """The oldest and commonest choices: a theme, a county, an audience."""
    from home.models import NetworkNodePage
    from search.engines.base import Filters

    county = NetworkNodePage.objects.get(division_code="360402000000")
    chosen = {"theme": ("civic",), "audience": ("older_people",)}
    return Filters(chosen, places=(county.path,))


def _query(typed: str, filters=None):
    from django.utils import timezone

    from search import engines
    from search.engines.base import Filters, Query
    from search.joining import registrable_lately
    from search.query import read

    now = timezone.now()
    return engines.current().search(
        Query(
            words=read(typed),
            language="zh-hans",
            at=now,
            registrable=registrable_lately(now),
            filters=filters or Filters(),
        )
    )


def _fallback():
    """Asks Wagtail's backend for the number found and the first page."""
    from modelsearch.backends.database.fallback import DatabaseSearchBackend
    from wagtail.search import index

    from courses_catalog.models import Course

    class IndexedCourse(index.Indexed, Course):
        """The same rows, declared as the backend wants them."""

        search_fields = [
            index.SearchField("title"),
            index.SearchField("summary"),
            index.FilterField("live"),
        ]

        class Meta:
            proxy = True
            app_label = "courses_catalog"

    backend = DatabaseSearchBackend({})

    def asked(typed: str) -> list:
        found = backend.search(typed, IndexedCourse.objects.filter(live=True))
        return [found.count(), *found[:20]]

    return asked


if __name__ == "__main__":
    main()
