"""How many meetings a list, week or month shows, and how many one can go to."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.querysets import SessionQuerySet
from activities.states import SessionStatus


@dataclass(frozen=True)
class Shown:
    """`over` leaves out what was cancelled: each is counted once."""

    total: int
    cancelled: int
    over: int

    @property
    def words(self) -> str:
        """其中 2 场已经结束，1 场取消了。 Empty where all are still to come."""
        parts = [
            ngettext("%(count)d 场已经结束", "%(count)d 场已经结束", self.over)
            % {"count": self.over}
            if self.over
            else "",
            ngettext("%(count)d 场取消了", "%(count)d 场取消了", self.cancelled)
            % {"count": self.cancelled}
            if self.cancelled
            else "",
        ]
        said = _("，").join(part for part in parts if part)
        return _("其中 %(parts)s。") % {"parts": said} if said else ""


def shown(sessions: SessionQuerySet, *, at: dt.datetime) -> Shown:
    """In one query. `at` is the aware moment that parts what is over."""
    cancelled = Q(status=SessionStatus.CANCELLED)
    return Shown(
        **sessions.order_by().aggregate(
            total=Count("pk"),
            cancelled=Count("pk", filter=cancelled),
            over=Count("pk", filter=~cancelled & Q(ends_at__lte=at)),
        )
    )
