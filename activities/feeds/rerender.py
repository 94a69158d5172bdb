"""Renders every stored text anew once what settings put into all of them differs.

A stored text holds the site's address and the domain of its UIDs. Which ones, and in
which form, is remembered as a digest in the number of one `FeedVersion`.
"""

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from activities.feeds import fragments, versions
from activities.feeds.validators import PROFILE_SINCE
from activities.models import FeedVersion, Session
from home.ticks import tick

BASE = "base"
BATCH = 500


@tick
def catch_up() -> bool:
    """Whether the texts were of another address and have been rendered; one small
    query where they were not.

    One that is killed half way begins again: what it rendered costs no second write.
    """
    known = FeedVersion.objects.filter(scope=BASE).values_list("number", flat=True)
    if known.first() == _written_with():
        return False
    rerender()
    return True


def rerender() -> int:
    """Renders all sessions in batches, each a transaction of its own, then makes
    every feed a new version; returns how many sessions there were."""
    written_with = _written_with()
    count = 0
    for pks in _batches():
        with transaction.atomic():
            locked = Session.objects.select_for_update(of=("self",)).order_by("pk")
            fragments.refresh(locked.filter(pk__in=pks))
        count += len(pks)
    with transaction.atomic():
        feeds = FeedVersion.objects.exclude(scope=BASE)
        versions.grow(feeds.values_list("scope", flat=True))
        FeedVersion.objects.update_or_create(
            scope=BASE,
            defaults={"number": written_with, "modified_at": timezone.now()},
        )
    return count


def _batches() -> Iterator[list[int]]:
    pks = list(Session.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]


def _written_with() -> int:
    said = repr((settings.BASE_URL, settings.UID_DOMAIN, PROFILE_SINCE))
    digest = hashlib.blake2b(said.encode(), digest_size=7).digest()
    return int.from_bytes(digest, "big")
