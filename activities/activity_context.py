"""Everything the public page of an activity shows, put together once."""

from types import SimpleNamespace

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, override

from activities.activity_dates import dates_of, planned_sessions, public_sessions
from activities.activity_facts import facts_of, kind_line
from activities.activity_picture import picture_of
from activities.activity_state import register_box
from activities.activity_timeline import timeline_of
from activities.holidays import holiday_note
from activities.listed_teachers import teachers_of
from courses_catalog.models import Course
from home.context_processors import language_links
from home.languages import foreign
from home.maps import map_links
from home.models import NetworkNodePage
from home.network import steps_of
from home.public_pages import PLACES_SECONDS
from home.templatetags.look import bcp47
from home.theme_badge import theme_badge


def activity_context(page, request) -> dict:
    """Context of activity_page.html for `page`, a translation or an original.

    Words come from `page`; dates, places and registration from its original. In
    the admin's preview they come from the draft at hand, stored nowhere.
    """
    now = timezone.now()
    is_preview = getattr(request, "is_preview", False)
    original = page.original
    if is_preview and page.has_own_sessions:
        original, sessions = page, planned_sessions(page)
    else:
        sessions = public_sessions(original)
    *ancestors, node = _way_to(original) or [None]
    return {
        "activity": original,
        "is_preview": is_preview,
        "language": foreign(page.locale.language_code, get_language()),
        "theme": theme_badge(original.theme),
        "kind": kind_line(original),
        "box": register_box(original, sessions, at=now),
        "facts": facts_of(original, sessions, node, ancestors, words=page),
        "timeline": timeline_of(original, sessions, at=now),
        "dates": dates_of(original, sessions, at=now),
        "holiday_note": holiday_note(original, sessions, at=now),
        "picture": picture_of(original),
        "node": node,
        "maps": map_links(node),
        "course": _course(original),
        "teachers": teachers_of(page),
        "language_links": language_links(request, _translations(page)),
        **_links(page, original, node, ancestors),
    }


def mark_public(response, request):
    """Lets the page cache keep the answer, unless it is a preview."""
    if not getattr(request, "is_preview", False):
        response.public_seconds = PLACES_SECONDS
    return response


def _way_to(original) -> list[NetworkNodePage]:
    """The nodes from the city down to where the activity is. One query."""
    steps = steps_of(original.path)[:-1]
    return list(NetworkNodePage.objects.filter(path__in=steps).order_by("depth"))


def _course(activity) -> dict:
    """The catalogue's course in the reader's language; empty unless it is public.

    At most one query.
    """
    if not activity.course_id:
        return {}
    chosen = Course.objects.public().filter(pk=activity.course_id)
    same = Course.objects.public().filter(
        translation_key__in=chosen.values("translation_key")
    )
    by_key = {}
    for version in same.select_related("locale"):
        by_key |= {version.locale.language_code: version, version.pk: version}
    shown = by_key.get(get_language()) or by_key.get(activity.course_id)
    if shown is None:
        return {}
    language = bcp47(shown.locale.language_code)
    return {"url": shown.get_absolute_url(), "title": shown.title, "language": language}


def _translations(page) -> dict[str, str]:
    """Addresses of the page's other languages, by code. One query."""
    roots = SimpleNamespace()
    others = type(page).objects.filter(translation_key=page.translation_key, live=True)
    addresses = {}
    for other in others.exclude(pk=page.pk).select_related("locale"):
        # a page is linked in the language being read; here it is to be its own
        with override(other.locale.language_code):
            addresses[other.locale.language_code] = _url(other, roots)
    return addresses


def _links(page, original, node, ancestors) -> dict:
    roots = SimpleNamespace()  # get_url_parts keeps what it looked up here
    nodes = [*ancestors, node] if node else []
    return {
        "breadcrumb": [
            *({"title": each.short_name, "url": _url(each, roots)} for each in nodes),
            {"title": page.title},
        ],
        "node_url": _url(node, roots) if node else "",
        "share_url": settings.BASE_URL.rstrip("/") + _url(page, roots),
        "subscribe_url": _address("subscribe", activity=original.pk),
        "others_url": _address("calendar", **({"place": node.pk} if node else {})),
    }


def _url(page, roots) -> str:
    parts = page.get_url_parts(roots)
    return (parts and parts[2]) or ""


def _address(name: str, **query) -> str:
    """Leaves out what is None: a page being previewed for the first time has no key."""
    query = {key: value for key, value in query.items() if value is not None}
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)
