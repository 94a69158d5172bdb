"""Stock admin views that ask too little, asked again before Wagtail's own addresses.

Each keeps its address; `reverse` goes on finding Wagtail's name for it.
"""

from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.views.snippets_api import SnippetViewSet


def administrators_only(view):
    @wraps(view)
    def asked(request, *args, **kwargs):
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return require_admin_access(asked)


def editors_of_the_page_only(view):
    @wraps(view)
    def asked(request, page_id, **kwargs):
        page = get_object_or_404(Page, pk=page_id)
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return view(request, page_id=page_id, **kwargs)

    return require_admin_access(asked)


@require_admin_access
def nobody(request, action):
    """Acting on many accounts at once would act on residents the list does not show."""
    raise PermissionDenied


class ChosenPages(ChosenMultipleView):
    """Describes only pages its reader could have chosen."""

    def get(self, request):
        asked = Page.objects.filter(pk__in=_numbers(request.GET.getlist("id")))
        policy = policy_registry.get_by_type(Page)
        seen = policy.explorable_instances(request.user).values("pk")
        if asked.filter(live=False).exclude(pk__in=seen).exists():
            raise PermissionDenied
        return super().get(request)


def _numbers(values: list[str]) -> list[str]:
    return [value for value in values if value.isascii() and value.isdecimal()]


class OwnSnippets(SnippetViewSet):
    """Names only records, drafts among them, that whoever asks may change."""

    def get_queryset(self):
        policy = policy_registry.get_by_type(self.get_model())
        return policy.instances_user_has_any_permission_for(
            self.request.user, {"change", "delete", "publish"}
        )


USAGE = "reports/page-types-usage/"
CANCELLATION = "pages/workflow/confirm_cancellation/<int:page_id>/"

urlpatterns = [
    # names the page edited last, whoever may see it
    path(USAGE, administrators_only(PageTypesUsageReportView.as_view())),
    path(
        f"{USAGE}results/",
        administrators_only(PageTypesUsageReportView.as_view(results_only=True)),
    ),
    path(
        CANCELLATION,
        editors_of_the_page_only(
            page_viewset_registry.as_view(
                "confirm_workflow_cancellation", page_id_kwarg="page_id"
            )
        ),
    ),
    path(
        f"bulk/{settings.AUTH_USER_MODEL.lower().replace('.', '/')}/<action>/", nobody
    ),
    path("choose-page/chosen-multiple/", require_admin_access(ChosenPages.as_view())),
    path(
        "localize/api/snippets/<app_label>/<model_name>/",
        require_admin_access(OwnSnippets.as_view({"get": "list"})),
    ),
    path(
        "localize/api/snippets/<app_label>/<model_name>/<pk>/",
        require_admin_access(OwnSnippets.as_view({"get": "retrieve"})),
    ),
]
