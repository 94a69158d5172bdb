"""One month of the calendar among 100,000 sessions, beside the query through pages."""

import datetime as dt
import random
import subprocess
import sys
from zoneinfo import ZoneInfo

from bench.measure import ROOT, percentiles, show, site

SESSIONS = 100_000
ACTIVITIES = 2_000
SHANGHAI = ZoneInfo("Asia/Shanghai")
START = dt.datetime(2027, 3, 1, tzinfo=SHANGHAI)
END = dt.datetime(2027, 4, 1, tzinfo=SHANGHAI)


def main() -> None:
    if len(sys.argv) > 1:
        measure(sys.argv[1])
        return
    for vendor in ("sqlite", "postgresql"):
        subprocess.run(
            [sys.executable, "-m", "bench.bench_calendar", vendor], check=True
        )


def measure(vendor: str) -> None:
    with site(vendor):
        from home.models import NetworkNodePage

        _fill()
        places = {
            "city": NetworkNodePage.objects.get(depth=3),
            "county": NetworkNodePage.objects.filter(depth=4).first(),
            "village": NetworkNodePage.objects.filter(depth=6).first(),
        }
        for name, node in places.items():
            fast = percentiles(lambda node=node: _by_sessions(node))
            slow = percentiles(lambda node=node: _by_pages(node), times=10)
            show(f"{vendor}: month of the {name}, ms", **fast)
            show(f"{vendor}: the same through the page tree, ms", **slow)
            show("ratio: page tree / sessions", ratio=slow["p50"] / fast["p50"])


def _by_sessions(node) -> list:
    from activities.models import Session

    return list(
        Session.objects.public().under(node).between(START, END).with_activity()[:200]
    )


def _by_pages(node) -> list:
    from activities.models import ActivityPage

    pages = ActivityPage.objects.descendant_of(node).live()
    return list(
        pages.filter(sessions__starts_at__gte=START, sessions__starts_at__lt=END)
        .order_by("sessions__starts_at")
        .values_list("pk", "title", "sessions__starts_at")[:200]
    )


def _fill() -> None:
    from django.core.management import call_command

    source = str(ROOT / "home" / "demo" / "jiujiang_divisions.csv")
    call_command("import_network", source, verbosity=0)
    _add_sessions(_add_activities())


def _add_activities() -> list:
    from django.db import transaction

    from activities.models import ActivityPage
    from home.models import NetworkNodePage
    from home.vocabulary import Theme

    villages = list(NetworkNodePage.objects.filter(depth=6)[:ACTIVITIES])
    pages = []
    with transaction.atomic():
        for number, village in enumerate(villages):
            page = ActivityPage(
                title=f"活动{number}",
                slug=f"bench-{number}",
                theme=list(Theme)[number % 5],
                starts_at=START,
            )
            pages.append(village.add_child(instance=page))
    return pages


def _add_sessions(pages: list) -> None:
    from activities.models import Session

    chance = random.Random(7)
    rows = [
        _session(page, number, chance)
        for page in pages
        for number in range(SESSIONS // len(pages))
    ]
    Session.objects.bulk_create(rows, batch_size=2000)


def _session(page, number: int, chance: random.Random):
    from activities.models import Session

    day = dt.timedelta(days=number * 7, hours=8 + chance.randrange(10))
    starts_at = START - dt.timedelta(days=100) + day
    return Session(
        activity=page,
        original_date=starts_at.date(),
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=90),
        node_path=page.path[:-4],
        theme=page.theme,
        created_at=START,
        modified_at=START,
    )


if __name__ == "__main__":
    main()
