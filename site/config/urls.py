"""Every address of the site. Feeds and the admin carry no language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path, reverse_lazy
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from courses_catalog.oai.views import oai
from courses_catalog.sitemaps import SITEMAPS as RECORD_SITEMAPS
from home.health import healthz, readyz
from home.public_pages import CALM_SECONDS, public_page
from home.sitemaps import PagesSitemap, PartsSitemap
from home.views import favicon, page, robots

handler400 = "home.errors.bad_request"
handler403 = "home.errors.permission_denied"
handler404 = "home.errors.not_found"

SIGN_IN = reverse_lazy("account_password_login")
MEDIA = [
    re_path(r"^media/(?P<path>.+)$", serve, {"document_root": settings.MEDIA_ROOT})
]

of_all = public_page(CALM_SECONDS)
SITEMAPS = {
    "sitemaps": {
        "parts": PartsSitemap,
        "pages": PagesSitemap,
        **RECORD_SITEMAPS,
    },
}

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path(
        "sitemap.xml",
        of_all(sitemaps.index),
        SITEMAPS | {"sitemap_url_name": "sitemap"},
        name="sitemaps",
    ),
    path("sitemap-<section>.xml", of_all(sitemaps.sitemap), SITEMAPS, name="sitemap"),
    # the admin's own sign-in would go round the lock-out and the second factor
    path("admin/login/", RedirectView.as_view(url=SIGN_IN, query_string=True)),
    path("admin/", include("home.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("feeds/", include("activities.feed_urls")),
    path("api/", include("config.api")),
    path("oai", oai, name="oai"),
    *(MEDIA if settings.SERVE_MEDIA else []),
    *i18n_patterns(
        path("", include("home.urls")),
        path("", include("learners.urls")),
        path("", include("activities.urls")),
        path("courses/", include("courses_catalog.urls")),
        path("search/", include("search.urls")),
        re_path(wagtail_urls.serve_pattern, page, name="wagtail_serve"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
