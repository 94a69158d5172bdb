"""Sets to harvest by: node:<key>:<key>… down the network, theme:<name>,
series:<key>."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses_catalog.models import (
    AnnouncedKind,
    AnnouncedRecord,
    AnnouncedState,
    Series,
)
from courses_catalog.oai.errors import ProtocolError
from home.models import NetworkNodePage
from home.vocabulary import Theme

_MOST_DIGITS = 18
ROOTS = {"node": _("网点"), "theme": _("主题"), "series": _("系列课程")}


def shown_series(*, for_member: bool):
    states = [AnnouncedState.PUBLIC]
    if for_member:
        states.append(AnnouncedState.ALLIANCE)
    return AnnouncedRecord.objects.filter(kind=AnnouncedKind.SERIES, state__in=states)


def in_set(spec: str, *, for_member: bool) -> Q:
    """What belongs to the set; nothing belongs to one that does not exist."""
    root, _colon, rest = spec.partition(":")
    if root not in ROOTS:
        return Q(pk__in=[])
    if not rest:
        return {"node": Q(node__isnull=False), "theme": ~Q(theme="")}.get(
            root, ~Q(series="")
        )
    if root == "theme":
        return Q(theme=rest)
    if not all(part.isascii() and part.isdecimal() for part in rest.split(":")):
        raise ProtocolError("badArgument", "There is no such set.")
    if root == "node":
        return _in_node(spec)
    if len(rest) > _MOST_DIGITS or not _is_shown(int(rest), for_member=for_member):
        return Q(pk__in=[])
    return Q(series__contains=f" {int(rest)} ")


def _is_shown(number: int, *, for_member: bool) -> bool:
    return shown_series(for_member=for_member).filter(number=number).exists()


def _in_node(spec: str) -> Q:
    last = spec.rpartition(":")[2]
    node = None
    if len(last) <= _MOST_DIGITS:
        node = NetworkNodePage.objects.filter(pk=int(last)).only("path").first()
    if node is None or node_specs([node.path]).get(node.path) != spec:
        return Q(pk__in=[])
    return Q(node__path__startswith=node.path)


def node_specs(paths) -> dict[str, str]:
    """The set of each tree path, named by the keys of the nodes down to it."""
    step = NetworkNodePage.steplen
    ways = {
        path: [path[:end] for end in range(step, len(path) + 1, step)] for path in paths
    }
    wanted = {each for way in ways.values() for each in way}
    nodes = NetworkNodePage.objects.filter(path__in=wanted).order_by()
    keys = dict(nodes.values_list("path", "pk"))
    return {
        path: ":".join(["node", *(str(keys[each]) for each in way if each in keys)])
        for path, way in ways.items()
    }


def all_sets(*, for_member: bool) -> list[tuple[str, str]]:
    """Every set with its name, always in the same order."""
    nodes = dict(
        NetworkNodePage.objects.originals()
        .live()
        .order_by("path")
        .values_list("path", "title")
    )
    specs = node_specs(nodes)
    numbers = shown_series(for_member=for_member).values("number")
    series = Series.objects.filter(pk__in=numbers).order_by("pk")
    return [
        *((root, str(name)) for root, name in ROOTS.items()),
        *((f"theme:{value}", str(label)) for value, label in Theme.choices),
        *((f"series:{pk}", title) for pk, title in series.values_list("pk", "title")),
        *((specs[path], title) for path, title in nodes.items()),
    ]
