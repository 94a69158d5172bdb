"""Search in the admin: the table of synonyms, and what people look for."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from search.models import SynonymGroup
from search.reports import SearchedReport, may_read


class SynonymViewSet(ModelViewSet):
    """For administrators: nobody else holds Django's permissions on synonyms."""

    model = SynonymGroup
    name = "synonyms"
    url_prefix = "synonyms"
    icon = "search"
    menu_label = _("同义词")
    menu_order = 900
    add_to_settings_menu = True
    form_fields = ["words"]
    list_display = ["words"]
    search_fields = ["words"]
    copy_view_enabled = False
    inspect_view_enabled = False


@hooks.register("register_admin_viewset")
def synonyms():
    return SynonymViewSet()


@hooks.register("register_admin_urls")
def report_urls():
    results = SearchedReport.as_view(results_only=True)
    return [
        path("reports/searched/", SearchedReport.as_view(), name="searched_words"),
        path("reports/searched/results/", results, name="searched_words_results"),
    ]


class SearchedMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return may_read(request.user)


@hooks.register("register_reports_menu_item")
def report_menu_item():
    return SearchedMenuItem(
        _("大家在找什么"),
        reverse_lazy("searched_words"),
        name="searched-words",
        icon_name="search",
        order=900,
    )
