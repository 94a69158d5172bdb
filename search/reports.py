"""The report of what people look for, among the reports of the admin."""

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from home.permissions import nodes_of
from search.models import SearchedWords
from search.searched import KEPT_DAYS, looked_for


def may_read(user) -> bool:
    """Whoever plans for a place: it holds no person."""
    return user.is_active and (user.is_superuser or bool(nodes_of(user)))


class SearchedFilterSet(WagtailFilterSet):
    found = django_filters.ChoiceFilter(
        label=_("看哪些"),
        choices=[("nothing", _("没有找到的"))],
        empty_label=_("全部"),
        method="only_missed",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = SearchedWords
        fields = []

    def only_missed(self, queryset, name, value):
        return queryset.filter(results=0)


class SearchedReport(ReportView):
    page_title = _("大家在找什么")
    header_icon = "search"
    index_url_name = "searched_words"
    index_results_url_name = "searched_words_results"
    filterset_class = SearchedFilterSet
    columns = [
        Column("words", label=_("搜的是")),
        Column("times", label=_("搜了几次")),
        Column("results", label=_("最近一次找到几条")),
        Column("last", label=_("最近哪一天")),
    ]
    list_export = ["words", "times", "results", "last"]
    export_headings = {
        "words": _("搜的是"),
        "times": _("搜了几次"),
        "results": _("最近一次找到几条"),
        "last": _("最近哪一天"),
    }

    def dispatch(self, request, *args, **kwargs):
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return looked_for(KEPT_DAYS)
