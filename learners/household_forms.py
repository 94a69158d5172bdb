"""A person of the household; registration shows the same fields in its own step."""

from django import forms
from django.utils.translation import gettext_lazy as _

from home.levels import Level
from home.models import NetworkNodePage
from learners import households
from learners.fields import BirthDateField, ContactPhoneField, NameField
from learners.models import Learner, Relation, User
from learners.seen_values import SeenValuesMixin


def townships():
    """Where somebody can live when nobody asks closer: every township, by county."""
    nodes = NetworkNodePage.objects.live().filter(level=Level.TOWNSHIP_SCHOOL)
    return nodes.order_by("path")


class PlaceField(forms.ModelChoiceField):
    """A node of the network as one drop-down, its parents as the groups."""

    def __init__(self, queryset, **kwargs):
        kwargs.setdefault("label", _("住在哪里"))
        kwargs.setdefault("empty_label", _("请选择"))
        super().__init__(queryset, **kwargs)

    def fill(self) -> None:
        """Lists the places under the names of their parents; one query for these."""
        nodes = list(self.queryset)
        parents = _names_of_parents(nodes)
        groups = {}
        for node in nodes:
            parent = parents.get(node.path[: -node.steplen], "")
            groups.setdefault(parent, []).append((node.pk, node.short_name))
        self.choices = [("", self.empty_label), *groups.items()]


def _names_of_parents(nodes) -> dict[str, str]:
    paths = {node.path[: -node.steplen] for node in nodes}
    return dict(
        NetworkNodePage.objects.filter(path__in=paths).values_list("path", "short_name")
    )


class PersonForm(SeenValuesMixin):
    """Adds a person to `user`'s household, or changes `learner`, who is in it.

    `ask` names which of "born_on", "residence" the reason at hand needs: they are
    required then and absent otherwise, but for the family page, which passes
    `optional`. `places` is the queryset to choose a residence from.
    """

    relation = forms.ChoiceField(label=_("是您的什么人"), widget=forms.RadioSelect)
    name = NameField(error_messages={"required": _("请填姓名。")})
    born_on = BirthDateField(error_messages={"required": _("请填出生日期。")})
    residence = PlaceField(
        NetworkNodePage.objects.none(),
        error_messages={
            "required": _("请选一选住在哪里。"),
            "invalid_choice": _("请在列表里选一个地方。"),
        },
    )
    phone = ContactPhoneField(
        label=_("联系电话"),
        required=False,
        help_text=_("有事直接联系这个人。不填就联系您。"),
    )

    def __init__(
        self,
        *args,
        user: User,
        learner: Learner | None = None,
        ask=("born_on",),
        optional=(),
        places=None,
        **kwargs,
    ):
        self.user, self.learner = user, learner
        if learner is not None:
            kwargs["initial"] = {**_values(learner), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self._keep({*ask, *optional}, optional)
        self._offer_relations()
        if "residence" in self.fields:
            self._offer_places(townships() if places is None else places)
        if learner is not None:
            self.keep_seen(_values(learner) | {"residence": learner.residence})

    def _keep(self, wanted, optional) -> None:
        for name in {"born_on", "residence"} - set(wanted):
            del self.fields[name]
        if self.learner is None:
            del self.fields["seen"]
        for name in optional:
            self.fields[name].required = False

    def _offer_relations(self) -> None:
        if self.learner is not None:
            del self.fields["relation"]
            return
        taken = households.self_of(self.user) is not None
        field = self.fields["relation"]
        field.choices = [
            (value, label)
            for value, label in Relation.choices
            if not (taken and value == Relation.SELF)
        ]
        # whoever comes alone the first time registers herself
        field.initial = "" if taken else Relation.SELF
        field.error_messages["required"] = _("请选一选是您的什么人。")

    def _offer_places(self, places) -> None:
        self.fields["residence"].queryset = places
        self.fields["residence"].fill()

    def clean(self) -> dict:
        super().clean()
        if self.learner is None and not self.errors and self._is_full():
            raise forms.ValidationError(households.full_sentence())
        return self.cleaned_data

    def _is_full(self) -> bool:
        return households.learners_of(self.user).count() >= households.MOST_PEOPLE

    def save(self) -> Learner | None:
        """The learner, with `relation`.

        None when the household was filled at the same moment, in another tab: the
        form then says so, like any other mistake.
        """
        values = self.cleaned_data
        if self.learner is not None:
            return households.change(self.learner, **values)
        try:
            return households.add(self.user, **values)
        except households.Refused as refusal:
            self.add_error(None, refusal.sentence)
            return None


def _values(learner: Learner) -> dict:
    return {
        "name": learner.name,
        "born_on": learner.born_on,
        "residence": learner.residence_id,
        "phone": learner.phone,
    }
