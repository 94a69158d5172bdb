"""Staff register somebody who stands at the desk or is on the telephone."""

import datetime as dt
import uuid

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activities.models import Registration, Run
from activities.registration import came_of, decided, write_claim
from activities.registration_forms import asked_of, places_for
from activities.rules import (
    DESK_MAY_OVERRIDE,
    Standing,
    claim_blockers,
    run_blockers,
)
from activities.standing import standings
from activities.states import ACTIVE, Channel
from learners import households
from learners.encryption import keyed_hash
from learners.fields import BirthDateField, ContactPhoneField, NameField
from learners.household_forms import PlaceField
from learners.matching import by_name_and_phone
from learners.models import Learner, User

NOBODY = Standing()
BY_HAND_CHOICES = [
    (Channel.DESK.value, Channel.DESK.label),
    (Channel.PHONE.value, Channel.PHONE.label),
]
OTHER_BIRTH_DATE = _(
    "这位学员登记的出生日期不一样，请和本人核对。填错了请改；登记的没错就空着不填；"
    "登记的错了，本人报过问出生日期的活动，就在那份名单里点“更正”，或者请本人登录网站改。"
)
OTHER_RESIDENCE = _(
    "这位学员登记的住处在别的地方，请和本人核对。选错了请改；登记的没错就空着不选；"
    "搬了家，本人报过问住处的活动，就在那份名单里点“更正”，或者请本人登录网站改。"
)
# Which field of the form a reason is said at; the others stand at the top.
FIELDS_OF_REASONS = {
    "birth_date_needed": "born_on",
    "too_young": "born_on",
    "too_old": "born_on",
    "residence_needed": "residence",
    "elsewhere": "residence",
    "desk_only": "channel",
    "consent_needed": "consented_by",
    "not_yet_open": "override_reason",
    "closed": "override_reason",
}


class DeskForm(forms.Form):
    """The same rules as on the web; every reason is told before anything is written.

    Somebody known by name and telephone is found again, not written twice; what is
    stored of her is neither shown nor changed here. After `is_valid`, `found` is the
    learner who was known already, or None. `outside` are the reasons staff may set
    aside by writing down why, `forbidden` those of the run that nobody may.
    """

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("怎么来的"), choices=BY_HAND_CHOICES)
    name = NameField(error_messages={"required": _("请填姓名。")})
    phone = ContactPhoneField(
        label=_("电话"),
        required=False,
        help_text=_(
            "有电话就填：下次凭姓名和电话找到同一个人。座机要带区号，收不到短信。"
        ),
    )
    born_on = BirthDateField(required=False)
    residence = PlaceField(None, required=False)
    consented_by = NameField(
        label=_("确认的家人的姓名"), required=False, help_text=_("要家人确认的人才填。")
    )
    override_reason = forms.CharField(
        label=_("为什么仍然登记"),
        max_length=200,
        required=False,
        help_text=_("写下来才能登记，跟您的名字一起记在这条报名里。"),
    )

    def __init__(self, *args, run: Run, staff: User, at: dt.datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.run, self.staff, self.at = run, staff, at
        self.found: Learner | None = None
        self.is_new = True
        self.fields["key"].initial = uuid.uuid4().hex
        for name in {"born_on", "residence"} - set(asked_of(run)):
            del self.fields[name]
        if run.consent_from_age is None:
            del self.fields["consented_by"]
        if "residence" in self.fields:
            self.fields["residence"].queryset = places_for(run)
            self.fields["residence"].fill()
        in_the_way = run_blockers(run, at=at)
        self.outside = [one for one in in_the_way if one.code in DESK_MAY_OVERRIDE]
        self.forbidden = [one for one in in_the_way if one not in self.outside]
        if not self.outside:
            del self.fields["override_reason"]

    def clean(self) -> dict:
        if not self.errors:
            self.found = self._known()
            self._say_contradictions()
        if not self.errors:
            for blocker in self._blockers():
                self._say(blocker)
        return self.cleaned_data

    def save(self) -> Registration:
        """Registers. A second click of the same form finds the same registration.

        `is_new` is False then for somebody who was on the list before.
        """
        with transaction.atomic():
            # One row of the staff member's own makes two clicks follow each other.
            # It is held until the claim is there: by it the second finds the learner.
            User.objects.select_for_update(no_key=True).get(pk=self.staff.pk)
            claim = self._claim_for(self._written())
        self.is_new = self._came_of_this(claim)
        return decided(claim)

    def _written(self) -> Learner:
        """Of somebody known only what is new: another desk may be correcting her."""
        known = self._known()
        locked = Learner.objects.select_for_update(no_key=True, of=("self",))
        same = locked.select_related("residence").filter(pk=known and known.pk)
        self.found = same.first()
        if self.found:
            return households.change(self.found, **self._added())
        learner = self._learner()
        learner.save()
        return learner

    def _claim_for(self, learner: Learner) -> Registration:
        return write_claim(
            self.cleaned_data["key"],
            run_id=self.run.pk,
            learner_id=learner.pk,
            acted_by=self.staff,
            channel=self.cleaned_data["channel"],
            consented_by=self.cleaned_data.get("consented_by", ""),
            override_reason=self.cleaned_data.get("override_reason", ""),
        )

    def _came_of_this(self, registration: Registration) -> bool:
        key = self.cleaned_data["key"]
        return came_of(registration, key, acted_by=self.staff)

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
            override_reason=self.cleaned_data.get("override_reason", ""),
        )
        # who is on the list already is shown there, also after a double click
        return [one for one in found if one.code != "registered"]

    def _say(self, blocker) -> None:
        field = FIELDS_OF_REASONS.get(blocker.code)
        is_ours = blocker.code in DESK_MAY_OVERRIDE
        remedy = _("要仍然登记，请写下原因。") if is_ours else blocker.remedy
        sentence = f"{blocker.sentence}{remedy}"
        self.add_error(field if field in self.fields else None, sentence)

    def _say_contradictions(self) -> None:
        """That something differs, and never what is stored: it may be of elsewhere."""
        if self.found is None:
            return
        typed, stored = self.cleaned_data.get("born_on"), self.found.born_on
        if typed and stored and typed != stored:
            self.add_error("born_on", OTHER_BIRTH_DATE)
        place, home = self.cleaned_data.get("residence"), self.found.residence
        if place and home and not _is_above_or_below(place, home):
            self.add_error("residence", OTHER_RESIDENCE)

    def _learner(self) -> Learner:
        """Known or new, with what the form adds to what is stored; not saved."""
        learner = self.found or Learner(name=self.cleaned_data["name"])
        for field, value in self._added().items():
            setattr(learner, field, value)
        return learner

    def _added(self) -> dict:
        """What the form knows beyond what is stored."""
        learner = self.found or Learner()
        sent = {name: self.cleaned_data.get(name) for name in ("phone", "born_on")}
        added = {
            name: value
            for name, value in sent.items()
            if value and not getattr(learner, name)
        }
        place, home = self.cleaned_data.get("residence"), learner.residence
        # the village one lives in says more than its township, and nothing else
        if place and (home is None or place.path.startswith(home.path)):
            added["residence"] = place
        return added

    def _known(self) -> Learner | None:
        """The same name and telephone; without one, whom staff put on this list,
        and whom this very form did, whatever became of it.

        By a name alone nobody is found in an account: a stranger may have typed it.
        """
        name = self.cleaned_data["name"]
        if phone := self.cleaned_data["phone"]:
            return by_name_and_phone(name, phone)
        same = Registration.objects.filter(
            run=self.run,
            learner__name=name,
            learner__phone_hash="",
            learner__access=None,
            learner__born_on=self.cleaned_data.get("born_on"),
        ).select_related("learner__residence")
        for one in same.order_by("pk"):
            if one.status in ACTIVE or self._came_of_this(one):
                return one.learner
        return None

    def is_perhaps_twice(self, registration: Registration) -> bool:
        """Somebody of this name, number and birth date is on the list beside her.

        She may have come online with a number she has not proved. A stranger may have
        typed it too: only a person can tell, so it is said and nothing is joined.
        """
        phone, born = self.cleaned_data["phone"], self.cleaned_data.get("born_on")
        if not phone:
            return False
        same = Registration.objects.filter(
            run=self.run,
            status__in=ACTIVE,
            learner__name=self.cleaned_data["name"],
            learner__phone_hash=keyed_hash(phone),
        ).exclude(pk=registration.pk)
        if born:
            same = same.filter(learner__born_on=born)
        return same.exists()


def _is_above_or_below(place, other) -> bool:
    return place.path.startswith(other.path) or other.path.startswith(place.path)


class DeskWithdrawForm(forms.Form):
    """Who asked, and what is written down about it."""

    channel = forms.ChoiceField(label=_("怎么来的"), choices=BY_HAND_CHOICES)
    reason = forms.CharField(
        label=_("原因（可以不填）"), max_length=200, required=False
    )
