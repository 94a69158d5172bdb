"""A repository of another platform, asked by OAI-PMH 2.0.

Not by `sickle` (which proves our provider in the tests): its last release is of 2020,
its parser mends broken XML silently and takes document types, it sleeps through
Retry-After in the worker, reads answers of any size, follows redirects anywhere, and
keeps the token of a long list to itself.
"""

import datetime as dt
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from django.utils import timezone

from courses_catalog.fetching import Answer, Limits, Unreachable, fetch
from courses_catalog.harvesting.answers import (
    ListPage,
    Unreadable,
    read_identify,
    read_page,
)
from courses_catalog.models import AllianceMember

BY_DAY, BY_SECOND = "YYYY-MM-DD", "YYYY-MM-DDThh:mm:ssZ"
# 503 is the protocol's own word for "later"; others pass by themselves too.
PASSING = (429, 500, 502, 503, 504)
LIMITS = Limits(seconds=60, bytes=8 * 1024 * 1024)
LONGEST_WAIT = dt.timedelta(days=1)


class Later(Exception):
    """Not now: `wait` is what the repository asked for, None where it did not say."""

    def __init__(self, reason: str, wait: dt.timedelta | None = None):
        super().__init__(reason)
        self.wait = wait


class Failed(Exception):
    """Asking again would be answered the same."""


@dataclass(frozen=True)
class Repository:
    member: AllianceMember

    def granularity(self) -> str:
        """How finely it takes `from`; raises Failed where it speaks another version."""
        said = read_identify(*self._asked(verb="Identify"))
        if said.get("protocolVersion") != "2.0":
            raise Failed("The repository does not speak version 2.0.")
        return BY_SECOND if said.get("granularity") == BY_SECOND else BY_DAY

    def page(self, *, token: str = "", since: str = "") -> ListPage:
        """The next page of the list, or the first one where there is no token."""
        if token:
            return read_page(*self._asked(verb="ListRecords", resumptionToken=token))
        member = self.member
        arguments = {"verb": "ListRecords", "metadataPrefix": member.harvest_prefix}
        arguments |= {"from": since} if since else {}
        arguments |= {"set": member.harvest_set} if member.harvest_set else {}
        return read_page(*self._asked(**arguments))

    def _asked(self, **arguments) -> tuple[bytes, str]:
        """Body and content type of an answer with 200."""
        base = self.member.harvest_url
        url = f"{base}{'&' if '?' in base else '?'}{urlencode(arguments)}"
        headers = {"Accept": "text/xml, application/xml"}
        if self.member.harvest_token:
            headers["Authorization"] = f"Bearer {self.member.harvest_token}"
        try:
            answer = fetch(url, headers=headers, limits=LIMITS)
        except Unreachable as error:
            raise Later(str(error)) from error
        if answer.status in PASSING:
            raise Later(f"HTTP {answer.status}", _retry_after(answer))
        if answer.status != 200:
            raise Failed(f"HTTP {answer.status}")
        if not answer.body.strip():
            raise Unreadable("The answer is empty.")
        return answer.body, answer.headers.get("content-type", "")


def _retry_after(answer: Answer) -> dt.timedelta | None:
    """As many seconds, or until a date; never longer than a day."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return min(dt.timedelta(seconds=min(int(said), 10**6)), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
    return max(dt.timedelta(0), min(until - timezone.now(), LONGEST_WAIT))


def since_of(moment: dt.datetime, granularity: str) -> str:
    """`moment` as the repository takes it."""
    utc = moment.astimezone(dt.UTC)
    if granularity == BY_SECOND:
        return utc.strftime("%Y-%m-%dT%H:%M:%SZ")
    return utc.strftime("%Y-%m-%d")
