"""What is asked before pages are deleted in the admin, one by one or many at once."""

from collections.abc import Callable

from wagtail import hooks
from wagtail.models import Page


def before_deleting(refused: Callable) -> Callable:
    """Asks `refused(request, pages)`: a response instead, or None to let them go."""

    def one(request, page):
        return refused(request, [page])

    def many(request, action_type, objects, action):
        if action_type != "delete":
            return None
        return refused(request, [each for each in objects if isinstance(each, Page)])

    hooks.register("before_delete_page", one)
    hooks.register("before_bulk_action", many)
    return refused
