"""The addresses of the roster in the admin, and its button at the page."""

from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from activities import roster_acts as acts
from activities import roster_views as views
from activities.models import ActivityPage
from activities.roster_access import ROLES
from activities.viewsets import activity_listing
from activities.vocabulary import RegistrationMode
from home.permissions import can_act_under


@hooks.register("register_admin_urls")
def register_roster_urls():
    roster = "activities/<key:pk>/roster/"
    return [
        path(roster, views.view_roster, name="activity_roster"),
        path(
            f"{roster}export.csv",
            views.export_roster,
            {"kind": "csv"},
            name="activity_roster_csv",
        ),
        path(
            f"{roster}export.xlsx",
            views.export_roster,
            {"kind": "xlsx"},
            name="activity_roster_xlsx",
        ),
        path(f"{roster}print/", views.print_roster, name="activity_roster_print"),
        path(
            f"{roster}register/",
            acts.register_by_hand,
            name="activity_roster_register",
        ),
        path(
            f"{roster}<key:registration_id>/withdraw/",
            acts.withdraw_by_hand,
            name="activity_roster_withdraw",
        ),
        path(
            f"{roster}<key:registration_id>/correct/",
            acts.correct_by_hand,
            name="activity_roster_correct",
        ),
        path(
            f"{roster}<key:registration_id>/told/",
            acts.told_by_hand,
            name="activity_roster_told",
        ),
    ]


@hooks.register("register_page_listing_buttons")
def roster_button(page, user, next_url=None):
    """Where people register; a list that has the link in a column shows it there."""
    activity = page.specific_deferred
    if (
        not isinstance(activity, ActivityPage)
        or next_url
        and (next_url.startswith(reverse(activity_listing.get_url_name("index"))))
    ):
        return
    has_roster = activity.registration_mode != RegistrationMode.NONE
    if has_roster and can_act_under(user, page.path, ROLES):
        yield Button(_("名单"), reverse("activity_roster", args=[page.pk]), priority=35)
