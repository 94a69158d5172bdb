"""Which days a feed shows, and when its validators must move with them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from activities.states import SessionStatus
from home.dates import SHANGHAI

DAYS_BACK = 14
DAYS_AHEAD = 180


@dataclass(frozen=True)
class Window:
    """Whole days of Shanghai, counted from `today`; both ends belong to it."""

    today: dt.date

    @classmethod
    def now(cls) -> "Window":
        return cls(timezone.localdate(timezone=SHANGHAI))

    @property
    def first(self) -> dt.date:
        return self.today - dt.timedelta(days=DAYS_BACK)

    @property
    def last(self) -> dt.date:
        return self.today + dt.timedelta(days=DAYS_AHEAD)

    @property
    def began_at(self) -> dt.datetime:
        """When this window became the window: midnight of today."""
        return midnight(self.today)

    def of(self, sessions: QuerySet, *, since: dt.date | None = None) -> QuerySet:
        """Those of the window; a cancelled one until the end of its day."""
        gone = Q(status=SessionStatus.CANCELLED, starts_at__lt=midnight(self.today))
        start = midnight(since or self.first)
        end = midnight(self.last + dt.timedelta(days=1))
        return sessions.between(start, end).exclude(gone).order_by("starts_at", "pk")


def midnight(day: dt.date) -> dt.datetime:
    """The moment `day` begins in Shanghai."""
    return dt.datetime.combine(day, dt.time(), tzinfo=SHANGHAI)
