"""Addresses of pages: found in one query, linked in the language being read.

Nodes are not mirrored per language. A page without a translation answers under every
language's prefix: the interface is in that language, the content in its own.
"""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language_from_path
from wagtail.models import Locale, Page
from wagtail.url_routing import RouteResult


class InReadersLanguage:
    """Links to the page stay in the language of whoever is reading.

    Mixed in before `Page`. A page of another language than the default one is
    always linked under its own prefix.
    """

    def get_url_parts(self, request=None):
        parts = super().get_url_parts(request)
        if not parts or not parts[2] or get_language_from_path(parts[2]):
            return parts
        site_id, root_url, path = parts
        return site_id, root_url, reverse("wagtail_serve", args=[path.lstrip("/")])


def find_page(top: Page, components: list[str]) -> tuple[Page, list[str]]:
    """The deepest page below `top` on the way `components` names, and what is left.

    One query whatever the depth (`url_path` is indexed); the page is the base
    instance. Without any match the answer is `top` and all of `components`.
    """
    addresses = [top.url_path]
    for component in components:
        addresses.append(f"{addresses[-1]}{component}/")
    found = (
        Page.objects.filter(url_path__in=addresses[1:])
        .order_by("-depth")
        .select_related("locale")
        .first()
    )
    if found is None:
        return top, components
    return found, components[addresses.index(found.url_path) :]


def route(top: Page, request, components: list[str]) -> RouteResult:
    """Where `components` lead below `top`, else below the default language's home.

    Raises Http404 where there is no published page.
    """
    found, rest = find_page(top, components)
    # a place translated to the reader's language still holds untranslated pages
    original = _in_default_language(top) if rest else None
    if original is not None:
        return original.specific.route(request, components)
    if found == top:
        raise Http404
    page = found.specific
    page.locale = found.locale  # known already
    return page.route(request, rest)


def _in_default_language(home: Page) -> Page | None:
    default = Locale.get_default()
    return (
        None if home.locale_id == default.pk else home.get_translation_or_none(default)
    )
