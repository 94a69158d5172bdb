"""The network in the JSON API: its public places."""

from types import SimpleNamespace

from django.http import Http404
from django.utils.translation import get_language
from ninja import Path, Query, Router, Schema
from pydantic import Field

from home.addresses import TakenDown
from home.api_base import (
    MANY,
    ONE,
    Key,
    LanguageQuery,
    Listing,
    ListQuery,
    Named,
    absolute,
    check_names,
    language_of,
    listing,
    named,
    place_of,
    within,
)
from home.levels import Level
from home.models import NetworkNodePage
from home.models.network import NodeStatus
from home.network import NAMING, full_name, nodes_on_the_way, on_the_way

router = Router(tags=["nodes"])


class Node(Schema):
    """A place of the network."""

    id: int
    parent: int | None = Field(description="The place above; null for the city.")
    name: str
    short_name: str
    full_name: str = Field(description="The name with the way down to it.")
    language: str = Field(description="The language the names are written in.")
    level: Named
    division_code: str | None
    status: Named
    address: str
    phone: str = Field(description="The desk of the place, never a person's.")
    opening_hours: str
    facilities: str
    has_step_free_access: bool
    has_accessible_toilet: bool
    is_certification_point: bool
    latitude: float | None = Field(description="WGS-84.")
    longitude: float | None = Field(description="WGS-84.")
    url: str = Field(description="The page for people.")


class NodeQuery(ListQuery):
    level: list[Level] = Field([], description="Any of these levels.")


@router.get("", response={200: Listing[Node], **MANY}, summary="Places")
def nodes(request, query: Query[NodeQuery]):
    """Public places in the order of the tree, the city first."""
    check_names(request, query)
    found = NetworkNodePage.objects.originals().live()
    if query.place:
        found = found.filter(path__range=within(place_of(query.place).path))
    if query.level:
        found = found.filter(level__in=query.level)
    found = found.select_related("locale").order_by("path")
    return listing(request, query, found, shown)


@router.get("/{pk}", response={200: Node, **ONE}, summary="One place")
def node(request, pk: Path[Key], query: Query[LanguageQuery]):
    check_names(request, query)
    originals = NetworkNodePage.objects.originals().select_related("locale")
    found = originals.filter(pk=pk).first()
    if found is None:
        raise Http404
    if not found.live:
        raise TakenDown if found.first_published_at else Http404
    return shown([found])[0]


def shown(nodes: list[NetworkNodePage]) -> list[dict]:
    """`nodes` as the API writes them, in at most three queries."""
    known = nodes_on_the_way([each.path for each in nodes], *NAMING)
    words = _translations(nodes)
    roots = SimpleNamespace()  # get_url_parts keeps what it looked up here
    return [
        _shown(each, words.get(each.translation_key, each), known, roots)
        for each in nodes
    ]


def _translations(nodes) -> dict:
    language = get_language()
    missing = [
        each.translation_key for each in nodes if each.locale.language_code != language
    ]
    if not missing:
        return {}
    found = NetworkNodePage.objects.live().filter(
        translation_key__in=missing, locale__language_code=language, alias_of=None
    )
    return {each.translation_key: each for each in found.select_related("locale")}


def _shown(node, words, known: dict, roots) -> dict:
    above = on_the_way(node.path, known)[:-1]
    parts = words.get_url_parts(roots)
    return {
        "id": node.pk,
        "parent": above[-1].pk if above else None,
        "name": words.title,
        "short_name": words.short_name,
        "full_name": full_name(words, above),
        "language": language_of(words),
        "level": named(Level, node.level),
        "division_code": node.division_code or None,
        "status": named(NodeStatus, node.status),
        "address": words.address,
        "phone": node.phone,
        "opening_hours": words.opening_hours,
        "facilities": words.facilities,
        "has_step_free_access": node.has_step_free_access,
        "has_accessible_toilet": node.has_accessible_toilet,
        "is_certification_point": node.is_certification_point,
        "latitude": node.latitude,
        "longitude": node.longitude,
        "url": absolute((parts and parts[2]) or ""),
    }
