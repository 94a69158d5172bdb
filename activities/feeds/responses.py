"""How a feed answers: validators, compression, and plain words for errors.

A calendar program that is given a page of HTML with status 200 empties or refuses
the calendar, so whatever goes wrong here is text/plain with its own status.
"""

import gzip
import re
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from activities.feeds.document import CONTENT_TYPE, document
from activities.feeds.feeds import Feed
from activities.feeds.validators import validators
from activities.feeds.window import Window

PUBLIC = "max-age=300"
PRIVATE = "private, no-store"
_TAKES_GZIP = re.compile(r"\bgzip\b")


def feed_view(view):
    """GET and HEAD only, in the site's own language, errors as plain text."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with override(settings.LANGUAGE_CODE):
            if request.method not in ("GET", "HEAD"):
                refused = plain(405, _("日历地址只能读取。"))
                refused.headers["Allow"] = "GET, HEAD"
                return refused
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                return plain(404, _("没有这个日历。请到网站上重新取一个订阅地址。"))
        patch_vary_headers(response, ["Accept-Encoding"])
        return response

    return answer


def plain(status: int, sentence: str) -> HttpResponse:
    """An error a person may read and a program will not take for a calendar."""
    response = HttpResponse(
        sentence + "\n", status=status, content_type="text/plain; charset=utf-8"
    )
    response.headers["Cache-Control"] = PRIVATE
    return response


def answer(request: HttpRequest, feed: Feed) -> HttpResponse:
    """The feed, or 304 where the reader has it already."""
    window, head = Window.now(), feed.head()
    known = validators(feed, head, window)
    if known.hold(request):
        response = HttpResponseNotModified()
    else:
        response = calendar(request, document(head, feed.sessions, window))
    response.headers["ETag"] = known.etag(_encoding(request))
    if known.modified_at:
        response.headers["Last-Modified"] = http_date(known.modified_at.timestamp())
    response.headers["Cache-Control"] = PRIVATE if feed.is_private else PUBLIC
    if feed.is_private:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def calendar(request: HttpRequest, text: str) -> HttpResponse:
    """The text as a calendar, compressed where the reader takes that."""
    content = text.encode()
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    if _encoding(request):
        # the same bytes every time, so that a strong ETag is true
        response.content = gzip.compress(content, compresslevel=5, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return response


def _encoding(request: HttpRequest) -> str:
    accepted = request.headers.get("Accept-Encoding", "")
    return "gzip" if _TAKES_GZIP.search(accepted) else ""
