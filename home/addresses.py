"""Addresses of pages: found in one query, linked in the language being read.

Nodes are not mirrored per language. A page without a translation answers under every
language's prefix: the interface is in that language, the content in its own.
"""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language_from_path
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult


class TakenDown(Http404):
    """What is asked for was public once and is kept without being shown."""


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


class PublicWithItsOriginal:
    """A translation that answers only while its `original` is published.

    The translation itself stays published, so that publishing the original again
    brings it back with all that translators wrote. Mixed in before `Page`.
    """

    def route(self, request, path_components):
        if not path_components and not is_public(self):
            raise Http404
        return super().route(request, path_components)


def is_public(page) -> bool:
    """Whether `page` and the page it is a translation of are both published.

    One whose original was deleted has nothing left to translate: it is not.
    """
    original = page.original
    in_default = original.locale.language_code == settings.LANGUAGE_CODE
    return page.live and original.live and in_default


def find_page(top: Page, components: list[str]) -> tuple[Page, list[str]]:
    """The deepest page below `top` on the way `components` names, and what is left.

    One query whatever the depth (`url_path` is indexed). A node comes as itself and
    knows the nodes above it; another page as the base instance. Without any match
    the answer is `top` and all of `components`.
    """
    addresses = [top.url_path]
    for component in components:
        addresses.append(f"{addresses[-1]}{component}/")
    way = list(
        Page.objects.filter(url_path__in=addresses[1:])
        .order_by("depth")
        .select_related("locale", "networknodepage")
    )
    if not way:
        return top, components
    return _itself(way), components[addresses.index(way[-1].url_path) :]


def _itself(way: list[Page]) -> Page:
    *above, found = way
    node = getattr(found, "networknodepage", None)
    if node is None:
        return found
    node.locale = found.locale
    node.nodes_above = [page.networknodepage for page in above]
    return node


def route(top: Page, request, components: list[str]) -> RouteResult:
    """Where `components` lead below `top`, else below the default language's home.

    Raises Http404 where there is no published page.
    """
    found, rest = find_page(top, components)
    if rest and top.original != top:
        # part of the way may be translated, the page itself not
        return top.original.route(request, components)
    if found == top:
        raise Http404
    page = found.specific
    page.locale = found.locale  # known already: asked for on the way here
    return page.route(request, rest)


def was_taken_down(request) -> bool:
    """Whether a page that once was public is kept under this address.

    A translation is taken down with its original, though it stays published itself.
    """
    # PostgreSQL takes no NUL in a text, and no address of ours has one
    site = Site.find_for_request(request)
    if site is None or "\0" in request.path_info:
        return False
    prefix = get_language_from_path(request.path_info)
    path = request.path_info.removeprefix(f"/{prefix}").strip("/")
    homes = site.root_page.get_translations(inclusive=True)
    addresses = [f"{home.url_path}{path}/" for home in homes] if path else []
    hidden = Page.objects.filter(live=False, first_published_at__isnull=False)
    originals = hidden.filter(
        locale__language_code=settings.LANGUAGE_CODE,
        translation_key=OuterRef("translation_key"),
    )
    kept = Page.objects.filter(url_path__in=addresses)
    return kept.filter(Q(pk__in=hidden.values("pk")) | Exists(originals)).exists()
