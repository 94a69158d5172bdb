"""What search engines may read, listed for them: every address under its own host."""

from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef
from django.urls import reverse
from wagtail.models import Page


class UnderOurHost(Sitemap):
    """Addresses as `BASE_URL` has them, whatever host the question came to."""

    @property
    def protocol(self) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site=None) -> str:
        return urlsplit(settings.BASE_URL).netloc


class PartsSitemap(UnderOurHost):
    """The pages that are no page of the tree, in both languages."""

    i18n = True
    names = (
        "calendar",
        "calendar_month",
        "courses",
        "resources",
        "series_list",
        "teachers",
        "nominate",
        "subscribe",
        "find_nodes",
    )
    statements = ("accessibility", "privacy")

    def items(self) -> tuple[str, ...]:
        return self.names + self.statements

    def location(self, item: str) -> str:
        return reverse(item)


class PagesSitemap(UnderOurHost):
    """Every published page once, in the language it is written in."""

    limit = 5000

    def items(self):
        """A translation is hidden while its original is; see `home.addresses`."""
        self.roots = SimpleNamespace()  # get_url_parts keeps what it looked up here
        originals = Page.objects.live().filter(
            translation_key=OuterRef("translation_key"),
            locale__language_code=settings.LANGUAGE_CODE,
        )
        return (
            Page.objects.live()
            .filter(Exists(originals), alias_of=None, depth__gte=2)
            .select_related("locale")
            .order_by("path")
        )

    def location(self, item: Page) -> str:
        parts = item.get_url_parts(self.roots)
        return (parts and parts[2]) or "/"

    def lastmod(self, item: Page):
        return item.last_published_at
