"""Questions about the network: who stands above, what is below, names with places."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count, ProtectedError
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.levels import Level
from home.node_facts import facts_of

SEPARATOR = " · "


@dataclass(frozen=True)
class LevelCount:
    level: Level
    count: int


def _nodes():
    # asked by the models themselves, so the class is looked up late
    return apps.get_model("home", "NetworkNodePage").objects


def ancestors_of(node) -> list:
    """The nodes above `node`, the city first. One query, none after routing."""
    if hasattr(node, "nodes_above"):
        return node.nodes_above
    return list(_nodes().filter(path__in=_paths_above(node)).order_by("depth"))


def full_name(node, ancestors: list | None = None) -> str:
    """濂溪区 · 十里街道 · 濂溪社区教学点: names repeat, so the way down is said.

    The city is left out, being the same for everybody. `ancestors` saves the query.
    """
    above = ancestors_of(node) if ancestors is None else ancestors
    names = [a.short_name for a in above if a.level != Level.CITY_CENTRE]
    return SEPARATOR.join([*names, node.title])


def with_places(nodes: Iterable) -> list:
    """`nodes` with `.place_line` (濂溪区 · 十里街道) and `.full_name`. One query."""
    nodes = list(nodes)
    paths = {path for node in nodes for path in _paths_above(node)}
    above = dict(
        _nodes()
        .filter(path__in=paths)
        .exclude(level=Level.CITY_CENTRE)
        .values_list("path", "short_name")
    )
    for node in nodes:
        names = [above[p] for p in _paths_above(node) if p in above]
        node.place_line = SEPARATOR.join(names)
        node.full_name = SEPARATOR.join([*names, node.title])
    return nodes


def _paths_above(node) -> list[str]:
    return [
        node.path[:end] for end in range(node.steplen, len(node.path), node.steplen)
    ]


def the_city():
    """The published city centre of the network, or None before the import."""
    return _nodes().originals().live().at_level(Level.CITY_CENTRE).first()


def count_by_level() -> list[LevelCount]:
    """How many published places stand on each of the four levels."""
    rows = (
        _nodes().originals().live().order_by().values("level").annotate(n=Count("pk"))
    )
    counts = {row["level"]: row["n"] for row in rows}
    return [LevelCount(level, counts.get(level, 0)) for level in Level]


def children_of(node) -> list:
    """The published places right below `node`, in the network's order."""
    return list(_nodes().originals().live().child_of(node).order_by("path"))


def refuse_while_active(pages: Iterable[Page]) -> None:
    """Raises `ProtectedError` with a sentence when one of `pages` is a node with live
    activities at or below it: the calendar would lead to a place that is not shown."""
    for page in pages:
        if not issubclass(page.specific_class, _nodes().model):
            continue
        below = page.get_descendants().live().not_type(_nodes().model)
        first = below.first()
        if first is not None:
            raise ProtectedError(
                _(
                    "「%(place)s」还有公开的活动，例如「%(title)s」。"
                    "请先撤下这些活动，再撤下网点。"
                )
                % {"place": page.title, "title": first.title},
                {first},
            )


def language_of(page) -> str:
    """The code of the page's language when it is not the reader's, else ""."""
    code = page.locale.language_code
    return "" if code == get_language() else code


def node_context(node) -> dict:
    """What the page of `node` shows besides its activities."""
    original = node.original
    # an alias repeats its source, perhaps an older state of it
    shown = original if node.alias_of_id else node
    return {
        "node": original,
        "ancestors": ancestors_of(original),
        "children": children_of(original),
        "page": shown,
        "facts": facts_of(shown),
        "content_language": language_of(shown),
    }
