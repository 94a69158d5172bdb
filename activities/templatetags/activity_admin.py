"""What the admin's own pages say about activities."""

from django import template
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from activities.models import ActivityPage
from activities.panels import CANCEL, EXCEPTIONS
from activities.publishing import told_when_hidden
from activities.states import RegistrationStatus

register = template.Library()


@register.simple_tag
def told_if_hidden(page: Page) -> dict | None:
    """How many are told when `page` is unpublished, and where less would do.

    None where nobody is. `placed`, `waiting`; `dates` leads to the changes of single
    dates, `cancel` to cancelling the whole activity.
    """
    activity = page.specific
    if not isinstance(activity, ActivityPage) or not activity.has_own_sessions:
        return None
    told = told_when_hidden(activity, at=timezone.now())
    waiting = told.filter(status=RegistrationStatus.WAITING).count()
    count = told.count()
    if not count:
        return None
    return {
        "placed": count - waiting,
        "waiting": waiting,
        "dates": _form_at(activity, EXCEPTIONS),
        "cancel": _form_at(activity, CANCEL),
    }


def _form_at(activity: ActivityPage, panel) -> str:
    """The editor's form, opened at `panel` of its first tab."""
    form = reverse("wagtailadmin_pages:edit", args=[activity.pk])
    tabs = ActivityPage.get_edit_handler()
    content, tab = tabs.children[0], tabs.child_identifiers[0]
    for child, name in zip(content.children, content.child_identifiers, strict=True):
        if child.heading == panel.heading:
            return f"{form}#panel-child-{tab}-{name}-section"
    return form
