"""Asking for a teacher, looking for one, and the answer."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from courses_catalog.models import TeacherLoan
from courses_catalog.models.event import LONGEST_REASON
from home.levels import Level
from home.models import NetworkNodePage, Role
from home.network import with_places
from home.permissions import nodes_of


def borrowers_of(user) -> list[NetworkNodePage]:
    """For which nodes `user` may ask, with their full names."""
    if user.is_active and user.is_superuser:
        levels = (Level.CITY_CENTRE, Level.COUNTY_COLLEGE)
        nodes = NetworkNodePage.objects.originals().filter(level__in=levels)
        return with_places(nodes.order_by("path"))
    return with_places(nodes_of(user, Role.EDITOR))


class AskForm(forms.ModelForm):
    borrower = forms.TypedChoiceField(label=gettext_lazy("借到哪个网点"), coerce=int)

    class Meta:
        model = TeacherLoan
        fields = ["borrower", "purpose", "starts_on", "ends_on"]
        widgets = {"starts_on": AdminDateInput, "ends_on": AdminDateInput}
        help_texts = {
            "purpose": gettext_lazy("例如：每周三上午的剪纸班，八次课。"),
            "ends_on": gettext_lazy("不知道就空着，办完了再按“结束借用”。"),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.nodes = {node.pk: node for node in borrowers_of(user)}
        choices = [(pk, node.full_name) for pk, node in self.nodes.items()]
        self.fields["borrower"].choices = choices

    def clean_borrower(self) -> NetworkNodePage:
        return self.nodes[self.cleaned_data["borrower"]]

    def clean(self) -> dict:
        starts_on = self.cleaned_data.get("starts_on")
        ends_on = self.cleaned_data.get("ends_on")
        if ends_on and ends_on < timezone.localdate():
            self.add_error("ends_on", _("这个日子已经过了。"))
        elif starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("不能比开始的日子早。"))
        return self.cleaned_data


class AnswerForm(forms.Form):
    """Why; the button that was pressed says what."""

    reason = forms.CharField(
        label=gettext_lazy("说明"),
        help_text=gettext_lazy("不同意要写原因。对方会看到。"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FindForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("名字或者教什么"), max_length=40, required=False
    )
