"""The start page of the admin: what is coming at one's own places, and its rosters."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from activities.by_hand import left_to_tell
from activities.models import ActivityPage, Run, Session
from activities.states import SessionStatus
from home.models import Role
from home.network import names_of
from home.permissions import nodes_of
from home.templatetags.look import full_date_time

MOST_SHOWN = 12
# A daily talk fills many rows with one activity; beyond these nobody looks.
MOST_READ = 400


@dataclass(frozen=True)
class Coming:
    """The next session of an activity, in one run; `run` is None: one just comes.

    `has_to_tell`: on its roster stands somebody whom no message reaches.
    """

    activity: ActivityPage
    run: Run | None
    when: str
    halted: str
    place: str
    taken: str
    has_to_tell: bool


class ComingPanel(Component):
    """The next activities under the nodes of whoever looks, the next first.

    An editor sees all of hers; who registers people at a desk those with a roster.
    """

    name = "coming_activities"
    order = 50
    template_name = "activities/start_page.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {
            "rows": coming(user, at=timezone.now()),
            "is_editor": bool(nodes_of(user, Role.EDITOR)),
            "has_places": bool(nodes_of(user)),
        }


def coming(user, *, at: dt.datetime) -> list[Coming]:
    """At most `MOST_SHOWN`, each activity once. Two queries beside the roles."""
    nodes = nodes_of(user)
    if not nodes:
        return []
    found = _next_by_activity(_sessions(user, nodes, at))
    names = names_of({session.node_path for session in found})
    return [_row(one, names.get(one.node_path, "")) for one in found]


def _sessions(user, nodes, at: dt.datetime):
    to_tell = Exists(left_to_tell(run=OuterRef("run")))
    takes_place = Q(is_public=True, status=SessionStatus.SCHEDULED)
    edited = {node.path for node in nodes_of(user, Role.EDITOR)}
    condition = Q()
    for node in nodes:
        here = Q(node_path__range=(node.path, f"{node.path}ZZZZ"))
        condition |= here if node.path in edited else here & Q(run__isnull=False)
    coming = Session.objects.upcoming(at).annotate(has_to_tell=to_tell)
    # whoever nobody told yet may still come to what was cancelled or hidden
    theirs = coming.filter(takes_place | Q(has_to_tell=True)).filter(condition)
    return theirs.with_activity().order_by("starts_at", "pk")


def _next_by_activity(sessions) -> list[Session]:
    found: dict[int, Session] = {}
    for session in sessions[:MOST_READ].iterator(chunk_size=50):
        found.setdefault(session.activity_id, session)
        if len(found) == MOST_SHOWN:
            break
    return list(found.values())


def _row(session: Session, place: str) -> Coming:
    run = session.run
    return Coming(
        activity=session.activity,
        run=run,
        when=full_date_time(session.starts_at),
        halted=_halted(session),
        place=place,
        taken=_places(run) if run else "",
        has_to_tell=session.has_to_tell,
    )


def _halted(session: Session) -> str:
    """Why one need not come; empty where it takes place."""
    if session.status == SessionStatus.CANCELLED:
        return _("已取消")
    return "" if session.is_public else _("暂时不公开")


def _places(run: Run) -> str:
    """12/20, with the waiting list behind it."""
    if run.capacity is None:
        text = _("%(taken)s 人") % {"taken": run.taken}
    else:
        text = f"{run.taken}/{run.capacity}"
    if run.waiting:
        text += _("，候补 %(waiting)s 人") % {"waiting": run.waiting}
    return text


@hooks.register("construct_homepage_panels")
def show_what_is_coming(request, panels):
    panels.append(ComingPanel())


@hooks.register("construct_main_menu")
def leave_out_help(request, menu_items):
    """What is new in Wagtail helps no clerk; ours stands beside each field."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
