"""Who may ask the API and how often: everybody, from any site, at a calm pace."""

import hashlib
import math
import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.templatetags.look import bcp47

PREFIX = "/api/"
MINUTE = 60
# of one address
REQUESTS_A_MINUTE = 120
METHODS = "GET, HEAD, OPTIONS"
ENGLISH = "en"


def open_api(get_response):
    """Middleware around everything below /api/, the cache of its answers included.

    `lang` decides the language, not the address: so it is set here, for errors too.
    """

    def middleware(request):
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        is_english = request.GET.get("lang") == ENGLISH
        language = ENGLISH if is_english else settings.LANGUAGE_CODE
        with override(language):
            response = _answer(request, get_response)
        response.headers["Content-Language"] = bcp47(language)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response

    return middleware


def problem(sentence: str, status: int) -> JsonResponse:
    """An error as one sentence."""
    return JsonResponse(
        {"detail": sentence}, status=status, json_dumps_params={"ensure_ascii": False}
    )


def _answer(request, get_response) -> HttpResponse:
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in ("GET", "HEAD"):
        refused = problem(_("这里只能读取，请用 GET。"), 405)
        refused.headers["Allow"] = METHODS
        return refused
    if seconds := _seconds_to_wait(request):
        sentence = _("问得太快了，请等 %(seconds)d 秒再问。") % {"seconds": seconds}
        refused = problem(sentence, 429)
        refused.headers["Retry-After"] = str(seconds)
        return refused
    return _without_body(request, get_response)


def _preflight() -> HttpResponse:
    """A browser asks first whether it may send If-None-Match from another site."""
    response = HttpResponse(status=204)
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _without_body(request, get_response) -> HttpResponse:
    """HEAD is answered as GET is, with nothing in it."""
    is_head = request.method == "HEAD"
    if is_head:
        request.method = "GET"
    response = get_response(request)
    if is_head:
        request.method = "HEAD"
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _seconds_to_wait(request) -> int:
    """0 while this address may ask; counts by the minute of the clock."""
    now = time.time()
    minute = int(now // MINUTE)
    address = get_adapter().get_client_ip(request) or ""
    digest = hashlib.blake2b(address.encode(), digest_size=12).hexdigest()
    key = f"api:{digest}:{minute}"
    if cache.add(key, 1, MINUTE):
        return 0
    try:
        asked = cache.incr(key)
    except ValueError:  # it ran out in between
        return 0
    if asked <= REQUESTS_A_MINUTE:
        return 0
    return math.ceil((minute + 1) * MINUTE - now) or 1
