"""The names of the places sessions happen at, many at once."""

from collections.abc import Iterable

from home.models import NetworkNodePage
from home.network import full_name

STEP = NetworkNodePage.steplen


def names_of(paths: Iterable[str], within: str = "") -> dict[str, str]:
    """The full name of the node at each tree path: one query for all of them.

    A path where no node stands (any more) is left out. Where the reader is at the
    node of the tree path `within` already, only the way from there on is named.
    """
    wanted = set(paths)
    steps = {step for path in wanted for step in steps_of(path)}
    found = NetworkNodePage.objects.filter(path__in=steps)
    nodes = {
        node.path: node for node in found.only("path", "title", "short_name", "level")
    }
    return {
        path: full_name(nodes[path], _above(path, nodes, within))
        for path in wanted - {within}
        if path in nodes
    }


def steps_of(path: str) -> list[str]:
    """The tree paths on the way down to `path`, itself the last."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


def _above(path: str, nodes: dict, within: str) -> list:
    known = set(steps_of(within))
    steps = [step for step in steps_of(path)[:-1] if step not in known]
    return [nodes[step] for step in steps if step in nodes]
