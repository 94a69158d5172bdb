"""Pages of one account alone: nobody keeps them, nobody reaches another's people."""

from django.http import Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from learners.households import learners_of
from learners.models import Learner

private = cache_control(private=True, no_store=True)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def learner_or_404(request, pk: int) -> Learner:
    """The learner of this household. Raises Http404 for everybody else's."""
    learner = learners_of(request.user).filter(pk=pk).first()
    if learner is None:
        raise Http404
    return learner
