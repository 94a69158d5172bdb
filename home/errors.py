"""Error pages in the clerk's voice; each says what to do next."""

from urllib.parse import urlsplit

from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from home.addresses import TakenDown, was_taken_down

# Characters; more than anybody types into one of our forms.
MOST_TYPED = 20_000


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    """Says so where there was a page once: nobody need look for a slip of the pen.

    The status is 404 even then, for redirects are looked up for that one only;
    `gone` makes it 410 where no editor set one.
    """
    if isinstance(exception, TakenDown) or was_taken_down(request):
        response = render(request, "410.html", status=404)
        response.was_taken_down = True
        return response
    return render(request, "404.html", status=404)


def gone(get_response):
    """Middleware around the redirects: 410 for what was taken down."""

    def middleware(request):
        response = get_response(request)
        if getattr(response, "was_taken_down", False):
            response.status_code = 410
        return response

    return middleware


def csrf_failure(request, reason=""):
    """A form grown old, or a browser without cookies: sent again, nothing is lost.

    What was typed is offered to be sent once more, with a token of now; only where
    the browser says that it came from a page of ours.
    """
    context = {
        "is_stale_form": True,
        "back": _came_from(request),
        "typed": _typed(request),
    }
    response = render(request, "403.html", context, status=403)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _typed(request) -> list[tuple[str, str]]:
    """The fields as they were sent; none where one is a file or a secret."""
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    is_ours = urlsplit(source).netloc == request.get_host()
    if request.method != "POST" or not is_ours or _is_secret(request):
        return []
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    return fields if sum(len(value) for _name, value in fields) < MOST_TYPED else []


def _is_secret(request) -> bool:
    """Passwords and codes are typed anew, and files cannot be sent along."""
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    is_sign_in = name.startswith(("account_", "mfa_"))
    return is_sign_in or bool(request.FILES) or "password" in " ".join(request.POST)


def _came_from(request) -> str:
    """The page of the form when it is one of ours, else the address it was sent to."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()})
    return page if is_ours else request.path
