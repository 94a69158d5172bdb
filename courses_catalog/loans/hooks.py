"""The addresses of borrowing in the admin."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from courses_catalog.loans import views
from courses_catalog.nominations.hooks import ReviewMenuItem


def menu_item(order: int) -> MenuItem:
    return ReviewMenuItem(
        _("借用教师"),
        reverse_lazy("teacher_loans"),
        name="teacher-loans",
        icon_name="group",
        order=order,
    )


def addresses() -> list:
    root = "catalogue/loans/"
    return [
        path(root, views.overview, name="teacher_loans"),
        path(f"{root}find/", views.find, name="teacher_loan_find"),
        path(f"{root}ask/<key:teacher_id>/", views.ask, name="teacher_loan_ask"),
        path(f"{root}<key:pk>/", views.show, name="teacher_loan"),
        path(f"{root}<key:pk>/answer/", views.answer, name="teacher_loan_answer"),
    ]
