"""ETag and Last-Modified of a feed, and when "304 Not Modified" is the truth.

Both come from the feed's versions and from the day, because the window of days
moves at midnight without anybody publishing; the tag comes from the feed's head as
well. Thunderbird and Evolution ask by If-None-Match, Apple by If-Modified-Since.
"""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import parse_etags, parse_http_date_safe

from activities.feeds.document import Head
from activities.feeds.feeds import Feed
from activities.feeds.window import Window
from activities.models import FeedVersion

# When what is written here or in `vevent` last changed: such a change is news too.
PROFILE_SINCE = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
# Proxies that compress mark the tag as weak or add what they did.
_CHANGED_BY_PROXY = re.compile(r"[-;](gzip|br|zstd|deflate)$")


@dataclass(frozen=True)
class Validators:
    """`modified_at` is None where a date of one second could not tell changes apart."""

    tag: str
    modified_at: dt.datetime | None

    def etag(self, encoding: str = "") -> str:
        """Strong, so another one for the same feed compressed."""
        return f'"{self.tag}-{encoding}"' if encoding else f'"{self.tag}"'

    def hold(self, request: HttpRequest) -> bool:
        """Whether what the reader has is what we would send.

        The date must be the very one we gave: a reader that sends its own clock
        would otherwise never see a change of the second it asked in.
        """
        if tags := request.headers.get("If-None-Match"):
            return tags.strip() == "*" or self.tag in map(_bare, parse_etags(tags))
        since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
        date = self.modified_at and int(self.modified_at.timestamp())
        return since is not None and since == date


def validators(feed: Feed, head: Head, window: Window) -> Validators:
    """From the versions of the feed (one query), its head, the day, and what every
    feed says.

    Renaming a node changes heads alone; it grows their versions all the same
    (`versions.grow_below`), for those who ask by the date.

    A private feed follows several versions at once, and the youngest of several
    times may stay the same when one of them changes: it has a tag only.
    """
    rows = FeedVersion.objects.filter(scope__in=feed.scopes).order_by("scope")
    rows = list(rows.values_list("scope", "number", "modified_at"))
    numbers = [(scope, number) for scope, number, _moment in rows]
    moments = [moment for _scope, _number, moment in rows]
    here = (head, feed.also, window.today)
    said = (numbers, here, PROFILE_SINCE, *_written_in_every_feed())
    return Validators(
        tag=hashlib.blake2b(repr(said).encode(), digest_size=12).hexdigest(),
        modified_at=None
        if feed.is_private
        else max(window.began_at, PROFILE_SINCE, *moments),
    )


def _written_in_every_feed() -> tuple:
    return settings.BASE_URL, settings.SITE_NAME, settings.CITY_NAME


def _bare(tag: str) -> str:
    return _CHANGED_BY_PROXY.sub("", tag.removeprefix("W/").strip('"'))
