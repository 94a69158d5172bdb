"""Looks whether the addresses of resources still answer, at a gentle pace.

A turn a minute asks every host once at most, HEAD first. An address is asked once a
week; one that failed is asked again after a day, and only when it fails then too is it
called broken. What answers 401, 403 or 429 is there, if not for us: some sites turn
programs away that show their pages to people.
"""

import datetime as dt
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db.models import Min, Q
from django.utils import timezone
from django_tasks import task

from courses_catalog.fetching import Limits, Unreachable, fetch
from courses_catalog.models import LinkCheck, Resource
from home.ticks import tick

HOSTS_A_TURN = 15
TURN_SECONDS, DAY_SECONDS = 55, 24 * 3600
LIMITS = Limits(seconds=15, bytes=64 * 1024, patience=10)
SOUND_FOR = dt.timedelta(days=7)
FAILED_FOR = dt.timedelta(days=1)
TURNED_AWAY = (401, 403, 407, 429)
BATCH = 500


@tick
def look_at_links() -> None:
    """Once a minute for all processes that share a cache."""
    if cache.add("links-looked-at", True, TURN_SECONDS) and _due().exists():
        look_later.enqueue()
    if cache.add("links-gathered", True, DAY_SECONDS):
        gather_later.enqueue()


@task(queue_name="outside")
def look_later() -> None:
    look()


@task(queue_name="outside")
def gather_later() -> None:
    gather()


def gather() -> None:
    """A row for each address that published resources point at, and no other."""
    live = Resource.objects.filter(live=True).exclude(link="")
    pointed_at = live.order_by().values("link").distinct()
    LinkCheck.objects.exclude(url__in=pointed_at).delete()
    known = LinkCheck.objects.values("url")
    missing = pointed_at.exclude(link__in=known).values_list("link", flat=True)
    rows = (LinkCheck(url=url, host=_host(url)) for url in missing.iterator())
    LinkCheck.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "")[:255]
    except ValueError:
        return ""


def _due():
    now = timezone.now()
    is_due = (
        Q(checked_at=None)
        | Q(failing_since=None, checked_at__lt=now - SOUND_FOR)
        | Q(failing_since__isnull=False, checked_at__lt=now - FAILED_FOR)
    )
    # whether we answer ourselves is asked elsewhere
    return LinkCheck.objects.filter(is_due).exclude(host=_host(settings.BASE_URL))


def look() -> int:
    """At one address of each of some hosts, for a minute; how many were looked at."""
    until, count = time.monotonic() + TURN_SECONDS, 0
    firsts = _due().order_by().values("host").annotate(first=Min("pk"))
    pks = [each["first"] for each in firsts[:HOSTS_A_TURN]]
    for check in LinkCheck.objects.filter(pk__in=pks):
        if time.monotonic() > until:
            break
        count += _look_at(check)
    return count


def _look_at(check: LinkCheck) -> bool:
    now = timezone.now()
    same = LinkCheck.objects.filter(pk=check.pk, checked_at=check.checked_at)
    # claimed before it is asked: another worker leaves it alone
    if not same.update(checked_at=now):
        return False
    status = status_of(check.url)
    since = None if is_there(status) else check.failing_since or now
    is_broken = since is not None and now - since >= FAILED_FOR
    LinkCheck.objects.filter(pk=check.pk).update(
        status=status, failing_since=since, is_broken=is_broken
    )
    return True


def status_of(url: str) -> int:
    """Of the answer at the end of all redirects; 0 where nobody answers."""
    status = _asked(url, "HEAD")
    # many servers know no HEAD, or answer it wrongly
    return status if is_there(status) else _asked(url, "GET")


def _asked(url: str, method: str) -> int:
    try:
        return fetch(url, method=method, limits=LIMITS, cut_short=True).status
    except Unreachable:
        return 0


def is_there(status: int) -> bool:
    return 200 <= status < 400 or status in TURNED_AWAY
