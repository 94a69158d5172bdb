"""What is on at the place a reader chose and, where that is little, around it."""

from dataclasses import dataclass

from django import template
from django.db.models import Case, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from activities.models import Session
from activities.rows import Row, rows
from home.levels import Level
from home.models import NetworkNodePage
from home.network import ancestors_of, full_name

register = template.Library()

SHOWN = 4
FEW = 6


@dataclass(frozen=True)
class Nearby:
    """`own` are of the place; `near` of `around`, the place above, None if enough.

    `name` says the place with those above it, "" without a chosen one.
    """

    name: str
    own: list[Row]
    around: NetworkNodePage | None
    near: list[Row]


@register.simple_tag
def whats_near(place, city) -> Nearby:
    """At most four queries; `place` may be None: then what is on in `city`."""
    sessions = Session.objects.public().upcoming(timezone.now()).with_activity()
    if place is None:
        shown = (sessions.under(city) if city else sessions)[:SHOWN]
        return Nearby("", _rows(shown), None, [])
    above = ancestors_of(place)
    own, around, near = _own_and_near(place, above, sessions)
    lines = _rows([*own, *near])
    name = full_name(place, above)
    return Nearby(name, lines[: len(own)], around, lines[len(own) :])


def _own_and_near(place, above, sessions):
    """Those of `place`, the place above they are few within, and others of that:
    the township before the county. A teaching point always has neighbours."""
    if not above:
        return list(sessions.under(place)[:SHOWN]), None, []
    own, near = [], []
    for around in above[:0:-1] or above:
        own, near = _of_both(place, sessions.under(around))
        if near or len(own) >= FEW:
            break
    if len(own) >= FEW and place.level != Level.TEACHING_POINT:
        return own[:SHOWN], None, []
    return own[:SHOWN], around, near[:SHOWN]


def _of_both(place, sessions):
    """The first of `place` and the first of the others, in one query."""
    here = Case(When(node_path__startswith=place.path, then=0), default=1)
    numbered = Window(RowNumber(), partition_by=[here], order_by=["starts_at", "pk"])
    found = sessions.annotate(elsewhere=here, number=numbered)
    picked = list(found.filter(number__lte=FEW).order_by("starts_at", "pk"))
    own = [one for one in picked if not one.elsewhere]
    return own, [one for one in picked if one.elsewhere]


def _rows(sessions) -> list[Row]:
    return rows(sessions, at=timezone.now())
