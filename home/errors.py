"""Error pages in the clerk's voice; each says what to do next."""

from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from home.addresses import TakenDown, was_taken_down


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
    """A form grown old, or a browser without cookies: sent again, nothing is lost."""
    context = {"is_stale_form": True, "back": _came_from(request)}
    return render(request, "403.html", context, status=403)


def _came_from(request) -> str:
    """The page of the form when it is one of ours, else the address it was sent to."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()})
    return page if is_ours else request.path
