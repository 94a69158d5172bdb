"""Around every request: log, policy of the admin, cache of public pages."""

import hashlib
import time

import structlog
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from home.models import ContentVersion
from home.public_pages import varying_cookies
from home.version import is_elder

log = structlog.get_logger("request")

# Feed tokens open a person's calendar: the log keeps the address without them.
PRIVATE_PREFIX = "/feeds/mine/"
ADMIN_PREFIX = "/admin/"
# Feeds have versions of their own and answer 304 before this would look any up.
FEEDS = "/feeds/"


def request_log(get_response):
    """One line a request: method, path without query or token, status, time."""

    def middleware(request):
        began = time.perf_counter()
        response = get_response(request)
        path = request.path
        if path.startswith(PRIVATE_PREFIX):
            path = PRIVATE_PREFIX + "…"
        log.info(
            "request",
            method=request.method,
            path=path,
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000, 1),
        )
        return response

    return middleware


class CompressPages(GZipMiddleware):
    """Files that are sent in parts go as they are: players count their bytes."""

    def process_response(self, request, response):
        if response.headers.get("Accept-Ranges") == "bytes":
            return response
        return super().process_response(request, response)


def admin_policy(get_response):
    """Loosens the content policy under the admin, whose own scripts are inline."""

    def middleware(request):
        response = get_response(request)
        if request.path.startswith(ADMIN_PREFIX):
            response._csp_replace = ADMIN_DIRECTIVES
        return response

    return middleware


ADMIN_DIRECTIVES = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "frame-src": ["'self'"],
}


def public_page_cache(get_response):
    """Answers GET of a public page from the cache; see `home.public_pages`.

    The key is read before the page is made: a page rendered from old data while
    somebody publishes is stored under the old number and never found again.
    """

    def middleware(request):
        if not _may_be_kept(request):
            return get_response(request)
        pages, key = caches["pages"], _key(request)
        stored = pages.get(key)
        if stored is None:
            response = get_response(request)
            seconds = getattr(response, "public_seconds", 0)
            if response.status_code != 200 or not seconds or response.cookies:
                return response
            if hasattr(response, "render"):
                response.render()
            stored = (response.content, response.headers["Content-Type"])
            pages.set(key, stored, seconds)
        return _answer(request, *stored)

    return middleware


def _may_be_kept(request) -> bool:
    """A preview of the admin asks under the page's address, for something else."""
    return (
        request.method in ("GET", "HEAD")
        and not request.path.startswith(FEEDS)
        and not getattr(request, "is_dummy", False)
    )


def _answer(request, content: bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Cache-Control"] = "public, no-cache"
    etag = '"' + hashlib.blake2b(content, digest_size=12).hexdigest() + '"'
    response.headers["ETag"] = etag
    patch_vary_headers(response, ["Cookie"])
    return get_conditional_response(request, etag=etag, response=response)


def _key(request) -> str:
    parts = [
        str(ContentVersion.current()),
        get_language() or settings.LANGUAGE_CODE,
        "elder" if is_elder(request) else "normal",
        request.get_host(),
        *(request.COOKIES.get(name, "") for name in varying_cookies(request.path)),
        request.get_full_path(),
    ]
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
    return f"page:{digest}"
