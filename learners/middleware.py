"""allauth refuses the fourth code a minute with an exception; people get a page."""

from allauth.core.exceptions import RateLimited
from django.shortcuts import render


class rate_limited:  # noqa: N801 - named in MIDDLEWARE like the function ones
    """Turns `RateLimited` into the 429 page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, RateLimited):
            return render(request, "429.html", status=429)
        return None
