"""What a rule refuses to be done to a page, with the sentence that says why.

Forms and hooks of the admin say it before it comes to that. Its other views (an
approval, many pages at once) would answer with an error page instead.
"""

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.shortcuts import redirect
from wagtail.admin import messages

ADMIN_PREFIX = "/admin/"


class Refusal(Exception):
    """`sentence` is for whoever asked; `page` is what was not done to."""

    sentence = ""
    page = None


class PlaceInUse(Refusal, ProtectedError):
    """A place would be hidden while activities below it are public."""

    def __init__(self, sentence: str, page, activity):
        ProtectedError.__init__(self, sentence, {activity})
        self.sentence, self.page = sentence, page


class PlaceHidden(Refusal, ValidationError):
    """An activity would be public below a place that is not."""

    def __init__(self, sentence: str, page):
        ValidationError.__init__(self, sentence)
        self.sentence, self.page = sentence, page


def said_in_admin(get_response):
    """Middleware: a refusal in the admin becomes a message beside the page."""

    def middleware(request):
        return get_response(request)

    middleware.process_exception = _answer
    return middleware


def _answer(request, exception):
    if not isinstance(exception, Refusal) or not request.path.startswith(ADMIN_PREFIX):
        return None
    messages.error(request, exception.sentence)
    return redirect("wagtailadmin_explore", exception.page.get_parent().pk)
