"""Where activities' nodes hang, read for many activities in one query."""

from collections.abc import Iterable

from activities.places import steps_of
from home.models import NetworkNodePage
from home.network import full_name


def nodes_above(paths: Iterable[str]) -> dict[str, NetworkNodePage]:
    """Every node at or above `paths`, by its own path."""
    wanted = {prefix for path in paths for prefix in steps_of(path)}
    nodes = NetworkNodePage.objects.filter(path__in=wanted)
    return {node.path: node for node in nodes}


def spelt_out(path: str, nodes: dict[str, NetworkNodePage]) -> str:
    """濂溪区 · 十里街道 · 濂溪社区教学点, from nodes already at hand."""
    line = [nodes[prefix] for prefix in steps_of(path) if prefix in nodes]
    return full_name(line[-1], line[:-1]) if line else ""
