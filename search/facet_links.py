"""The facets as links: each adds its value to the address, or takes it out again."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from home.network import NAMING, nodes_on_the_way, on_the_way, place_line
from search.engines.base import Results
from search.facets import CHOICES, PLACE
from search.forms import Asked

# What most people decide by; the others wait behind one more fold.
FIRST = ("kind", "registration", "when", "theme", "audience")
MORE = ("format", "duration", "fee", "level", "language")
# The places come after these.
BEFORE_PLACES = 3


@dataclass(frozen=True)
class FacetLink:
    label: str
    url: str
    count: int | None
    current: bool

    @property
    def can_undo(self) -> bool:
        """A chosen value; 不限 and the place one is at are no choices to undo."""
        return self.current and self.count is not None


@dataclass(frozen=True)
class Group:
    label: str
    links: list[FacetLink]
    is_extra: bool = False

    @property
    def has_choice(self) -> bool:
        return any(link.can_undo or not link.current for link in self.links)

    @property
    def is_chosen(self) -> bool:
        return any(link.can_undo for link in self.links)


@dataclass(frozen=True)
class FacetLinks:
    """`chosen` are the values that narrow the search, each with the way without it."""

    groups: list[Group] = field(default_factory=list)
    more: list[Group] = field(default_factory=list)
    chosen: list[FacetLink] = field(default_factory=list)

    @property
    def is_more_chosen(self) -> bool:
        return any(group.is_chosen for group in self.more)


def facet_links(
    asked: Asked, results: Results, params: QueryDict, top: str
) -> FacetLinks:
    """Only choices that find something and leave something out, or are chosen. One
    query."""
    of = {name: _values(name, asked, results, params) for name in CHOICES}
    counts = results.facets.get(PLACE, {})
    known = nodes_on_the_way((*counts, *asked.filters.places), *NAMING, "live")
    places = _places(asked, counts, known, params, top)
    chosen = [link for group in of.values() for link in group.links if link.can_undo]
    first = [of[name] for name in FIRST]
    first[BEFORE_PLACES:BEFORE_PLACES] = places
    return FacetLinks(
        groups=[group for group in first if group.has_choice],
        more=[of[name] for name in MORE if of[name].has_choice],
        chosen=[*_chosen_places(asked, params, known), *chosen],
    )


def labels() -> dict[str, str]:
    """Each facet as it is called above its values."""
    return {
        "kind": _("类型"),
        "registration": _("报名"),
        "when": _("什么时候"),
        "theme": _("主题"),
        "audience": _("给谁"),
        "format": _("形式"),
        "duration": _("时长"),
        "fee": _("费用"),
        "level": _("哪一级"),
        "language": _("语言"),
    }


def _values(name: str, asked: Asked, results: Results, params: QueryDict) -> Group:
    counts = results.facets.get(name, {})
    chosen = asked.filters.chosen.get(name, ())
    links = [FacetLink(_("不限"), _without(params, name), None, not chosen)]
    for value, label in CHOICES[name].items():
        is_chosen = value in chosen
        if counts.get(value) or is_chosen:
            url = _toggled(params, name, value)
            links.append(FacetLink(str(label), url, counts.get(value, 0), is_chosen))
    narrows = chosen or any(count < results.total for count in counts.values())
    return Group(labels()[name], links if narrows else [])


# --- places -------------------------------------------------------------------------
def _places(
    asked: Asked, counts: dict, known: dict, params: QueryDict, top: str
) -> tuple[Group, Group]:
    """The way up, then what lies right below; and what lies beside, to be added."""
    nodes = [known[path] for path in counts if path in known and known[path].live]
    nodes.sort(key=lambda node: (-counts[node.path], node.path))
    chosen = asked.filters.places
    only = chosen[0] if len(chosen) == 1 else ""
    way = [node for node in on_the_way(only, known) if len(node.path) > len(top)]
    below = [
        node
        for node in nodes
        if not chosen or only and node.path.startswith(only) and node.path != only
    ]
    beside = [node for node in nodes if node not in below and node.path != only]
    links = [FacetLink(_("全市"), _without(params, PLACE), None, not chosen)]
    links += [_step(node, params, is_here=node.path == only) for node in way]
    links += [
        FacetLink(n.short_name, _set(params, PLACE, n.pk), counts[n.path], False)
        for n in below
    ]
    more = [
        FacetLink(
            node.short_name,
            _toggled(params, PLACE, str(node.pk)),
            counts[node.path],
            node.path in chosen,
        )
        for node in beside
    ]
    # the elder version asks for one place, and shows what is chosen in any case
    is_extra = len(chosen) < 2
    return Group(_("地方"), links), Group(_("再加一个地方"), more, is_extra)


def _step(node, params: QueryDict, *, is_here: bool) -> FacetLink:
    return FacetLink(node.short_name, _set(params, PLACE, node.pk), None, is_here)


def _chosen_places(asked: Asked, params: QueryDict, known: dict) -> list[FacetLink]:
    """Names repeat: each with the way to it."""
    return [
        FacetLink(
            place_line(on_the_way(place.path, known)) or place.short_name,
            _toggled(params, PLACE, str(place.pk)),
            0,
            True,
        )
        for place in asked.places
    ]


# --- addresses ----------------------------------------------------------------------
def _address(params: QueryDict) -> str:
    params.pop("page", None)
    return f"?{params.urlencode()}"


def _without(params: QueryDict, name: str) -> str:
    params = params.copy()
    params.pop(name, None)
    return _address(params)


def _set(params: QueryDict, name: str, value) -> str:
    params = params.copy()
    params[name] = str(value)
    return _address(params)


def _toggled(params: QueryDict, name: str, value: str) -> str:
    params = params.copy()
    values = params.getlist(name)
    if value in values:
        params.setlist(name, [v for v in values if v != value])
    else:
        params.setlist(name, [*values, value])
    return _address(params)
