"""Error pages in the clerk's voice; each says what to do next."""

from django.shortcuts import render


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def csrf_failure(request, reason=""):
    """A form whose page has grown old: nothing is lost by sending it again."""
    return render(request, "403.html", {"is_stale_form": True}, status=403)
