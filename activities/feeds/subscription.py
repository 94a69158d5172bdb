"""What somebody wants to subscribe to, read from an address that can be passed on."""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activities.calendar_places import PlaceChoice, choose
from activities.feeds.feeds import address_of
from activities.models import ActivityPage, Session
from activities.querysets import SessionQuerySet
from activities.rows import pages_for_reader
from home.levels import Level
from home.network import full_name
from home.vocabulary import Theme

WEEKS = 4


@dataclass(frozen=True)
class Subscription:
    """One activity, or a place and a theme; either may be everything."""

    place: PlaceChoice
    theme: Theme | None = None
    activity: ActivityPage | None = None
    notices: list[str] = field(default_factory=list)

    @cached_property
    def name(self) -> str:
        """How the choice is said in a heading."""
        if self.activity:
            pages = pages_for_reader([self.activity], get_language())
            return pages[self.activity.pk].title
        place = self.place.name if self._node else _("全市")
        words = {"place": place, "theme": self.theme and self.theme.label}
        if self.theme:
            return _("%(place)s的“%(theme)s”活动") % words
        return _("%(place)s的全部活动") % words

    @property
    def place_line(self) -> str:
        """Where the place is: names of villages and townships repeat."""
        if self.activity or self._node is None:
            return ""
        return full_name(self._node, self.place.chain[:-1])

    @property
    def feed(self) -> str:
        """The absolute address of the feed."""
        if self.activity:
            return address_of("feed_activity", self.activity.pk)
        if self._node:
            arguments = [self._node.pk, *([self.theme.value] if self.theme else [])]
            name = "feed_node_theme" if self.theme else "feed_node"
            return address_of(name, *arguments)
        if self.theme:
            return address_of("feed_theme", self.theme.value)
        return address_of("feed_city")

    @property
    def page(self) -> str:
        """The absolute address of this page with the same choice: what the QR holds,
        because most phones can do nothing with a feed they scan."""
        query = {
            "activity": self.activity and self.activity.pk,
            "place": self._node and self._node.pk,
            "theme": self.theme and self.theme.value,
        }
        query = urlencode({key: value for key, value in query.items() if value})
        address = settings.BASE_URL.rstrip("/") + reverse("subscribe")
        return f"{address}?{query}" if query else address

    @property
    def per_week(self) -> int:
        """Sessions a week on average over the next four, rounded up. One query."""
        now = timezone.now()
        coming = self._sessions().scheduled().upcoming(now)
        count = coming.filter(starts_at__lt=now + dt.timedelta(weeks=WEEKS)).count()
        return -(-count // WEEKS)

    @property
    def _node(self):
        """The place, unless it is the whole city: that has a feed of its own."""
        node = self.place.node
        return None if node is None or node.level == Level.CITY_CENTRE else node

    def _sessions(self) -> SessionQuerySet:
        sessions = Session.objects.public()
        if self.activity:
            return sessions.filter(activity=self.activity)
        if self._node:
            sessions = sessions.under(self._node)
        return sessions.for_theme(self.theme) if self.theme else sessions


def wanted(query) -> Subscription:
    """The subscription a query string asks for.

    `query` is a QueryDict with `activity`, `place` (or `node`) and `theme`, each
    optional. What is not known is left out and said in `notices`.
    """
    notices: list[str] = []
    activity = _activity(query.get("activity", ""), notices)
    place = choose(query.getlist("place") + query.getlist("node"))
    if place.is_unknown:
        notices.append(_("没有找到这个地方，请在下面重新选。"))
    theme = query.get("theme", "")
    if theme and theme not in Theme.values:
        notices.append(_("没有这一类内容，下面是全部内容。"))
    known = Theme(theme) if theme in Theme.values else None
    return Subscription(place, known, activity, notices)


def _activity(value: str, notices: list[str]) -> ActivityPage | None:
    if not value:
        return None
    found = None
    if re.fullmatch(r"[0-9]{1,9}", value):
        found = ActivityPage.objects.live().filter(pk=value).first()
    if found is None:
        notices.append(_("没有找到这个活动，它可能已经撤下。"))
    return found and found.original
