"""The public catalogue: the list of courses and the page of one."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses_catalog.forms import CourseListForm
from courses_catalog.lines import lines
from courses_catalog.models import Course
from home.addresses import TakenDown
from home.languages import foreign
from home.public_pages import CALM_SECONDS, PLACES_SECONDS, public_page
from home.theme_badge import theme_badge
from home.vocabulary import Theme

PER_PAGE = 20


@dataclass(frozen=True)
class Chip:
    label: str
    url: str
    current: bool


@require_safe
@public_page(CALM_SECONDS)
def courses(request):
    """The whole catalogue by theme; a filter nobody knows is named and left out."""
    form = CourseListForm(request.GET)
    chosen = form.chosen
    found = Course.objects.shown_in(get_language())
    if theme := chosen.get("theme"):
        found = found.for_theme(theme)
    paginator = Paginator(found.with_parts().order_by("title", "pk"), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines(page.object_list, get_language()),
        "chips": _theme_chips(theme),
        "theme": theme_badge(theme or ""),
        "has_unknown_filter": bool(form.errors),
    }
    return render(request, "courses_catalog/courses.html", context)


def _theme_chips(chosen: str | None) -> list[Chip]:
    everything = Chip(_("全部"), reverse("courses"), not chosen)
    return [everything] + [
        Chip(str(theme.label), _link(theme.value), theme.value == chosen)
        for theme in Theme
    ]


def _link(theme: str) -> str:
    return f"{reverse('courses')}?{urlencode({'theme': theme})}"


@require_safe
@public_page(PLACES_SECONDS)
def course(request, pk):
    """One public course, in the reader's language where it is translated."""
    found = Course.objects.public().with_parts().filter(pk=pk).first()
    if found is None:
        raise _why_not_there(pk)
    shown = found.in_language(get_language())
    context = {
        "course": shown,
        "theme": theme_badge(shown.theme),
        "language": foreign(shown.locale.language_code, get_language()),
    }
    return render(request, "courses_catalog/course.html", context)


def _why_not_there(pk: int) -> Http404:
    once_public = Course.objects.filter(pk=pk, first_published_at__isnull=False)
    return TakenDown() if once_public.exists() else Http404()
