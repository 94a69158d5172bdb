"""The public catalogue: the lists of its records and the page of each."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses_catalog.models import Course, Resource, Series, Teacher
from home.addresses import TakenDown
from home.languages import foreign
from home.public_pages import CALM_SECONDS, PLACES_SECONDS, public_page
from home.theme_badge import theme_badge


@require_safe
@public_page(PLACES_SECONDS)
def course(request, pk):
    return _page(request, Course, pk)


@require_safe
@public_page(CALM_SECONDS)
def resource(request, pk):
    return _page(request, Resource, pk)


@require_safe
@public_page(CALM_SECONDS)
def series(request, pk):
    return _page(request, Series, pk)


@require_safe
@public_page(CALM_SECONDS)
def teacher(request, pk):
    return _page(request, Teacher, pk)


def _page(request, model, pk):
    """One public record, in the reader's language where it is translated."""
    shown = shown_record(model, pk, get_language())
    name = model._meta.model_name
    context = {
        name: shown,
        "theme": theme_badge(shown.theme),
        "language": foreign(shown.locale.language_code, get_language()),
    }
    return render(request, f"courses_catalog/{name}.html", context)


def shown_record(model, pk: int, language: str):
    """Comes with its original, without further queries."""
    public = model.objects.public()
    keys = public.filter(pk=pk).values("translation_key")
    versions = public.filter(translation_key__in=keys).with_parts().order_by("pk")
    by_language = {version.locale.language_code: version for version in versions}
    named = next((version for version in versions if version.pk == pk), None)
    if named is None:
        raise why_not_there(model, pk)
    shown = by_language.get(language, named)
    shown.original = versions[0]
    return shown


def why_not_there(model, pk: int) -> Http404:
    once_public = model.objects.filter(pk=pk, first_published_at__isnull=False)
    return TakenDown() if once_public.exists() else Http404()
