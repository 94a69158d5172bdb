"""The names of the places sessions happen at, many at once."""

from collections.abc import Iterable

from home.models import NetworkNodePage
from home.network import full_name

STEP = NetworkNodePage.steplen


def names_of(paths: Iterable[str]) -> dict[str, str]:
    """The full name of the node at each tree path: one query for all of them.

    A path where no node stands (any more) is left out.
    """
    wanted = set(paths)
    steps = {step for path in wanted for step in steps_of(path)}
    found = NetworkNodePage.objects.filter(path__in=steps)
    nodes = {
        node.path: node for node in found.only("path", "title", "short_name", "level")
    }
    return {
        path: full_name(nodes[path], _above(path, nodes))
        for path in wanted
        if path in nodes
    }


def steps_of(path: str) -> list[str]:
    """The tree paths on the way down to `path`, itself the last."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


def _above(path: str, nodes: dict) -> list:
    return [nodes[step] for step in steps_of(path)[:-1] if step in nodes]
