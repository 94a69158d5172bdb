"""The addresses calendar programs ask."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from activities.feeds import feeds, tokens
from activities.feeds.document import alone, fragment_of
from activities.feeds.responses import (
    answer,
    calendar,
    feed_view,
    plain,
)
from activities.models import Session


@feed_view
def city(request):
    return answer(request, feeds.city())


@feed_view
def node(request, pk: int, theme: str | None = None):
    return answer(request, feeds.of_node(pk, theme))


@feed_view
def theme(request, theme: str):
    return answer(request, feeds.of_theme(theme))


@feed_view
def activity(request, pk: int):
    return answer(request, feeds.of_activity(pk))


@feed_view
def mine(request, token: str):
    """One learner's own; 410 once the key was taken back, or she is gone."""
    key = tokens.find(token)
    if key is None:
        return plain(404, _("没有这个日历。请登录后重新取一个地址。"))
    if key.revoked_at or key.learner is None:
        return plain(410, _("这个地址已经作废。请登录后取新的地址，再订阅一次。"))
    return answer(request, feeds.of_learner(key.learner))


@feed_view
def session(request, pk: int):
    """One date to be added by hand, as a file."""
    session = get_object_or_404(Session.objects.public(), pk=pk)
    feed = feeds.of_activity(session.activity_id)
    response = calendar(request, alone(feed.head(), fragment_of(session)))
    response.headers["Content-Disposition"] = f'attachment; filename="{pk}.ics"'
    response.headers["Cache-Control"] = "max-age=300"
    return response


@feed_view
def unknown(request):
    """Everything else below /feeds/: never a page of HTML."""
    raise Http404
