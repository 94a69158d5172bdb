"""The desk puts right what was written down wrongly about somebody on its list."""

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Registration, RegistrationEvent
from activities.registration_forms import asked_of, places_for
from activities.roster_forms import BY_HAND_CHOICES
from activities.rules import learner_blockers
from activities.standing import standings
from home.models import NetworkNodePage
from learners import households
from learners.fields import BirthDateField, ContactPhoneField, NameField
from learners.household_forms import PlaceField
from learners.seen_values import SeenValuesMixin

FIELDS = ("name", "phone", "born_on", "residence")
# What a corrected date or place may turn out to contradict.
PERHAPS_WRONG_NOW = {"too_young", "too_old", "elsewhere"}

CANNOT_BE_EMPTIED = {
    "born_on": gettext_lazy("这个班要看年龄，出生日期不能空着。请填写正确的日期。"),
    "residence": gettext_lazy("这个班要看住在哪里，不能空着。请选一个地方。"),
}


class CorrectForm(SeenValuesMixin):
    """What is stored and this run looks at, as far as the desk may see it.

    What the run does not ask for stays unseen: whoever knows a name and a telephone
    can put somebody on a list. A number she has proved herself is not shown either:
    she signs in with it, and only she can change it.
    """

    name = NameField(error_messages={"required": gettext_lazy("请填姓名。")})
    phone = ContactPhoneField(
        label=gettext_lazy("电话"),
        required=False,
        help_text=gettext_lazy("手机，或者带区号的座机。座机收不到短信。"),
    )
    born_on = BirthDateField(required=False)
    residence = PlaceField(None, required=False)
    channel = forms.ChoiceField(label=gettext_lazy("怎么来的"), choices=BY_HAND_CHOICES)
    reason = forms.CharField(
        label=gettext_lazy("为什么改（可以不填）"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("例如：看过身份证。"),
    )

    def __init__(self, *args, registration: Registration, **kwargs):
        self.registration, learner = registration, registration.learner
        stored = {name: getattr(learner, name) for name in FIELDS}
        super().__init__(*args, initial=stored, **kwargs)
        proved = households.proved_phone_of(learner)
        self.is_phone_proved = bool(proved) and learner.phone in ("", proved)
        if self.is_phone_proved:
            del self.fields["phone"]
        for name in {"born_on", "residence"} - set(asked_of(registration.run)):
            del self.fields[name]
        if "residence" in self.fields:
            self._offer_places(learner)
        self.keep_seen(stored)

    def _offer_places(self, learner) -> None:
        near = places_for(self.registration.run).values("pk")
        places = Q(pk__in=near) | Q(pk=learner.residence_id)
        field = self.fields["residence"]
        field.queryset = NetworkNodePage.objects.filter(places).order_by("path")
        field.fill()

    def clean(self) -> dict:
        """What the run looks at and is known cannot be taken away again."""
        super().clean()
        for name, sentence in CANNOT_BE_EMPTIED.items():
            is_emptied = name in self.cleaned_data and not self.cleaned_data[name]
            if is_emptied and self.initial[name]:
                self.add_error(name, sentence)
        return self.cleaned_data

    def save(self, *, acted_by) -> list[str]:
        """The labels of what changed: written at the registration, with who and why.

        Values are not: what was wrong about somebody need not be kept.
        """
        sent = {name: self.cleaned_data[name] for name in FIELDS if name in self.fields}
        with transaction.atomic():
            changed = households.correct(self.registration.learner, **sent)
            labels = [str(self.fields[name].label) for name in changed]
            if labels:
                self._write_down(labels, acted_by)
        self.registration.learner.refresh_from_db()
        return labels

    def _write_down(self, labels: list[str], acted_by) -> None:
        what = _("更正了%(fields)s。") % {"fields": _("、").join(labels)}
        RegistrationEvent.objects.create(
            registration=self.registration,
            status=self.registration.status,
            channel=self.cleaned_data["channel"],
            acted_by=acted_by,
            reason=f"{what}{self.cleaned_data['reason']}"[:200],
            at=timezone.now(),
        )


def contradictions(registration: Registration) -> list[str]:
    """The rules she does not meet as she is written down now; a person decides."""
    run, learner, at = registration.run, registration.learner, timezone.now()
    found = learner_blockers(
        run,
        learner,
        at=at,
        channel=registration.channel,
        standing=standings(run, [learner], at=at)[learner.pk],
    )
    return [one.sentence for one in found if one.code in PERHAPS_WRONG_NOW]
