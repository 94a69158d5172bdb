"""The catalogue in the admin."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.permissions import policy_registry
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses_catalog.models import Course, Resource, Series, Teacher
from courses_catalog.permissions import choosable

ACTIONS = ("change", "delete", "publish")


class Choosable:
    """The list of a chooser: what one's own subtree may use."""

    def get_object_list(self):
        return choosable(self.model_class, self.request.user)


class ChooseView(Choosable, chooser.ChooseView):
    pass


class ChooseResultsView(Choosable, chooser.ChooseResultsView):
    pass


class ChosenView(chooser.SnippetChosenView):
    def get_object(self, pk):
        return choosable(self.model_class, self.request.user).get(pk=pk)


class ChosenMultipleView(chooser.SnippetChosenMultipleView):
    def get_objects(self, pks):
        return choosable(self.model_class, self.request.user).filter(pk__in=pks)


class RecordChooserViewSet(chooser.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView


class RecordViewSet(SnippetViewSet):
    """Every address that names a record asks first whether it is the user's own.

    Wagtail's snippet views ask the policy about the type in general, most of them
    not about the instance; so the question is put where views are made.
    """

    list_display = [
        "title",
        Column("owner_node", label=_("所属网点")),
        "theme",
        Column("get_share_scope_display", label=_("给谁看")),
    ]
    list_filter = ["theme", "share_scope"]
    search_fields = ["title"]
    ordering = ["title"]
    list_per_page = 50
    copy_view_enabled = True
    inspect_view_enabled = False
    chooser_viewset_class = RecordChooserViewSet

    def get_queryset(self, request):
        policy = policy_registry.get_by_type(self.model)
        own = policy.instances_user_has_any_permission_for(request.user, ACTIONS)
        return own.select_related("owner_node", "locale")

    def construct_view(self, view_class, **kwargs):
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def own_only(request, *args, **view_kwargs):
            if "pk" in view_kwargs:
                _ask(self.model, request.user, view_kwargs["pk"])
            return view(request, *args, **view_kwargs)

        return own_only


def _ask(model, user, pk) -> None:
    if not str(pk).isdecimal():
        raise Http404
    record = get_object_or_404(model.objects.select_related("owner_node"), pk=pk)
    policy = policy_registry.get_by_type(model)
    if not policy.user_has_any_permission_for_instance(user, ACTIONS, record):
        raise PermissionDenied


class CourseViewSet(RecordViewSet):
    model = Course
    icon = "openquote"
    menu_label = _("课程")


class ResourceViewSet(RecordViewSet):
    model = Resource
    icon = "media"
    menu_label = _("资源")
    list_filter = ["kind", "theme", "share_scope"]


class SeriesViewSet(RecordViewSet):
    model = Series
    icon = "list-ol"
    menu_label = _("系列课程")


class TeacherViewSet(RecordViewSet):
    model = Teacher
    icon = "user"
    menu_label = _("教师")
    list_filter = ["origin", "theme", "share_scope"]


class CatalogueViewSetGroup(SnippetViewSetGroup):
    menu_label = _("课程目录")
    menu_icon = "openquote"
    menu_order = 210
    items = (CourseViewSet, ResourceViewSet, SeriesViewSet, TeacherViewSet)

    def get_submenu_items(self):
        # looked up late: their views ask for ACTIONS
        from courses_catalog.bulk import hooks as bulk
        from courses_catalog.harvesting import hooks as harvesting
        from courses_catalog.loans import hooks as loans
        from courses_catalog.nominations import hooks as nominations

        items = super().get_submenu_items()
        for part in (nominations, loans, harvesting, bulk):
            items.append(part.menu_item(order=len(items) + 1))
        return items
