"""Pages that are the same bytes for every reader of one language and version.

They touch no session, no account and no CSRF token, so the cache may answer for
them (`home.middleware.public_page_cache`). Publishing grows `ContentVersion`, which
is in the key; `seconds` bounds only what changes without publishing: the time of
day, and how many places are left.
"""

from functools import wraps

from wagtail.models import PageViewRestriction

# Numbers of free places may be this old (the house bar: 2 s).
PLACES_SECONDS = 2
CALM_SECONDS = 60

_VARYING_PATHS = {"/": ("place",), "/en/": ("place",)}


def varying_cookies(path: str) -> tuple[str, ...]:
    """Names of the cookies that change the page at `path`: the chosen place."""
    return _VARYING_PATHS.get(path, ())


def public_page(seconds: int):
    """Marks a view's answer as public and good for `seconds`."""

    def decorate(view):
        @wraps(view)
        def wrapped(*args, **kwargs):
            response = view(*args, **kwargs)
            response.public_seconds = seconds
            return response

        return wrapped

    return decorate


class AlwaysPublic:
    """A page that nobody can make private, mixed in before `Page`.

    A private page and a shared cache of public pages exclude each other; so nothing
    is asked about restrictions either (two queries a page).
    """

    private_page_options = []

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none()
