"""Finding and choosing places, and the pages that say how this site behaves."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views

from home import place
from home.models import HomePage, NetworkNodePage
from home.place_forms import PlaceSearchForm
from home.public_pages import CALM_SECONDS, public_page
from home.version import safe_next


@require_safe
def home(request):
    """The home page in the active language, else in the first."""
    page = _home_page()
    if page is None:
        raise Http404
    return page.serve(request)


def page(request, path: str):
    """The page at `path` below the home page, by Wagtail's own view and its hooks.

    Only the way to the home page is ours.
    """
    if (top := _home_page()) is not None:
        # where Wagtail keeps, and looks first for, what a request leads to
        request._wagtail_route_for_request = top.route(request, path.split("/")[:-1])
    return wagtail_views.serve(request, path)


def _home_page() -> HomePage | None:
    """In one query: Wagtail's way by the site, its language and its kind takes four,
    and asks for restrictions no home page has."""
    pages = HomePage.objects.live().filter(
        locale__language_code__in=(get_language(), settings.LANGUAGE_CODE)
    )
    ours = {page.locale.language_code: page for page in pages.select_related("locale")}
    original = ours.get(settings.LANGUAGE_CODE)
    home = ours.get(get_language()) or original
    if home and original:
        home.original = original
    return home


@require_safe
@public_page(CALM_SECONDS)
def find_nodes(request):
    """Every place of the network, by name or by walking down the levels."""
    return _places(request, "home/find_nodes.html")


@require_safe
@public_page(CALM_SECONDS)
def choose_place(request):
    """As `find_nodes`, where a place is chosen instead of visited."""
    return _places(request, "home/choose_place.html")


def _places(request, template: str) -> HttpResponse:
    form = PlaceSearchForm(request.GET)
    context = {"form": form, "places": form.places(), "next": safe_next(request, "")}
    return render(request, template, context)


@require_safe
def set_place(request, pk: int):
    """Keeps the place for a year and goes to `next`, the home page unless told."""
    node = get_object_or_404(NetworkNodePage.objects.originals().live(), pk=pk)
    return _remember(request, node)


@require_safe
def forget_place(request):
    """Back to the whole city."""
    return _remember(request, None)


def _remember(request, node) -> HttpResponse:
    response = HttpResponseRedirect(safe_next(request, reverse("home")))
    place.remember(response, node)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@public_page(CALM_SECONDS)
def accessibility(request):
    return render(request, "home/accessibility.html")


@require_safe
@public_page(CALM_SECONDS)
def privacy(request):
    return render(request, "home/privacy.html")


@require_safe
def favicon(request):
    """Browsers ask here whatever the page says; the drawing is where it always is."""
    response = HttpResponseRedirect(static("img/logo.svg"))
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def robots(request):
    """Readers and feed readers may come; the admin and personal pages are no use."""
    context = {"site": settings.BASE_URL.rstrip("/")}
    plain = "text/plain; charset=utf-8"
    return render(request, "home/robots.txt", context, content_type=plain)
