"""What of activities is added to the admin."""

from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages

from activities import (  # noqa: F401 - they register
    access_words,
    copying,
    roster_hooks,
    start_page,
)
from activities.publishing import refuse_if_registered
from activities.viewsets import activity_listing
from home.deleting import before_deleting


@hooks.register("register_admin_viewset")
def register_activity_listing():
    return activity_listing


@before_deleting
def keep_registered_pages(request, pages):
    """Says so where Wagtail would delete a page that people registered for."""
    try:
        refuse_if_registered(pages)
    except ProtectedError as refusal:
        messages.error(request, refusal.args[0])
        parent = pages[0].get_parent()
        return redirect(reverse("wagtailadmin_explore", args=[parent.pk]))
    return None
