from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from home.vocabulary import Theme


class RecordForm(WagtailAdminModelForm):
    """The editor's form: she gives a record to no other subtree than her own."""

    def __init__(self, *args, **kwargs):
        from home.models import Role
        from home.permissions import nodes_of

        super().__init__(*args, **kwargs)
        nodes = nodes_of(self.for_user, Role.EDITOR) if self.for_user else []
        if "owner_node" in self.fields and nodes and not self.instance.owner_node_id:
            self.initial.setdefault("owner_node", nodes[0].pk)

    def clean_owner_node(self):
        from courses_catalog.permissions import ROLES
        from home.permissions import can_act_under

        node = self.cleaned_data["owner_node"]
        if not self.for_user or can_act_under(self.for_user, node.path, ROLES):
            return node
        raise ValidationError(_("请选您自己负责的网点，或它下面的网点。"))


class RecordListForm(forms.Form):
    """The query string of a list of records; what is unknown is left out."""

    theme = forms.ChoiceField(choices=Theme.choices, required=False)

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that were understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
