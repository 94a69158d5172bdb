"""The feeds there are: whose sessions each shows, its head and its versions."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.feeds.document import COLOURS, Head
from activities.feeds.versions import (
    CITY,
    activity_scope,
    learner_scope,
    node_scope,
    theme_scope,
)
from activities.feeds.vevent import activity_url
from activities.models import ActivityPage, Registration, Session
from activities.states import HOLDS_PLACE
from home.models import NetworkNodePage
from home.network import full_name
from home.vocabulary import Theme


@dataclass(frozen=True)
class Feed:
    """One feed, nothing of it read yet but what decides whether it exists.

    `head` is called inside the site's own language. `also` joins the versions in
    the validators: what no version row tells. A private feed is kept by no cache.
    """

    scopes: list[str]
    sessions: QuerySet
    head: Callable[[], Head]
    also: tuple = ()
    is_private: bool = False


def city() -> Feed:
    """Everything in the network."""
    return Feed([CITY], Session.objects.public(), _city_head)


def of_node(pk: int, theme: str | None = None) -> Feed:
    """A node with all below it, all themes or one. Raises Http404."""
    node = get_object_or_404(NetworkNodePage.objects.originals().live(), pk=pk)
    sessions = Session.objects.public().under(node)
    if theme is not None:
        sessions = sessions.for_theme(theme)
    # any change below the node makes a new version, whatever its theme
    return Feed([node_scope(pk)], sessions, lambda: _node_head(node, theme))


def of_theme(theme: str) -> Feed:
    """One of the five themes, everywhere."""
    sessions = Session.objects.public().for_theme(theme)
    return Feed([theme_scope(theme)], sessions, lambda: _theme_head(Theme(theme)))


def of_activity(pk: int) -> Feed:
    """One activity; empty once unpublished, so that its dates vanish everywhere.

    A translation's feed is its original's. Raises Http404 for a page that was never
    public.
    """
    published = ActivityPage.objects.filter(first_published_at__isnull=False)
    page = get_object_or_404(published.select_related("locale"), pk=pk)
    activity = page.original
    sessions = Session.objects.public().filter(activity_id=activity.pk)
    scopes = [activity_scope(activity.pk)]
    return Feed(scopes, sessions, lambda: _activity_head(activity))


def of_learner(learner) -> Feed:
    """What `learner` holds a place in, and nothing of anybody else.

    Its versions are the learner's own and those of her activities; the list of runs
    itself is in the validators, so one run left and another joined never look alike.
    """
    placed = Registration.objects.filter(learner=learner, status__in=HOLDS_PLACE)
    runs = sorted(placed.values_list("run_id", "run__activity_id"))
    sessions = Session.objects.public().filter(run_id__in=[run for run, _a in runs])
    scopes = [learner_scope(learner.pk), *(activity_scope(a) for _run, a in runs)]
    return Feed(
        scopes,
        sessions,
        lambda: _learner_head(learner),
        also=tuple(runs),
        is_private=True,
    )


def address_of(view: str, *args) -> str:
    """The absolute address of a feed."""
    return settings.BASE_URL.rstrip("/") + reverse(view, args=args)


def _page(name: str) -> str:
    return settings.BASE_URL.rstrip("/") + reverse(name)


def _city_head() -> Head:
    return Head(
        name=_("%(city)s社区教育") % {"city": settings.CITY_NAME},
        description=_("%(city)s各个教学点的全部活动。") % {"city": settings.CITY_NAME},
        url=_page("calendar"),
        source=address_of("feed_city"),
    )


def _node_head(node: NetworkNodePage, theme: str | None) -> Head:
    place = full_name(node)
    if theme is None:
        return Head(
            name=place,
            description=_("%(place)s和下面各个教学点的活动。") % {"place": place},
            url=_page("calendar") + f"?place={node.pk}",
            source=address_of("feed_node", node.pk),
        )
    label = Theme(theme).label
    return Head(
        name=f"{place} · {label}",
        description=_("%(place)s和下面各个教学点的“%(theme)s”活动。")
        % {"place": place, "theme": label},
        url=_page("calendar") + f"?place={node.pk}&theme={theme}",
        source=address_of("feed_node_theme", node.pk, theme),
        colour=COLOURS[theme],
    )


def _theme_head(theme: Theme) -> Head:
    words = {"city": settings.CITY_NAME, "theme": theme.label}
    return Head(
        name=_("%(city)s社区教育 · %(theme)s") % words,
        description=_("%(city)s各个教学点的“%(theme)s”活动。") % words,
        url=_page("calendar") + f"?theme={theme.value}",
        source=address_of("feed_theme", theme.value),
        colour=COLOURS[theme.value],
    )


def _activity_head(activity: ActivityPage) -> Head:
    source = address_of("feed_activity", activity.pk)
    if not activity.live:
        gone = _("这个活动已经撤下。")
        return Head(name=_("已撤下的活动"), description=gone, url=source, source=source)
    return Head(
        name=activity.title,
        description=activity.summary or activity.title,
        url=activity_url(activity),
        source=source,
        colour=COLOURS.get(activity.theme, Head.colour),
    )


def _learner_head(learner) -> Head:
    return Head(
        name=_("%(name)s的课") % {"name": learner.name},
        description=_("%(name)s报上名的活动。这个地址请不要发给别人。")
        % {"name": learner.name},
        url=_page("my_feed"),
    )
