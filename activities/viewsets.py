"""The list of activities in the admin: next date, places taken, roster."""

import datetime as dt

import django_filters
from django.db.models import IntegerField, Min, OuterRef, Subquery, Sum
from django.forms import RadioSelect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import (
    BulkActionsColumn,
    PageStatusColumn,
    PageTitleColumn,
    ParentPageColumn,
)
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Locale

from activities.models import ActivityPage, Run, Session
from activities.states import SessionStatus
from activities.vocabulary import RegistrationMode
from home.dates import SHANGHAI, long_date
from home.models import NetworkNodePage
from home.vocabulary import Theme

WEEK = dt.timedelta(days=7)
COMING, THIS_WEEK, OVER = "coming", "week", "over"


class ActivityFilterSet(WagtailFilterSet):
    """By place with everything below it, theme, and time."""

    node = django_filters.ModelChoiceFilter(
        label=_("网点（包括下面的）"),
        queryset=NetworkNodePage.objects.all(),
        widget=AdminPageChooser(target_models=[NetworkNodePage]),
        method="under",
    )
    theme = django_filters.ChoiceFilter(
        label=_("主题"),
        choices=Theme.choices,
        empty_label=_("全部"),
        widget=RadioSelect,
    )
    when = django_filters.ChoiceFilter(
        label=_("时间"),
        choices=[
            (COMING, _("以后还有")),
            (THIS_WEEK, _("七天以内")),
            (OVER, _("已经结束")),
        ],
        empty_label=_("全部"),
        widget=RadioSelect,
        method="at_time",
    )

    class Meta:
        model = ActivityPage
        fields = []

    def under(self, queryset, name, node):
        return queryset.filter(path__startswith=node.path) if node else queryset

    def at_time(self, queryset, name, value):
        now = timezone.now()
        return {
            COMING: queryset.exclude(next_starts_at=None),
            THIS_WEEK: queryset.filter(next_starts_at__lt=now + WEEK),
            OVER: queryset.filter(next_starts_at=None, sessions__isnull=False),
        }[value].distinct()


def with_next_date_and_places(activities, *, at: dt.datetime):
    """Annotates `next_starts_at`, `taken` and `waiting` over all its runs."""
    coming = Session.objects.filter(
        activity=OuterRef("pk"), starts_at__gt=at, status=SessionStatus.SCHEDULED
    )
    runs = Run.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    return activities.annotate(
        next_starts_at=Subquery(
            coming.order_by()
            .values("activity")
            .annotate(first=Min("starts_at"))
            .values("first")
        ),
        taken=Subquery(
            runs.annotate(sum=Sum("taken")).values("sum"),
            output_field=IntegerField(),
        ),
        waiting=Subquery(
            runs.annotate(sum=Sum("waiting")).values("sum"),
            output_field=IntegerField(),
        ),
    )


def next_date(activity) -> str:
    """12月8日 周二 9:00, or a dash."""
    if activity.next_starts_at is None:
        return "—"
    starts_at = activity.next_starts_at.astimezone(SHANGHAI)
    return f"{long_date(starts_at.date())} {starts_at:%H:%M}"


def places(activity) -> str:
    """12/20, with the waiting list behind it; a dash where one just comes."""
    if activity.registration_mode == RegistrationMode.NONE:
        return "—"
    taken = activity.taken or 0
    single = activity.registration_mode == RegistrationMode.SINGLE_SESSIONS
    if activity.capacity is None or single:
        text = _("%(taken)s 人") % {"taken": taken}
    else:
        text = f"{taken}/{activity.capacity}"
    if activity.waiting:
        text += _("，候补 %(waiting)s 人") % {"waiting": activity.waiting}
    return text


def roster_link(activity) -> str:
    if activity.registration_mode == RegistrationMode.NONE:
        return ""
    return format_html(
        '<a href="{}" aria-label="{}">{}</a>',
        reverse("activity_roster", args=[activity.pk]),
        _("%(title)s的名单") % {"title": activity.title},
        _("名单"),
    )


class ActivityIndexView(IndexView):
    """Only what the permission policy lets this editor act on, in one language."""

    default_ordering = "next_starts_at"

    def get_base_queryset(self):
        pages = with_next_date_and_places(
            super().get_base_queryset(), at=timezone.now()
        )
        return pages.filter(pk__in=_originals())


def _originals():
    """Translations show the sessions of these and have no places of their own."""
    return ActivityPage.objects.filter(
        locale=Locale.get_default(), alias_of=None
    ).values("pk")


class ActivityListing(PageListingViewSet):
    model = ActivityPage
    name = "activities"
    url_prefix = "activities/list"
    icon = "date"
    menu_label = _("活动")
    menu_order = 120
    add_to_admin_menu = True
    index_view_class = ActivityIndexView
    filterset_class = ActivityFilterSet
    ordering = "next_starts_at"
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn(
            "title",
            label=pgettext_lazy("one", "活动"),
            sort_key="title",
            classname="title",
        ),
        ParentPageColumn("parent", label=_("网点")),
        Column(
            "next_starts_at",
            label=_("下一次"),
            accessor=next_date,
            sort_key="next_starts_at",
        ),
        Column("places", label=_("报名"), accessor=places),
        Column("roster", label=_("名单"), accessor=roster_link),
        PageStatusColumn("status", label=_("状态"), sort_key="live"),
    ]
    list_export = [
        "title",
        "next_starts_at",
        "kind",
        "theme",
        "registration_mode",
        "capacity",
        "taken",
        "waiting",
        "live",
    ]
    export_headings = {
        "title": pgettext_lazy("one", "活动"),
        "next_starts_at": _("下一次"),
        "kind": _("类型"),
        "theme": _("主题"),
        "registration_mode": _("怎么报名"),
        "capacity": _("名额"),
        "taken": _("报上"),
        "waiting": _("候补"),
        "live": _("已公布"),
    }
    export_filename = "activities"


activity_listing = ActivityListing()
