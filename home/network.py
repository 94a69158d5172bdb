"""Questions about the network: who stands above, what is below, names with places."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.languages import foreign
from home.levels import Level
from home.node_facts import facts_of
from home.refusals import PlaceInUse

SEPARATOR = " · "
# the fields a node is named from
NAMING = ("path", "title", "short_name", "level")


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
    above = steps_of(node.path)[:-1]
    return list(_nodes().filter(path__in=above).order_by("depth"))


def original_of(node):
    """What `node`, a translation, translates, or None. One query.

    After routing, the nodes above it come along where those above `node` are
    translations of them.
    """
    way = [*getattr(node, "nodes_above", []), node]
    keys = [step.translation_key for step in way]
    originals = _nodes().originals().filter(translation_key__in=keys)
    found = {each.translation_key: each for each in originals.select_related("locale")}
    original = found.pop(node.translation_key, None)
    if original is not None and hasattr(node, "nodes_above"):
        above = [each for each in found.values() if original.is_descendant_of(each)]
        if len(above) == len(way) - 1:
            original.nodes_above = sorted(above, key=lambda each: each.depth)
    return original


def full_name(node, ancestors: list | None = None) -> str:
    """濂溪区 · 十里街道 · 濂溪社区教学点: names repeat, so the way down is said.

    The city is left out, being the same for everybody. `ancestors` saves the query.
    """
    above = ancestors_of(node) if ancestors is None else ancestors
    return SEPARATOR.join(filter(None, [place_line(above), node.title]))


def place_line(nodes: Iterable) -> str:
    """濂溪区 · 十里街道: the way down over `nodes`, without the city."""
    names = [node.short_name for node in nodes if node.level != Level.CITY_CENTRE]
    return SEPARATOR.join(names)


def with_places(nodes: Iterable) -> list:
    """`nodes` with `.place_line` (濂溪区 · 十里街道) and `.full_name`. One query."""
    nodes = list(nodes)
    known = nodes_on_the_way([node.path for node in nodes], *NAMING)
    for node in nodes:
        above = on_the_way(node.path, known)[:-1]
        node.place_line = place_line(above)
        node.full_name = full_name(node, above)
    return nodes


def steps_of(path: str) -> list[str]:
    """The tree paths on the way down to `path`, itself the last."""
    step = Page.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]


def nodes_on_the_way(paths: Iterable[str], *fields: str) -> dict:
    """Every node at or above `paths`, by its own path, with `fields` alone when some
    are given. One query."""
    steps = {step for path in paths for step in steps_of(path)}
    found = _nodes().filter(path__in=steps)
    return {node.path: node for node in (found.only(*fields) if fields else found)}


def on_the_way(path: str, known: dict) -> list:
    """The nodes down to `path`, from those of `nodes_on_the_way`."""
    return [known[step] for step in steps_of(path) if step in known]


def spelt_out(path: str, known: dict, within: str = "") -> str:
    """The full name of the node at `path`; empty where none stands (any more).

    Where the reader is at the node of the tree path `within` already, only the way
    from there on is named.
    """
    if path not in known:
        return ""
    said = steps_of(within)
    above = [node for node in on_the_way(path, known)[:-1] if node.path not in said]
    return full_name(known[path], above)


def names_of(paths: Iterable[str], within: str = "") -> dict[str, str]:
    """The full name of the node at each tree path: one query for all of them.

    A path where no node stands (any more) is left out, and `within` itself.
    """
    wanted = set(paths)
    known = nodes_on_the_way(wanted, *NAMING)
    return {
        path: spelt_out(path, known, within)
        for path in wanted - {within}
        if path in known
    }


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
    """Raises `PlaceInUse` with a sentence when one of `pages` is a node with live
    activities at or below it: the calendar would lead to a place that is not shown."""
    for page in pages:
        if not issubclass(page.specific_class, _nodes().model):
            continue
        below = page.get_descendants().live().not_type(_nodes().model)
        first = below.first()
        if first is not None:
            sentence = _(
                "「%(place)s」还有公开的活动，例如「%(title)s」。"
                "请先撤下这些活动，再撤下网点。"
            ) % {"place": page.title, "title": first.title}
            raise PlaceInUse(sentence, page, first)


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
        "content_language": foreign(shown.locale.language_code, get_language()),
    }
