"""The addresses of the review in the admin."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from courses_catalog.nominations import queue, review


class ReviewMenuItem(MenuItem):
    def is_shown(self, request):
        return queue.may_review(request.user)


def menu_item(order: int) -> ReviewMenuItem:
    return ReviewMenuItem(
        _("能者为师审核"),
        reverse_lazy("nominations"),
        name="nominations",
        icon_name="user",
        order=order,
    )


def addresses() -> list:
    root = "catalogue/nominations/"
    one = f"{root}<key:pk>/"
    return [
        path(root, review.waiting, name="nominations"),
        path(one, review.review, name="nomination_review"),
        path(f"{one}decide/", review.decide_on, name="nomination_decide"),
        path(
            f"{one}proofs/<key:proof_id>/", review.show_proof, name="nomination_proof"
        ),
    ]
