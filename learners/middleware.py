"""Around every request: too many codes become a page, staff sessions are watched."""

from allauth.core.exceptions import RateLimited
from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from learners import staff

ADMIN_PREFIX = "/admin/"


class rate_limited:
    """Turns `RateLimited` into the 429 page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, RateLimited):
            return render(request, "429.html", status=429)
        return None


def staff_session(get_response):
    """Lets only staff into the admin, with their second factor; times their absence.

    Wagtail would send a signed-in resident to sign in, and the entrance would send
    her back, for ever.
    """

    def middleware(request):
        if request.path.startswith(ADMIN_PREFIX) and request.user.is_authenticated:
            if not staff.is_staff(request.user):
                raise PermissionDenied
            if refusal := staff.second_factor(request):
                return refusal
            staff.keep_alive(request)
        return get_response(request)

    return middleware
