"""The lists of the catalogue, one for each kind of record."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses_catalog.forms import RecordListForm
from courses_catalog.lines import lines
from courses_catalog.models import Course, Resource, Series, Teacher
from home.public_pages import CALM_SECONDS, public_page
from home.theme_badge import theme_badge
from home.vocabulary import Theme

PER_PAGE = 20


@dataclass(frozen=True)
class Chip:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Shelf:
    """`name` is that of its URL."""

    name: str
    model: type
    label: Promise
    lead: Promise
    empty: Promise


SHELVES = (
    Shelf(
        "courses",
        Course,
        gettext_lazy("课程"),
        gettext_lazy("都能学什么。有班正在开的，课程页上会写明在哪里、什么时候。"),
        gettext_lazy("这里还没有课程"),
    ),
    Shelf(
        "resources",
        Resource,
        gettext_lazy("资源"),
        gettext_lazy("在家就能看、能听、能读的。不用登录。"),
        gettext_lazy("这里还没有资源"),
    ),
    Shelf(
        "series_list",
        Series,
        gettext_lazy("系列课程"),
        gettext_lazy("几门课连着学，名师好课和金课也在这里。"),
        gettext_lazy("这里还没有系列课程"),
    ),
    Shelf(
        "teachers",
        Teacher,
        gettext_lazy("教师"),
        gettext_lazy("谁在教、教什么。想请老师去上课，请找老师的所属网点。"),
        gettext_lazy("这里还没有教师"),
    ),
)


def _list_of(shelf: Shelf):
    @require_safe
    @public_page(CALM_SECONDS)
    def records(request):
        """All of one kind by theme; a filter nobody knows is named and left out."""
        form = RecordListForm(request.GET)
        theme = form.chosen.get("theme")
        found = shelf.model.objects.shown_in(get_language())
        if theme:
            found = found.for_theme(theme)
        found = found.select_related("owner_node", "locale").order_by("title", "pk")
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "shelf": shelf,
            "page": page,
            "lines": lines(page.object_list, get_language()),
            "shelves": _shelf_chips(shelf, theme),
            "chips": _theme_chips(shelf, theme),
            "theme": theme_badge(theme or ""),
            "has_unknown_filter": bool(form.errors),
        }
        return render(request, "courses_catalog/records.html", context)

    return records


courses, resources, series_list, teachers = map(_list_of, SHELVES)


def _shelf_chips(here: Shelf, theme: str | None) -> list[Chip]:
    return [
        Chip(str(shelf.label), _link(shelf, theme), shelf == here) for shelf in SHELVES
    ]


def _theme_chips(shelf: Shelf, chosen: str | None) -> list[Chip]:
    everything = Chip(_("全部"), _link(shelf, None), not chosen)
    return [everything] + [
        Chip(str(theme.label), _link(shelf, theme.value), theme.value == chosen)
        for theme in Theme
    ]


def _link(shelf: Shelf, theme: str | None) -> str:
    query = f"?{urlencode({'theme': theme})}" if theme else ""
    return reverse(shelf.name) + query
