"""A line on the start page of the admin for each thing that waits for its reader."""

from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from courses_catalog.harvesting import start_page as harvesting
from courses_catalog.loans.views import received_by
from courses_catalog.nominations import queue


class WaitingPanel(Component):
    name = "catalogue_waiting"
    order = 45
    template_name = "courses_catalog/start_page.html"

    def get_context_data(self, parent_context):
        return {"lines": waiting_lines(parent_context["request"].user)}


def waiting_lines(user) -> list[dict]:
    """`text` and `url` of what waits for `user`; nothing for whoever edits nowhere."""
    if not queue.may_review(user):
        return []
    found = []
    if count := queue.her_turn(user).count():
        text = ngettext(
            "能者为师：%(count)s 份申请等您审核",
            "能者为师：%(count)s 份申请等您审核",
            count,
        )
        found.append({"text": text % {"count": count}, "url": reverse("nominations")})
    if count := received_by(user).waiting().count():
        text = ngettext(
            "借用教师：%(count)s 份申请等您答复",
            "借用教师：%(count)s 份申请等您答复",
            count,
        )
        found.append({"text": text % {"count": count}, "url": reverse("teacher_loans")})
    return found + harvesting.waiting_lines(user)
