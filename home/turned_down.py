"""A publication somebody planned that a rule refused when its hour came.

It is tried once: what stands in the way is for a person to change. Whoever planned it
reads of it on the start page, and everybody in the history of the page.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page, PageLogEntry, Revision

ACTION = "home.turned_down"
# Long enough for who opens the admin once a month; what is published goes at once.
SHOWN = dt.timedelta(days=60)


def turn_down(revision: Revision, sentence: str) -> None:
    """Takes the plan back and writes down why, for its author."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    data = {"author": revision.user_id, "sentence": sentence}
    log(revision.content_object, ACTION, data=data)


def turned_down_for(user, *, at: dt.datetime) -> list[dict]:
    """`page` and `sentence` of what `user` planned and is still not public; the
    newest refusal of each page. Three queries at most."""
    found = PageLogEntry.objects.filter(
        action=ACTION, data__author=user.pk, timestamp__gte=at - SHOWN
    ).order_by("timestamp")
    newest = {entry.page_id: entry.data["sentence"] for entry in found}
    pages = Page.objects.filter(pk__in=newest, live=False).order_by("-pk")
    # planned anew: nothing to be done
    pages = pages.exclude(pk__in=_planned(newest)) if newest else []
    return [{"page": page, "sentence": newest[page.pk]} for page in pages]


def _planned(page_ids) -> list[int]:
    planned = Revision.page_revisions.filter(
        object_id__in=[str(pk) for pk in page_ids], approved_go_live_at__isnull=False
    )
    return [int(pk) for pk in planned.values_list("object_id", flat=True)]


class TurnedDownPanel(Component):
    name = "turned_down"
    order = 40
    template_name = "home/turned_down.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"rows": turned_down_for(user, at=timezone.now())}


@hooks.register("construct_homepage_panels")
def say_what_was_turned_down(request, panels):
    panels.append(TurnedDownPanel())


@hooks.register("register_log_actions")
def speak_of_it(actions):
    @actions.register_action(ACTION)
    class TurnedDown(LogFormatter):
        label = gettext_lazy("到了时间没有发布")

        def format_message(self, log_entry):
            return _("到了时间没有发布：%(sentence)s") % {
                "sentence": log_entry.data.get("sentence", "")
            }
