"""Grows the versions a feed's ETag and Last-Modified come from.

A version grows in the transaction of the change itself. Its number comes from the
clock, so that two transactions which both add a scope never give it the same one;
its time grows by a second at least, because HTTP dates know nothing smaller.
"""

import datetime as dt
import time
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from activities.feeds.window import Window
from activities.models import ActivityPage, FeedVersion
from home.models import NetworkNodePage
from home.network import steps_of

CITY = "city"
SECOND = dt.timedelta(seconds=1)


def node_scope(pk: int) -> str:
    return f"node:{pk}"


def theme_scope(theme: str) -> str:
    return f"theme:{theme}"


def activity_scope(pk: int) -> str:
    return f"activity:{pk}"


def learner_scope(pk: int) -> str:
    return f"learner:{pk}"


def grow_for_activity(
    activity: ActivityPage, node_paths: Iterable[str] = (), themes: Iterable[str] = ()
) -> None:
    """Makes every feed that shows, or showed, `activity` a new version.

    `node_paths` and `themes` are where it stood before, when it was moved there from
    elsewhere; where it stands now is always included. Private feeds follow by the
    activity's own version.
    """
    node_paths = {activity.path[: -activity.steplen], *node_paths}
    scopes = {CITY, activity_scope(activity.pk)}
    scopes |= {theme_scope(theme) for theme in {activity.theme, *themes} if theme}
    scopes |= {node_scope(pk) for pk in _nodes_above(node_paths)}
    grow(scopes)


def grow_below(node: NetworkNodePage) -> None:
    """Makes the feeds of `node` and of all nodes below it new versions: each of them
    is headed by the names down to its own."""
    below = NetworkNodePage.objects.originals().descendant_of(node, inclusive=True)
    grow(node_scope(pk) for pk in below.values_list("pk", flat=True))


def grow_for_learners(learner_ids: Iterable[int]) -> None:
    """Makes their private feeds new versions; costs one look where there are none."""
    scopes = FeedVersion.objects.filter(
        scope__in=[learner_scope(pk) for pk in learner_ids]
    )
    grow(scopes.values_list("scope", flat=True))


def grow(scopes: Iterable[str]) -> None:
    """Adds or grows each scope; rows are locked in the order of their names."""
    scopes = sorted(scopes)
    if not scopes:
        return
    number = time.time_ns() // 1000
    # never the second in which the window moves: that time belongs to the window
    now = max(timezone.now(), Window.now().began_at + SECOND)
    with transaction.atomic():
        known = FeedVersion.objects.select_for_update().order_by("scope")
        known = {row.scope: row for row in known.filter(scope__in=scopes)}
        FeedVersion.objects.bulk_create(
            [_next(known.get(scope), scope, number, now) for scope in scopes],
            update_conflicts=True,
            unique_fields=["scope"],
            update_fields=["number", "modified_at"],
        )


def _next(row: FeedVersion | None, scope, number, now) -> FeedVersion:
    if row is not None:
        number = max(number, row.number + 1)
        now = max(now, row.modified_at + SECOND)
    return FeedVersion(scope=scope, number=number, modified_at=now)


def _nodes_above(paths: Iterable[str]) -> list[int]:
    above = {prefix for path in paths for prefix in steps_of(path)}
    return list(
        NetworkNodePage.objects.filter(path__in=above).values_list("pk", flat=True)
    )
