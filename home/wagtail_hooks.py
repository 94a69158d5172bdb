"""The network in the admin: who acts where, and what stock views leave open."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home import turned_down  # noqa: F401 - it registers
from home.network import refuse_while_active
from home.refusals import PlaceInUse
from home.viewsets import NodeRoleViewSet
from home.visibility import why_not_moved_to


@hooks.register("register_admin_viewset")
def node_roles():
    return NodeRoleViewSet()


@hooks.register("construct_page_action_menu")
def publish_first(menu_items, request, context):
    """What an editor nearly always came for stands on the button, and saving a draft
    behind its arrow. While somebody is asked to approve, Wagtail's order stays."""
    page = context.get("page")
    if page and page.workflow_in_progress:
        return
    names = [item.name for item in menu_items]
    if names[:1] == ["action-save-draft"] and "action-publish" in names:
        menu_items.insert(0, menu_items.pop(names.index("action-publish")))


@hooks.register("before_move_page")
def ask_before_showing_a_move(request, page, destination):
    """The confirmation of a move shows both pages before Wagtail asks for a right.

    Whoever may move the page is told what stands against this destination.
    """
    rights = page.permissions_for_user(request.user)
    if rights.can_move_to(destination):
        return None
    sentence = why_not_moved_to(page, destination) if rights.can_move() else ""
    if not sentence:
        raise PermissionDenied
    messages.error(request, sentence)
    return redirect("wagtailadmin_pages:move", page.pk)


@hooks.register("before_unpublish_page")
def keep_places_of_activities(request, page):
    """Says so where Wagtail would hide a place and leave its activities public."""
    return _refused(request, [page])


@hooks.register("before_bulk_action")
def keep_places_of_activities_in_bulk(request, action_type, objects, action):
    if action_type != "unpublish":
        return None
    return _refused(request, [each for each in objects if isinstance(each, Page)])


def _refused(request, pages):
    try:
        refuse_while_active(pages)
    except PlaceInUse as refusal:
        messages.error(request, refusal.sentence)
        parent = pages[0].get_parent()
        return redirect(reverse("wagtailadmin_explore", args=[parent.pk]))
    return None


@hooks.register("construct_page_chooser_queryset")
def choose_only_what_one_may_see(pages, request):
    """Published pages are everybody's to link to; drafts only within one's subtree."""
    if request.user.is_superuser:
        return pages
    policy = policy_registry.get_by_type(Page)
    seen = policy.explorable_instances(request.user).values("pk")
    return pages.filter(Q(live=True) | Q(pk__in=seen))
