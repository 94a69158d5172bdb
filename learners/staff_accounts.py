"""The accounts of staff in the admin. Residents have accounts too, thousands of them:
they are shown on request, to administrators alone."""

import django_filters
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.widgets.button import Button
from wagtail.users.views import users as stock

from home.models import NodeRole
from home.network import with_places
from learners.accounts import RESIDENT_PREFIX
from learners.models import LearnerAccess

RESIDENTS, EVERYBODY = "residents", "all"


def staff_among(users: QuerySet) -> QuerySet:
    """Who may enter the admin or holds a role, and accounts an administrator has made
    and not given anything yet."""
    opens = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    groups = Group.objects.filter(permissions__in=opens)
    return users.filter(
        Q(is_superuser=True)
        | Q(pk__in=users.model.objects.filter(groups__in=groups).values("pk"))
        | Q(pk__in=users.model.objects.filter(user_permissions__in=opens).values("pk"))
        | Q(pk__in=NodeRole.objects.values("user"))
        | ~Q(username__startswith=RESIDENT_PREFIX)
        & ~Q(pk__in=LearnerAccess.objects.values("user"))
    )


class AccountFilterSet(stock.UserFilterSet):
    who = django_filters.ChoiceFilter(
        label=_("是谁"),
        choices=[(RESIDENTS, _("居民")), (EVERYBODY, _("全部账号"))],
        empty_label=_("工作人员"),
        method="unchanged",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.request.user.is_superuser:
            del self.filters["who"]

    def unchanged(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        """Staff where nothing else was asked for."""
        found = super().filter_queryset(queryset)
        who = self.form.cleaned_data.get("who")
        if who == EVERYBODY:
            return found
        staff = staff_among(self._meta.model.objects.all()).values("pk")
        is_staff = Q(pk__in=staff)
        return found.filter(~is_staff if who == RESIDENTS else is_staff)


class AccountList(stock.IndexView):
    @cached_property
    def columns(self):
        # acting on many at once would act on accounts the list does not show
        return [
            column
            for column in super().columns
            if not isinstance(column, BulkActionsCheckboxColumn)
        ]


class OfStaffOnly:
    """Whoever looks after editors opens no account of a resident."""

    def get_object(self, *args, **kwargs):
        found = super().get_object(*args, **kwargs)
        if self.request.user.is_superuser:
            return found
        if not staff_among(type(found).objects.filter(pk=found.pk)).exists():
            raise Http404
        return found


class NewAccount(stock.CreateView):
    def get_success_url(self):
        """An administrator's next step is nearly always a role."""
        if self.request.user.is_superuser and not self.object.is_superuser:
            return role_url(self.object)
        return super().get_success_url()


class Account(OfStaffOnly, stock.EditView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        held = list(self.object.node_roles.select_related("node").order_by("pk"))
        with_places(each.node for each in held)
        shown = self.request.user.is_superuser
        context["role_url"] = role_url(self.object) if shown else ""
        return context | {"node_roles": held}


class DeleteAccount(OfStaffOnly, stock.DeleteView):
    pass


class AccountHistory(OfStaffOnly, stock.HistoryView):
    pass


class AccountUsage(OfStaffOnly, stock.UserViewSet.usage_view_class):
    pass


class AccountViewSet(stock.UserViewSet):
    filterset_class = AccountFilterSet
    index_view_class = AccountList
    add_view_class = NewAccount
    edit_view_class = Account
    delete_view_class = DeleteAccount
    history_view_class = AccountHistory
    usage_view_class = AccountUsage


def role_url(user) -> str:
    """Where `user` is given a role."""
    return reverse("node_roles:add", query={"user": user.get_username()})


def role_button(user, request_user):
    """In the list of accounts."""
    if request_user.is_superuser and not user.is_superuser:
        query = {"user": user.get_username()}
        url = reverse("node_roles:index", query=query)
        yield Button(_("网点角色"), url, icon_name="group", priority=15)
