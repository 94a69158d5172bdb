"""The search page and the suggestions under its box."""

from dataclasses import replace

import structlog
from django.core.cache import caches
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from home.network import the_city
from home.public_pages import CALM_SECONDS, PLACES_SECONDS, public_page
from home.theme_badge import theme_badge
from home.vocabulary import Theme
from search import engines, searched
from search.cards import cards
from search.engines.base import EngineUnavailable, Query, Results
from search.facet_links import FacetLinks, facet_links
from search.forms import Asked, SearchForm
from search.joining import registrable_lately
from search.pinned import pinned
from search.query import Words, read
from search.synonyms import synonyms

PER_PAGE = 20
SUGGESTIONS = 8
RETRY_SECONDS = 120
CITY, CITY_SECONDS = "search-city", 60
log = structlog.get_logger("search")


@require_safe
@public_page(PLACES_SECONDS)
def search(request):
    """One box over activities, courses and places; every filter is a link."""
    asked = SearchForm(request.GET).asked()
    words = read(asked.typed)
    top = _top()
    try:
        results, page = _page(asked, words, top)
    except EngineUnavailable as error:
        return _resting(request, words, error)
    if asked.page == 1 and not asked.filters.places:
        searched.note(words, results.total)
    read_as = [read(results.said)] if results.said else [words]
    context = {
        "asked": asked,
        "words": words,
        "results": results,
        "page": page,
        "cards": cards(results.hits, read_as, get_language()),
        "facets": _facets(asked, results, request.GET, top),
        "pinned": pinned(words),
        "suggestions": _instead(asked.typed) if not results.stage else [],
        "unfiltered_url": f"?{urlencode({'q': words.typed})}",
        "themes": _themes(),
    }
    return render(request, "search/search.html", context)


def _top() -> str:
    """The tree path of the city; where it stands hardly ever changes."""
    cache = caches["default"]
    path = cache.get(CITY)
    if path is None:
        city = the_city()
        path = city.path if city else ""
        # before the import there is none to remember
        cache.set(CITY, path, CITY_SECONDS if city else 0)
    return path


def _facets(asked: Asked, results: Results, params, top: str) -> FacetLinks:
    if results.stage is None:
        return FacetLinks()
    return facet_links(asked, results, params, top)


def _resting(request, words: Words, error: EngineUnavailable):
    """What can be done without an engine; nothing keeps this page."""
    log.warning("search engine unavailable", cause=type(error.__cause__).__name__)
    context = {"words": words, "pinned": pinned(words), "themes": _themes()}
    response = render(request, "search/resting.html", context, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    add_never_cache_headers(response)
    return response


def _themes() -> list:
    return [theme_badge(theme) for theme in Theme]


def _page(asked: Asked, words: Words, top: str):
    """The results of the page asked for, or of the last one there is."""
    query = _query(asked, words, top)
    results = engines.current().search(query)
    page = Paginator(range(results.total), PER_PAGE).get_page(asked.page)
    if page.number != asked.page:
        query = replace(query, offset=(page.number - 1) * PER_PAGE)
        results = engines.current().search(query)
    return results, page


def _query(asked: Asked, words: Words, top: str) -> Query:
    now = timezone.now()
    return Query(
        words=words,
        language=get_language(),
        at=now,
        filters=asked.filters,
        top=top,
        offset=(asked.page - 1) * PER_PAGE,
        limit=PER_PAGE,
        is_exact=asked.is_exact,
        synonyms=synonyms(),
        registrable=registrable_lately(now) if words.terms else {},
    )


def _instead(typed: str) -> list[str]:
    """Titles that begin like what was typed and not found.

    Two characters of Chinese are a word; two letters are the initials of anything.
    """
    engine = engines.current()
    fewest = 1 + len(typed) // 2 if typed.isascii() else 2
    for beginning in dict.fromkeys((typed[:-1], typed[:fewest])):
        found = engine.suggest(beginning, get_language(), SUGGESTIONS)
        if found and len(beginning) > 1:
            return [suggestion.title for suggestion in found]
    return []


@require_safe
@public_page(CALM_SECONDS)
def suggest(request):
    """{"suggestions": [{"title", "kind"}]} for somebody still typing."""
    typed = request.GET.get("q", "")
    try:
        found = engines.current().suggest(typed, get_language(), SUGGESTIONS)
    except EngineUnavailable:
        return JsonResponse({"suggestions": []}, status=503)
    return JsonResponse(
        {"suggestions": [{"title": s.title, "kind": s.kind} for s in found]}
    )
