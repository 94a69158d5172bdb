"""CPU of a feed: joined from stored texts, rendered anew, and answered by 304.

    python -m bench.bench_feeds [sessions]

The times are CPU of this
process through the whole middleware, best of several; the ratios hold on any machine.
"""

import datetime as dt
import sys
import time

from bench.measure import site

ROUNDS = 7


def build(count: int):
    """One activity a day of `count` sessions in all, from today on."""
    from django.utils import timezone

    from activities.feeds import fragments, versions
    from activities.models import Session
    from tests.factories import ActivityPageFactory, small_network

    net = small_network()
    now = timezone.now().replace(hour=1, minute=0, second=0, microsecond=0)
    days = 170
    for number in range(-(-count // days)):
        activity = ActivityPageFactory(
            parent=net.village,
            title=f"书法班第{number}期",
            summary="从握笔开始，带毛笔就行。" * 3,
            venue="二楼 203 教室",
        )
        left = min(days, count - number * days)
        starts = [now + dt.timedelta(days=day + 1) for day in range(left)]
        sessions = Session.objects.bulk_create(
            Session(
                activity=activity,
                original_date=start.date(),
                starts_at=start,
                ends_at=start + dt.timedelta(minutes=90),
                node_path=net.village.path,
                theme=activity.theme,
                created_at=now,
                modified_at=now,
            )
            for start in starts
        )
        fragments.refresh(sessions)
    versions.grow_for_activity(activity)
    return net


def milliseconds(act) -> float:
    """CPU of one call, the best of several."""
    best = float("inf")
    for _round in range(ROUNDS):
        began = time.process_time()
        act()
        best = min(best, time.process_time() - began)
    return best * 1000


def measure(path: str) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from activities.feeds.fragments import rendered
    from activities.models import Session

    client = Client()
    first = client.get(path)
    kept = {"If-None-Match": first["ETag"]}
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path, headers=kept)
    queries = len(asked)
    assert answer.status_code == 304, answer.status_code  # noqa: S101
    gzip = {"Accept-Encoding": "gzip"}
    packed = client.get(path, headers=gzip)
    joined = milliseconds(lambda: client.get(path))
    compressed = milliseconds(lambda: client.get(path, headers=gzip))
    unchanged = milliseconds(lambda: client.get(path, headers=kept))
    sessions = list(Session.objects.all())
    anew = milliseconds(lambda: rendered(sessions))
    events = first.content.count(b"BEGIN:VEVENT")
    print(f"events in the feed          {events:8d}")
    print(f"size                        {len(first.content) / 1000:8.0f} kB")
    print(f"compressed                  {len(packed.content) / 1000:8.0f} kB")
    print(f"joined from stored texts    {joined:8.1f} ms CPU")
    print(f"joined and compressed       {compressed:8.1f} ms CPU")
    print(f"304                         {unchanged:8.1f} ms CPU, {queries} queries")
    print(f"all texts rendered anew     {anew:8.1f} ms CPU")
    print(f"ratio anew / joined         {anew / joined:8.1f}")
    print(f"ratio joined / 304          {joined / unchanged:8.1f}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with site("sqlite"):
        net = build(count)
        measure(f"/feeds/node/{net.county.pk}.ics")


if __name__ == "__main__":
    main()
