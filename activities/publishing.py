"""Publishes an activity: everything the public reads is derived here.

Each function runs in one transaction with the change it follows: session rows,
runs, stored calendar text, the versions of feeds and of cached pages.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import OuterRef, ProtectedError, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from activities import allocation, materialise, notices, policy
from activities.feeds import fragments, versions
from activities.models import (
    ActivityPage,
    Notice,
    NoticeKind,
    Registration,
    Run,
    Session,
)
from activities.schedule import expand, rule_of
from activities.states import ACTIVE
from home.models import ContentVersion, NetworkNodePage


@transaction.atomic
def publish(activity: ActivityPage) -> None:
    """Materialises the published schedule and policy of an activity.

    Publishing again with nothing changed writes no session, run or feed. A
    translation or an alias has no sessions of its own.
    """
    if activity.has_own_sessions:
        _materialise(activity)
    ContentVersion.grow()


@transaction.atomic
def hide(activity: ActivityPage) -> None:
    """Takes an unpublished activity out of calendar and feeds; nothing is lost.

    Its translations are hidden with it. Who was still to come is told to ask.
    """
    if activity.has_own_sessions:
        _tell_hidden(activity)
        Session.objects.filter(activity=activity).update(is_public=False)
        Run.objects.filter(activity=activity).update(is_open=False)
        versions.grow_for_activity(activity)
    ContentVersion.grow()


@transaction.atomic
def forget(activity: ActivityPage) -> None:
    """An activity without registrations is being deleted: feeds no longer show it."""
    if activity.has_own_sessions:
        versions.grow_for_activity(activity)
    ContentVersion.grow()


@transaction.atomic
def rename(node: NetworkNodePage) -> None:
    """Follows a name or an address of `node` that may have changed: both stand in the
    calendar text and in the head of feeds, of everything below it too."""
    refresh(Session.objects.under(node))
    versions.grow_below(node)


@transaction.atomic
def relocate(page: Page, parents: Iterable[Page]) -> None:
    """Follows a move in the tree: `parents` are where the page was and is now.

    Node paths are put right for everything below the parents, since a move shifts
    siblings as well; the stored calendar text follows, its links having changed.
    """
    below = Session.objects.none()
    for parent in parents:
        path = Page.objects.values_list("path", flat=True).get(pk=parent.pk)
        put_paths_right(path)
        below = below | Session.objects.filter(activity__path__startswith=path)
        versions.grow(_scopes_above(path))
    refresh(below)
    for node in NetworkNodePage.objects.filter(pk=page.pk):
        versions.grow_below(node)
    ContentVersion.grow()


def put_paths_right(path: str) -> None:
    """Copies the tree's paths into sessions and runs below `path`: two statements."""
    parent_path = Page.objects.filter(pk=OuterRef("activity_id")).values(
        parent=Substr("path", 1, Length("path") - Page.steplen)
    )
    for model in (Session, Run):
        rows = model.objects.filter(activity__path__startswith=path)
        rows = rows.exclude(node_path=Subquery(parent_path))
        rows.update(node_path=Subquery(parent_path))


@transaction.atomic
def refresh(sessions: Iterable[Session]) -> None:
    """Renders the calendar text of sessions anew; the feeds that show one of those
    that changed become a new version."""
    sessions = list(sessions)
    before = {session.pk: session.ics for session in sessions}
    fragments.refresh(sessions)
    changed = {each.activity_id for each in sessions if each.ics != before[each.pk]}
    for activity in ActivityPage.objects.filter(pk__in=changed):
        versions.grow_for_activity(activity)


def refuse_if_registered(pages: Iterable[Page]) -> None:
    """Raises `ProtectedError` with a sentence when one of these pages or a page below
    is an activity somebody registered for."""
    for page in pages:
        registrations = Registration.objects.filter(
            run__activity__path__startswith=page.path
        )
        first = registrations.select_related("run__activity").first()
        if first is not None:
            raise ProtectedError(
                _(
                    "「%(title)s」已经有人报名，不能删除。可以撤下（不再公开），"
                    "或者填写取消原因后发布。"
                )
                % {"title": first.run.activity.title},
                {first},
            )


def _materialise(activity: ActivityPage) -> None:
    now = timezone.now()
    runs = policy.locked_runs(activity)
    rows = {row.original_date: row for row in activity.sessions.all()}
    was_hidden = not any(row.is_public for row in rows.values())
    registered = policy.registered_runs(activity)
    before = _themes_and_paths(rows.values())
    found = materialise.difference(
        activity,
        expand(rule_of(activity)).occurrences if activity.starts_at else [],
        rows,
        registered={row.pk for row in rows.values() if row.run_id in registered},
        now=now,
    )
    materialise.write(found)
    sessions = list(activity.sessions.all())
    changed = policy.sync(activity, sessions, runs)
    stored = {session.pk: session.ics for session in sessions}
    # what is over keeps the words it was held under
    fragments.refresh([s for s in sessions if s.ends_at > now or not s.ics])
    rendered = any(session.ics != stored[session.pk] for session in sessions)
    if found or changed or rendered:
        versions.grow_for_activity(activity, **before)
    _tell(found, changed, registered)
    if was_hidden:
        _tell_shown(activity, now)


def told_when_hidden(activity: ActivityPage, *, at: dt.datetime) -> QuerySet:
    """The registrations of whoever is still to come, or waits, to what is public."""
    coming = activity.sessions.scheduled().filter(is_public=True, ends_at__gt=at)
    return Registration.objects.filter(run__in=coming.values("run"), status__in=ACTIVE)


def _tell_hidden(activity: ActivityPage) -> None:
    now = timezone.now()
    to_tell = told_when_hidden(activity, at=now)
    if told := sorted(to_tell.values_list("pk", flat=True)):
        notices.tell_later({NoticeKind.HIDDEN: told}, ref=now.isoformat())


def _tell_shown(activity: ActivityPage, now: dt.datetime) -> None:
    """Only whoever was told that it is hidden believes that it is."""
    was_told = Notice.objects.filter(kind=NoticeKind.HIDDEN).exclude(sent_at=None)
    to_tell = told_when_hidden(activity, at=now).filter(notices__in=was_told)
    if told := sorted(set(to_tell.values_list("pk", flat=True))):
        notices.tell_later({NoticeKind.SHOWN: told}, ref=now.isoformat())


def _themes_and_paths(rows: Iterable[Session]) -> dict[str, set[str]]:
    """Where the feeds showed the activity until now."""
    rows = list(rows)
    return {
        "node_paths": {row.node_path for row in rows},
        "themes": {row.theme for row in rows},
    }


def _tell(found, changed, registered: set[int]) -> None:
    told = [row.pk for row in found.told if row.run_id in registered]
    if told:
        notices.session_changed(told)
    for run in changed.changed:
        if run.waiting:
            transaction.on_commit(lambda pk=run.pk: allocation.allocate(pk))


def _scopes_above(path: str) -> set[str]:
    return {versions.CITY, *map(versions.node_scope, versions._nodes_above([path]))}
