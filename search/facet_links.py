"""The facets as links: each adds its value to the address, or takes it out again."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from home.models import NetworkNodePage
from home.network import ancestors_of
from home.vocabulary import Audience, Theme
from search.documents import Kind
from search.engines.base import Results, When
from search.forms import Asked

STEP = NetworkNodePage.steplen


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


def groups(asked: Asked, results: Results, params: QueryDict, top: str) -> list[Group]:
    """Only choices that find something, or are chosen; at most two queries."""
    filters = asked.filters
    when = {
        When.TODAY: _("今天"),
        When.WEEK: _("本周"),
        When.MONTH: _("本月"),
        When.LATER: _("以后"),
    }
    choices = [
        (_("类型"), "kind", dict(Kind.choices), filters.kinds, True),
        (_("什么时候"), "when", when, (filters.when,), False),
        (_("主题"), "theme", dict(Theme.choices), filters.themes, True),
        (_("给谁"), "audience", dict(Audience.choices), filters.audiences, True),
    ]
    found = [
        Group(label, _links(name, labels, results, params, chosen, several))
        for label, name, labels, chosen, several in choices
    ]
    found.insert(2, _places(asked, results, params, top))
    return [group for group in found if any(not link.current for link in group.links)]


def _links(name, labels, results, params, chosen, several) -> list[FacetLink]:
    counts = results.facets.get(name, {})
    nothing = not any(chosen)
    links = [FacetLink(_("不限"), _without(params, name), None, nothing)]
    for value, label in labels.items():
        is_chosen = value in chosen
        if counts.get(value) or is_chosen:
            url = _toggled(params, name, value, several=several)
            links.append(FacetLink(str(label), url, counts.get(value, 0), is_chosen))
    return links if len(links) > 1 else []


def _places(asked: Asked, results: Results, params: QueryDict, top: str) -> Group:
    """The way up first, then what lies right below, most hits first."""
    whole = FacetLink(_("全市"), _without(params, "place"), None, not asked.place)
    links = [whole]
    if asked.place:
        above = [n for n in ancestors_of(asked.place) if len(n.path) > len(top)]
        for node in [*above, asked.place]:
            url = _set(params, "place", node.pk)
            is_here = node.pk == asked.place.pk
            links.append(FacetLink(node.short_name, url, None, is_here))
    counts = results.facets.get("place", {})
    below = NetworkNodePage.objects.originals().live().filter(path__in=list(counts))
    for node in sorted(below, key=lambda n: (-counts[n.path], n.path)):
        url = _set(params, "place", node.pk)
        links.append(FacetLink(node.short_name, url, counts[node.path], False))
    return Group(_("地方"), links)


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


def _toggled(params: QueryDict, name: str, value: str, *, several: bool) -> str:
    params = params.copy()
    values = params.getlist(name) if several else []
    if value in params.getlist(name):
        params.setlist(name, [v for v in values if v != value])
    else:
        params.setlist(name, [*values, value])
    return _address(params)
