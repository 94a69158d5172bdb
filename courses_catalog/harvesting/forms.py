"""What a curator asks for and decides."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser

from courses_catalog.harvesting.curating import Decision
from courses_catalog.models import HarvestedRecord, HarvestedState
from home.models import NetworkNodePage, Role
from home.permissions import can_act_under, nodes_of
from home.vocabulary import Theme

CHANGED = "changed"
STATES = [
    (HarvestedState.WAITING, HarvestedState.WAITING.label),
    (CHANGED, gettext_lazy("来源有变化")),
    (HarvestedState.ACCEPTED, HarvestedState.ACCEPTED.label),
    (HarvestedState.TURNED_DOWN, HarvestedState.TURNED_DOWN.label),
]


class QueueForm(forms.Form):
    """The query string of the queue; what is not understood is left out."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"), choices=STATES, required=False
    )
    member = forms.ModelChoiceField(
        label=gettext_lazy("联盟成员"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("全部"),
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("主题"),
        choices=[("", gettext_lazy("全部")), *Theme.choices],
        required=False,
    )
    q = forms.CharField(label=gettext_lazy("名称里有"), max_length=60, required=False)

    def __init__(self, query, *, members):
        super().__init__(query)
        self.fields["member"].queryset = self.members = members

    def found(self):
        """Of the members whose curator asks."""
        self.is_valid()
        chosen = self.cleaned_data
        records = HarvestedRecord.objects.filter(member__in=self.members)
        records = self._in_state(records, chosen.get("state") or STATES[0][0])
        if member := chosen.get("member"):
            records = records.filter(member=member)
        if theme := chosen.get("theme"):
            records = records.filter(theme=theme)
        if words := chosen.get("q"):
            records = records.filter(
                Q(title__icontains=words) | Q(identifier__icontains=words)
            )
        return records.select_related("member").defer("metadata")

    @staticmethod
    def _in_state(records, state: str):
        if state == HarvestedState.WAITING:
            return records.waiting()
        if state == CHANGED:
            return records.filter(is_changed=True)
        return records.filter(state=state)


class AcceptForm(forms.Form):
    """`records` become records of the node that is chosen."""

    node = forms.ModelChoiceField(
        label=gettext_lazy("归哪个网点"),
        queryset=NetworkNodePage.objects.originals(),
        widget=AdminPageChooser(target_models=[NetworkNodePage]),
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("主题"),
        choices=[("", gettext_lazy("照各条自己的主题")), *Theme.choices],
        required=False,
    )
    publish = forms.TypedChoiceField(
        label=gettext_lazy("接收以后"),
        choices=[
            ("yes", gettext_lazy("马上公开")),
            ("no", gettext_lazy("先存成草稿，改好再发布")),
        ],
        coerce=lambda word: word == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, user, records, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.records = user, records
        self.lacks = any(not each.theme for each in records)
        if self.lacks:
            self.fields["theme"].label = _("没有主题的算作")
            self.fields["theme"].required = True
            self.fields["theme"].choices = [("", _("请选一个")), *Theme.choices]
        own = nodes_of(user, Role.EDITOR)
        self.fields["node"].initial = own[0] if own else records[0].member.harvest_node

    def clean_node(self):
        node = self.cleaned_data["node"]
        if can_act_under(self.user, node.path, (Role.EDITOR,)):
            return node
        raise ValidationError(_("请选您自己负责的网点，或它下面的网点。"))

    @property
    def decision(self) -> Decision:
        chosen = self.cleaned_data
        return Decision(
            self.user,
            chosen["node"],
            chosen["theme"],
            overrides=not self.lacks,
            publish=chosen["publish"],
        )


class TurnDownForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("为什么不接收"),
        max_length=200,
        help_text=gettext_lazy(
            "例如：内容过时；和本地的课重复。一起挑选的同事看得到。"
        ),
    )
