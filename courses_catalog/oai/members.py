"""The members of the alliance in the admin, for administrators alone."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from courses_catalog.models import AllianceMember, HarvestedState, HarvestFormat


class AllianceMemberForm(WagtailAdminModelForm):
    with_token = forms.BooleanField(
        label=gettext_lazy("发新的采集口令"),
        required=False,
        help_text=gettext_lazy("口令只显示一次。发了新的，原来的就不能再用。"),
    )

    class Meta:
        model = AllianceMember
        fields = [
            "name",
            "is_active",
            "harvest_url",
            "harvest_set",
            "harvest_prefix",
            "harvest_hours",
            "harvest_token",
            "harvest_node",
        ]
        widgets = {"harvest_token": forms.PasswordInput()}

    field_order = ["name", "is_active", "with_token"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("harvest_prefix", "harvest_hours"):
            self.fields[name].required = False

    def clean_harvest_prefix(self):
        return self.cleaned_data["harvest_prefix"] or HarvestFormat.OAI_DC

    def clean_harvest_hours(self):
        hours = AllianceMember._meta.get_field("harvest_hours").default
        return self.cleaned_data["harvest_hours"] or hours

    def clean_harvest_token(self):
        """It is never shown; an empty box leaves it as it is."""
        kept = self.initial.get("harvest_token", "")
        return self.cleaned_data["harvest_token"] or kept

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("harvest_url"):
            cleaned["harvest_token"] = ""
        return cleaned


class ShowsTokenOnce:
    """A view whose form may ask for a token: it is told after saving, never again."""

    token = ""

    def save_instance(self):
        if self.form.cleaned_data["with_token"]:
            self.token = self.form.instance.new_token()
        return super().save_instance()

    def save_action(self):
        response = super().save_action()
        if self.token:
            told = _("请把这个采集口令交给“%(name)s”，它只显示这一次：%(token)s")
            named = {"name": self.object.name, "token": self.token}
            messages.warning(self.request, told % named)
        return response


class MemberCreateView(ShowsTokenOnce, CreateView):
    pass


class MemberEditView(ShowsTokenOnce, EditView):
    pass


class MemberDeleteView(DeleteView):
    """Where published records come from is not forgotten: such a member only rests."""

    def form_valid(self, form):
        harvested = self.object.harvested
        if harvested.filter(state=HarvestedState.ACCEPTED).exists():
            words = _("“%(name)s”的记录有接收了的，不能删除。不再来往，请停用。")
            messages.error(self.request, words % {"name": self.object})
            return redirect("alliance_members:edit", self.object.pk)
        harvested.all().delete()
        return super().form_valid(form)


class AllianceMemberViewSet(ModelViewSet):
    """Nobody but administrators holds Django's permissions on members."""

    model = AllianceMember
    name = "alliance_members"
    url_prefix = "alliance-members"
    icon = "group"
    menu_label = gettext_lazy("联盟成员")
    menu_order = 910
    add_to_settings_menu = True
    list_display = ["name", "is_active", "harvest_url"]
    search_fields = ["name"]
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class = MemberCreateView
    edit_view_class = MemberEditView
    delete_view_class = MemberDeleteView

    def get_form_class(self, for_update=False):
        return AllianceMemberForm
