"""Choosing a place without a list of 2,657: county, then township, then village.

Every select sends `place`; the deepest that still lies below the one before it
counts, so changing the county forgets the village of the old one.
"""

import re
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.levels import Level
from home.models import NetworkNodePage
from home.network import ancestors_of

LABELS = {
    Level.COUNTY_COLLEGE: gettext_lazy("县（市、区）"),
    Level.TOWNSHIP_SCHOOL: gettext_lazy("乡镇（街道）"),
    Level.TEACHING_POINT: gettext_lazy("村（社区）"),
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    selected: bool


@dataclass(frozen=True)
class Select:
    """One step of the chooser, as calendar_filter.html shows it."""

    id: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class PlaceChoice:
    """The chosen node (None: everywhere) with the way down to it, the city first."""

    node: NetworkNodePage | None = None
    chain: list[NetworkNodePage] = field(default_factory=list)
    is_unknown: bool = False

    @property
    def name(self) -> str:
        """The short name of the place, or that it is the whole city."""
        return self.node.short_name if self.node else _("全市")

    def selects(self) -> list[Select]:
        """The chooser's steps so far: one more than is chosen. One query."""
        at_level = {node.level: node for node in self.chain}
        options = list(_options(at_level))
        return [
            _select(level, options, at_level)
            for level in LABELS
            if any(option.level == level for option in options)
        ]


def choose(values: list[str]) -> PlaceChoice:
    """The place meant by the `place` values of an address: keys or division codes."""
    asked = [value.strip() for value in values]
    known = _known(asked)
    chosen = None
    for value in asked:
        node = known.get(value)
        if node is None:
            return _way_to(chosen, is_unknown=bool(value))
        if chosen is not None and not node.path.startswith(chosen.path):
            break
        chosen = node
    return _way_to(chosen)


def _way_to(node, *, is_unknown: bool = False) -> PlaceChoice:
    chain = [*ancestors_of(node), node] if node else []
    return PlaceChoice(node, chain, is_unknown)


def _known(values: list[str]) -> dict[str, NetworkNodePage]:
    keys = {value for value in values if re.fullmatch(r"[0-9]{1,9}", value)}
    codes = {value for value in values if re.fullmatch(r"[0-9]{12}", value)}
    if not keys | codes:
        return {}
    nodes = NetworkNodePage.objects.originals().live()
    found = nodes.filter(Q(pk__in=keys) | Q(division_code__in=codes))
    by_key = {str(node.pk): node for node in found}
    by_code = {node.division_code: node for node in found}
    return {value: by_key.get(value) or by_code.get(value) for value in values}


def _options(at_level: dict):
    """Counties, townships of the county chosen, villages of the township chosen."""
    wanted = Q(level=Level.COUNTY_COLLEGE)
    for level in (Level.COUNTY_COLLEGE, Level.TOWNSHIP_SCHOOL):
        if level in at_level:
            path = at_level[level].path
            wanted |= Q(level=level.below, path__range=(path, f"{path}ZZZZ"))
    nodes = NetworkNodePage.objects.originals().live().filter(wanted)
    return nodes.only("path", "short_name", "level").order_by("path")


def _select(level: Level, options: list, at_level: dict) -> Select:
    chosen = at_level.get(level)
    everywhere = _("全市") if level == Level.COUNTY_COLLEGE else _("全部")
    return Select(
        id=f"place-{level.value}",
        label=str(LABELS[level]),
        options=[
            Option("", everywhere, chosen is None),
            *(
                Option(str(node.pk), node.short_name, node == chosen)
                for node in options
                if node.level == level
            ),
        ],
    )
