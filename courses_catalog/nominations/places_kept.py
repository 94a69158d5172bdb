"""A place where somebody asked to teach is not deleted: what was decided hangs on it.

Wagtail would answer with an error page; hiding the place is always possible.
"""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from courses_catalog.models import Nomination


@hooks.register("before_delete_page")
def keep_places_of_nominations(request, page):
    return _refused(request, [page])


@hooks.register("before_bulk_action")
def keep_places_of_nominations_in_bulk(request, action_type, objects, action):
    if action_type != "delete":
        return None
    return _refused(request, [each for each in objects if isinstance(each, Page)])


def _refused(request, pages):
    if not Nomination.objects.under(pages).exists():
        return None
    messages.error(request, _("这里有人申请过当老师，不能删除。不用了可以撤下。"))
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)
