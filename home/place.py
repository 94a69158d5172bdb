"""The place a reader chose: a cookie, read by the home page alone.

Every other public page is the same bytes for everybody; see `home.public_pages`.
"""

from django.apps import apps

from home.version import YEAR

COOKIE = "place"


def chosen_place(request):
    """The published node of the cookie; None without one, or once it is gone."""
    value = request.COOKIES.get(COOKIE, "")
    if not value.isascii() or not value.isdecimal() or len(value) > 12:
        return None
    nodes = apps.get_model("home", "NetworkNodePage").objects
    return nodes.originals().live().filter(pk=value).first()


def remember(response, node) -> None:
    """Keeps `node` as the reader's place for a year; None forgets it."""
    if node is None:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(COOKIE, str(node.pk), max_age=YEAR, samesite="Lax")
