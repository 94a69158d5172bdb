"""Among the reports of the admin: links that do not answer, records to review.

Each shows what lies in one's own subtree.
"""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import F, OuterRef, Subquery, Value
from django.urls import path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from courses_catalog.models import RECORDS, LinkCheck, Resource
from home.spreadsheets import safe

COMING = dt.timedelta(days=30)
ACTIONS = ("change", "delete", "publish")
MODELS = {model._meta.model_name: model for model in RECORDS}


def may_read(user) -> bool:
    """Whoever edits records of some node."""
    return policy_registry.get_by_type(Resource).user_has_permission(user, "change")


def own(model, user):
    """The records she may act on, as first written: translations share their facts."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, ACTIONS).originals()


class OwnRecordsReport(ReportView):
    """A report for editors alone, whose file runs nothing."""

    custom_value_preprocess = {
        **ReportView.custom_value_preprocess,
        str: {"csv": safe, "xlsx": safe},
    }

    def dispatch(self, request, *args, **kwargs):
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def to_row_dict(self, item):
        """As the columns show it: exported cells read like those on screen."""
        shown = {column.name: column.get_value(item) for column in self.columns}
        return {name: shown[name] for name in self.list_export}

    def get_heading(self, queryset, field):
        return str(next(c.label for c in self.columns if c.name == field))


def edit_url(row) -> str:
    model = MODELS[row["model"]]
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[row["pk"]])


def _told(status: int | None) -> str:
    if not status:
        return _("没有回答")
    gone = _("网页没有了（%(status)d）") if status in (404, 410) else ""
    return (gone or _("对方出错（%(status)d）")) % {"status": status}


class BrokenLinks(OwnRecordsReport):
    page_title = gettext_lazy("打不开的网址")
    header_icon = "warning"
    index_url_name = "broken_links"
    index_results_url_name = "broken_links_results"
    export_filename = "broken-links"
    columns = [
        TitleColumn("title", label=gettext_lazy("名称"), get_url=edit_url, width="30%"),
        Column("node", label=gettext_lazy("所属网点")),
        Column("link", label=gettext_lazy("网址")),
        Column(
            "state",
            label=gettext_lazy("怎么打不开"),
            accessor=lambda row: _told(row["status"]),
        ),
        Column(
            "since",
            label=gettext_lazy("从哪天起"),
            accessor=lambda row: _day(row["failing_since"]),
        ),
        Column(
            "looked",
            label=gettext_lazy("最近看的那天"),
            accessor=lambda row: _day(row["checked_at"]),
        ),
    ]
    list_export = ["title", "node", "link", "state", "since", "looked"]

    def get_queryset(self):
        checks = LinkCheck.objects.filter(url=OuterRef("link"))
        broken = LinkCheck.objects.filter(is_broken=True)
        found = own(Resource, self.request.user).filter(
            live=True, link__in=broken.values("url")
        )
        names = ("status", "failing_since", "checked_at")
        of_check = {name: Subquery(checks.values(name)[:1]) for name in names}
        return (
            found.annotate(model=Value("resource"), node=F("owner_node__title"))
            .annotate(**of_check)
            .values("pk", "model", "title", "node", "link", *names)
            .order_by("failing_since", "pk")
        )


def _day(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}" if moment else ""


class RecordsToReview(OwnRecordsReport):
    page_title = gettext_lazy("要复审的记录")
    header_icon = "calendar-alt"
    index_url_name = "records_to_review"
    index_results_url_name = "records_to_review_results"
    export_filename = "records-to-review"
    columns = [
        TitleColumn("title", label=gettext_lazy("名称"), get_url=edit_url, width="30%"),
        Column(
            "kind",
            label=gettext_lazy("种类"),
            accessor=lambda row: str(MODELS[row["model"]]._meta.verbose_name),
        ),
        Column("node", label=gettext_lazy("所属网点")),
        Column(
            "day",
            label=gettext_lazy("复审日期"),
            accessor=lambda row: f"{row['review_on']:%Y-%m-%d}",
        ),
        Column(
            "state",
            label=gettext_lazy("状态"),
            accessor=lambda row: (
                _("过了") if row["review_on"] < timezone.localdate() else _("快到了")
            ),
        ),
    ]
    list_export = ["title", "kind", "node", "day", "state"]

    def get_queryset(self):
        until = timezone.localdate() + COMING
        first, *others = [
            own(model, self.request.user)
            .filter(live=True, review_on__lte=until)
            .annotate(model=Value(name), node=F("owner_node__title"))
            .order_by()
            .values("pk", "model", "title", "node", "review_on")
            for name, model in MODELS.items()
        ]
        return first.union(*others, all=True).order_by("review_on", "model", "pk")


REPORTS = (BrokenLinks, RecordsToReview)


class ReportMenuItem(MenuItem):
    def is_shown(self, request):
        return may_read(request.user)


def menu_items() -> list[ReportMenuItem]:
    return [
        ReportMenuItem(
            report.page_title,
            reverse_lazy(report.index_url_name),
            name=report.index_url_name.replace("_", "-"),
            icon_name=report.header_icon,
            order=910 + at,
        )
        for at, report in enumerate(REPORTS)
    ]


def addresses() -> list:
    found = []
    for report in REPORTS:
        root, name = f"reports/{report.export_filename}/", report.index_url_name
        found.append(path(root, report.as_view(), name=name))
        results = report.as_view(results_only=True)
        found.append(path(f"{root}results/", results, name=f"{name}_results"))
    return found
