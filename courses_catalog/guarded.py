"""Screens of the admin that are for some of its users alone."""

from functools import wraps

from home.errors import permission_denied
from learners.private_pages import private


def only_for(is_allowed):
    """Makes a decorator of views: whoever `is_allowed` says no to is refused."""

    def decorate(view):
        @private
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not is_allowed(request.user):
                return permission_denied(request)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
