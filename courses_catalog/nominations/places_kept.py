"""A place where somebody asked to teach is not deleted: what was decided hangs on it.

Wagtail would answer with an error page; hiding the place is always possible.
"""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from courses_catalog.models import Nomination
from home.deleting import before_deleting


@before_deleting
def keep_places_of_nominations(request, pages):
    if not Nomination.objects.under(pages).exists():
        return None
    messages.error(request, _("这里有人申请过当老师，不能删除。不用了可以撤下。"))
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)
