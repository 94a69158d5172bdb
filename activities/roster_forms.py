"""Staff register somebody who stands at the desk or is on the telephone."""

import datetime as dt
import uuid

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activities.models import Registration, Run
from activities.registration import register
from activities.registration_forms import asked_of, places_for
from activities.rules import Standing, claim_blockers
from activities.standing import standings
from activities.states import ACTIVE, Channel
from learners.encryption import keyed_hash
from learners.fields import BirthDateField, ContactPhoneField, NameField
from learners.household_forms import PlaceField
from learners.models import Learner, User

NOBODY = Standing()
BY_HAND = [
    (Channel.DESK.value, Channel.DESK.label),
    (Channel.PHONE.value, Channel.PHONE.label),
]
# Which field of the form a reason is said at; the others stand at the top.
FIELDS_OF_REASONS = {
    "birth_date_needed": "born_on",
    "too_young": "born_on",
    "too_old": "born_on",
    "residence_needed": "residence",
    "elsewhere": "residence",
    "desk_only": "channel",
    "consent_needed": "consented_by",
}


class DeskForm(forms.Form):
    """The same rules as on the web; every reason is told before anything is written.

    Somebody known by name and telephone is found again, not written twice.
    """

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("怎么来的"), choices=BY_HAND)
    name = NameField(error_messages={"required": _("请填姓名。")})
    phone = ContactPhoneField(
        label=_("电话"),
        required=False,
        help_text=_("有电话就填：下次凭姓名和电话找到同一个人。"),
    )
    born_on = BirthDateField(required=False)
    residence = PlaceField(None, required=False)
    consented_by = NameField(
        label=_("确认的家人的姓名"), required=False, help_text=_("要家人确认的人才填。")
    )

    def __init__(self, *args, run: Run, staff: User, at: dt.datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.run, self.staff, self.at = run, staff, at
        self.fields["key"].initial = uuid.uuid4().hex
        for name in {"born_on", "residence"} - set(asked_of(run)):
            del self.fields[name]
        if run.consent_from_age is None:
            del self.fields["consented_by"]
        if "residence" in self.fields:
            self.fields["residence"].queryset = places_for(run)
            self.fields["residence"].fill()

    def clean(self) -> dict:
        if not self.errors:
            for blocker in self._blockers():
                self._say(blocker)
        return self.cleaned_data

    def save(self) -> Registration:
        """Registers. A second click of the same form finds the same registration."""
        with transaction.atomic():
            # one row of the staff member's own makes two clicks follow each other
            User.objects.select_for_update(no_key=True).get(pk=self.staff.pk)
            learner = self._learner()
            learner.save()
        return register(
            run=self.run,
            learner=learner,
            channel=self.cleaned_data["channel"],
            acted_by=self.staff,
            idempotency_key=self.cleaned_data["key"],
            consented_by=self.cleaned_data.get("consented_by", ""),
        )

    def _blockers(self) -> list:
        learner = self._learner()
        known = [learner] if learner.pk else []
        standing = standings(self.run, known, at=self.at).get(learner.pk)
        found = claim_blockers(
            self.run,
            learner,
            at=self.at,
            channel=self.cleaned_data["channel"],
            standing=standing or NOBODY,
            consented_by=self.cleaned_data.get("consented_by", ""),
        )
        # who is on the list already is shown there, also after a double click
        return [one for one in found if one.code != "registered"]

    def _say(self, blocker) -> None:
        field = FIELDS_OF_REASONS.get(blocker.code)
        sentence = f"{blocker.sentence}{blocker.remedy}"
        self.add_error(field if field in self.fields else None, sentence)

    def _learner(self) -> Learner:
        """Known or new, with what the form says; not saved."""
        learner = self._known() or Learner(name=self.cleaned_data["name"])
        for name in ("phone", "born_on", "residence"):
            setattr(
                learner, name, self.cleaned_data.get(name) or getattr(learner, name)
            )
        return learner

    def _known(self) -> Learner | None:
        """The same name and telephone; without one, the same name on this list."""
        same = Learner.objects.select_related("residence").filter(
            name=self.cleaned_data["name"]
        )
        if phone := self.cleaned_data["phone"]:
            return same.filter(phone_hash=keyed_hash(phone)).order_by("pk").first()
        return same.filter(
            phone_hash="",
            born_on=self.cleaned_data.get("born_on"),
            registrations__run=self.run,
            registrations__status__in=ACTIVE,
        ).first()


class DeskWithdrawForm(forms.Form):
    """Who asked, and what is written down about it."""

    channel = forms.ChoiceField(label=_("怎么来的"), choices=BY_HAND)
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)
