"""Sessions in the calendar's words: filtered, sorted and paged in SQL."""

import datetime as dt
import unicodedata

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from activities.availability import open_q
from activities.states import SessionStatus
from activities.vocabulary import Delivery
from home.vocabulary import Audience

# No session is longer (see `Schedule.duration_minutes`), so "not over yet" can
# look at the indexed start.
LONGEST = dt.timedelta(days=1)
MAX_WORDS = 6


class SessionQuerySet(models.QuerySet):
    """Every method narrows; none sorts but by the model's own order (start, pk)."""

    def public(self):
        """What anybody may see: sessions of live activities, cancelled ones too."""
        return self.filter(is_public=True)

    def changed(self):
        """Not as usual: cancelled, at another time, or in another room."""
        elsewhere = ~Q(activity__delivery=Delivery.ONLINE) & ~Q(
            venue__in=("", F("activity__venue"))
        )
        return self.filter(
            Q(status=SessionStatus.CANCELLED) | Q(is_moved=True) | elsewhere
        )

    def scheduled(self):
        """Without the cancelled ones."""
        return self.filter(status=SessionStatus.SCHEDULED)

    def upcoming(self, at):
        """Not over at `at`, an aware moment."""
        return self.filter(starts_at__gt=at - LONGEST, ends_at__gt=at)

    def between(self, start, end):
        """Starting from `start` up to but not at `end`, both aware moments."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def under(self, node):
        """At `node` or anywhere below it."""
        return self.within(node.path)

    def within(self, path: str):
        """At the node of this tree path or below: `under` without the row at hand.

        A range, not LIKE: it uses the index whatever the collation, and every path
        below continues with steps smaller than ZZZZ.
        """
        return self.filter(node_path__range=(path, f"{path}ZZZZ"))

    def for_theme(self, *themes):
        """Of any of these themes."""
        return self.filter(theme__in=themes)

    def for_audience(self, *audiences):
        """Meant for any of these audiences by name; "for everybody" is not a name."""
        bits = F("audience_mask").bitand(Audience.mask(audiences))
        return self.alias(wanted_audiences=bits).filter(wanted_audiences__gt=0)

    def matching(self, text: str):
        """Whose activity has every word in title or summary, in any language."""
        found = self
        for word in words_of(text):
            found = found.filter(_says(word))
        return found

    def open_for_registration(self, *, at):
        """Not over or cancelled, with a place or a waiting list one can still join."""
        return self.filter(
            open_q(at, prefix="run__"),
            status=SessionStatus.SCHEDULED,
            ends_at__gt=at,
        )

    def with_activity(self):
        """With what a row of a list shows: the activity and its run, in one query."""
        return self.select_related("activity__locale", "run")


def words_of(text: str) -> list[str]:
    """The words looked for: full-width letters folded, at most six."""
    return unicodedata.normalize("NFKC", text).split()[:MAX_WORDS]


def _says(word: str) -> Q:
    said = Q(title__icontains=word) | Q(summary__icontains=word)
    pages = apps.get_model("activities.ActivityPage").objects.live().filter(said)
    return Q(activity__translation_key__in=pages.values("translation_key"))
