"""What waits for a reviewer, in piles, with how many lie in each."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from courses_catalog.models import Nomination, NominationQuerySet
from courses_catalog.nominations.states import NominationStatus
from home.models import NodeRole, Role
from home.permissions import nodes_of


@dataclass
class Pile:
    key: str
    label: Promise
    nominations: NominationQuerySet

    @cached_property
    def count(self) -> int:
        return self.nominations.count()


def may_review(user) -> bool:
    """Editors and administrators; what they may decide, `rules` say."""
    is_administrator = user.is_active and user.is_superuser
    return is_administrator or bool(nodes_of(user, Role.EDITOR))


def hers(user) -> NominationQuerySet:
    """Of the subtrees she edits."""
    if user.is_active and user.is_superuser:
        return Nomination.objects.all()
    return Nomination.objects.under(nodes_of(user, Role.EDITOR))


def her_turn(user) -> NominationQuerySet:
    """Those that wait for her: at her own node, or where nobody else edits.

    Where somebody lower down has the turn, she may decide, and is not pressed to.
    """
    edited = NodeRole.objects.filter(role=Role.EDITOR, user__is_active=True)
    own = Q(turn__in=[node.pk for node in nodes_of(user, Role.EDITOR)])
    nobody_s = ~Q(turn__in=edited.exclude(user=user).values("node"))
    waiting = hers(user).in_review().exclude(user=user)
    return waiting.filter(_reached(user), own | nobody_s)


def _reached(user) -> Q:
    """Whose turn it is lies in her subtrees, not above them."""
    if user.is_superuser:
        return Q()
    reached = Q(pk__in=[])
    for node in nodes_of(user, Role.EDITOR):
        reached |= Q(turn__path__startswith=node.path)
    return reached


def piles(user) -> list[Pile]:
    """The oldest first where something is to be done, the newest where it is done."""
    own, turn = hers(user).with_places(), her_turn(user)
    others = own.in_review().exclude(pk__in=turn.values("pk"))
    returned = own.filter(status=NominationStatus.RETURNED)
    return [
        Pile("turn", _("等您审核"), turn.with_places().order_by("pk")),
        Pile("others", _("别人正在审核"), others.order_by("pk")),
        Pile("returned", _("等本人修改"), returned.order_by("pk")),
        Pile("closed", _("办完的"), own.closed().order_by("-closed_at", "-pk")),
    ]


def chosen(piles: list[Pile], key: str) -> Pile:
    return next((pile for pile in piles if pile.key == key), piles[0])
