"""The elder version: a display preference kept in a cookie, on the same addresses."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

# "version" is a word RFC 2109 keeps for itself
COOKIE = "display"
ELDER = "elder"
YEAR = 365 * 24 * 3600


def is_elder(request) -> bool:
    return request.COOKIES.get(COOKIE) == ELDER


def version_url(request) -> str:
    """Where a link goes that switches to the other version and comes back here."""
    target = "normal" if is_elder(request) else ELDER
    query = urlencode({"to": target, "next": request.get_full_path()})
    return f"{reverse('switch_version')}?{query}"


def safe_next(request, default: str = "/") -> str:
    """`next` of the query when it stays on this site, else `default`."""
    following = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        following, {request.get_host()}, require_https=request.is_secure()
    ):
        return following
    return default


def switch_version(request):
    """Sets the preference for a year and returns to the page it was asked from."""
    response = HttpResponseRedirect(safe_next(request))
    if request.GET.get("to") == ELDER:
        response.set_cookie(COOKIE, ELDER, max_age=YEAR, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
