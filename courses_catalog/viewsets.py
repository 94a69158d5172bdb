"""The catalogue in the admin."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.permissions import policy_registry
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import SnippetViewSet

from courses_catalog.models import Course
from courses_catalog.permissions import choosable_courses

ACTIONS = ("change", "delete", "publish")


def _own_courses(user):
    policy = policy_registry.get_by_type(Course)
    return policy.instances_user_has_any_permission_for(user, ACTIONS)


class LiveChoices:
    """The list of a chooser: what one's own subtree may hold a run of."""

    def get_object_list(self):
        return choosable_courses(self.request.user)


class ChooseView(LiveChoices, chooser.ChooseView):
    pass


class ChooseResultsView(LiveChoices, chooser.ChooseResultsView):
    pass


class ChosenView(chooser.SnippetChosenView):
    def get_object(self, pk):
        return choosable_courses(self.request.user).get(pk=pk)


class ChosenMultipleView(chooser.SnippetChosenMultipleView):
    def get_objects(self, pks):
        return choosable_courses(self.request.user).filter(pk__in=pks)


class CourseChooserViewSet(chooser.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView


class CourseViewSet(SnippetViewSet):
    """Every address that names a course asks first whether it is the user's own.

    Wagtail's snippet views ask the policy about the type in general, most of them
    not about the instance; so the question is put where views are made.
    """

    model = Course
    icon = "openquote"
    menu_label = _("课程")
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["title", Column("owner_node", label=_("所属网点")), "theme"]
    list_filter = ["theme"]
    search_fields = ["title"]
    ordering = ["title"]
    list_per_page = 50
    copy_view_enabled = True
    inspect_view_enabled = False
    chooser_viewset_class = CourseChooserViewSet

    def get_queryset(self, request):
        return _own_courses(request.user).select_related("owner_node", "locale")

    def construct_view(self, view_class, **kwargs):
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def own_only(request, *args, **view_kwargs):
            if "pk" in view_kwargs:
                _ask(request.user, view_kwargs["pk"])
            return view(request, *args, **view_kwargs)

        return own_only


def _ask(user, pk) -> None:
    if not str(pk).isdecimal():
        raise Http404
    course = get_object_or_404(Course.objects.select_related("owner_node"), pk=pk)
    policy = policy_registry.get_by_type(Course)
    if not policy.user_has_any_permission_for_instance(user, ACTIONS, course):
        raise PermissionDenied
