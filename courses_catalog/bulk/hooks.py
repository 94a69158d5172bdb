"""The addresses of import and export in the admin."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from courses_catalog.bulk import views


class BulkMenuItem(MenuItem):
    def is_shown(self, request):
        return views.is_allowed(request.user)


def menu_item(order: int) -> BulkMenuItem:
    return BulkMenuItem(
        _("导入和导出"),
        reverse_lazy("catalogue_bulk"),
        name="catalogue-bulk",
        icon_name="upload",
        order=order,
    )


def addresses() -> list:
    root = "catalogue/bulk/"
    job = f"{root}<key:pk>/"
    file = "<slug:kind>.<slug:suffix>"
    return [
        path(root, views.start, name="catalogue_bulk"),
        path(job, views.show_job, name="catalogue_import_job"),
        path(f"{job}confirm/", views.confirm_job, name="catalogue_import_confirm"),
        path(f"{job}again/", views.try_job_again, name="catalogue_import_again"),
        path(f"{job}errors.csv", views.download_errors, name="catalogue_import_errors"),
        path(
            f"{root}columns/<slug:kind>/",
            views.explain_columns,
            name="catalogue_bulk_columns",
        ),
        path(
            f"{root}template/{file}",
            views.download_template,
            name="catalogue_bulk_template",
        ),
        path(f"{root}export/{file}", views.export, name="catalogue_bulk_export"),
    ]
