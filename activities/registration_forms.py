"""The forms of the steps: for whom, and the last look before registering."""

import datetime as dt
import uuid

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Run
from activities.rules import (
    age_on_first_day,
    asks_age,
    asks_residence,
    learner_blockers,
)
from activities.standing import standings
from activities.states import Channel
from home.levels import Level
from home.models import NetworkNodePage
from learners.fields import NameField
from learners.households import learners_of
from learners.models import Learner, Relation, User

# What the learner can put right on the spot, at the next page.
FILLED_IN_NEXT = {"birth_date_needed", "residence_needed"}
# What a slip of the pen may have caused: the way to put it right is shown.
PERHAPS_MISTYPED = {"too_young", "too_old", "desk_only", "elsewhere"}


def asked_of(run: Run) -> tuple[str, ...]:
    """Fields of a person the rules of `run` look at, and no others."""
    wanted = {"born_on": asks_age(run), "residence": asks_residence(run)}
    return tuple(name for name, is_wanted in wanted.items() if is_wanted)


def places_for(run: Run):
    """Where one may say one lives: townships, and the run's own place's siblings."""
    places = Q(level=Level.TOWNSHIP_SCHOOL)
    if run.residence and run.residence.level == Level.TEACHING_POINT:
        above = run.residence.path[: -NetworkNodePage.steplen]
        places |= Q(level=Level.TEACHING_POINT, path__startswith=above)
    return NetworkNodePage.objects.live().filter(places).order_by("path")


class WhoForm(forms.Form):
    """One of the household; who cannot register is shown with the reasons."""

    who = forms.ChoiceField(
        label=gettext_lazy("为谁报名？"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("请选一选为谁报名。"),
            "invalid_choice": gettext_lazy("请在下面选一位可以报的人。"),
        },
    )

    def __init__(self, *args, run: Run, user: User, at: dt.datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.run, self.at = run, at
        self.people = list(learners_of(user))
        self._standings = standings(run, self.people, at=at)
        self.answers = [self._answer(person) for person in self.people]
        self.fields["who"].choices = [
            (answer["value"], answer["label"])
            for answer in self.answers
            if not answer["disabled"]
        ]

    @property
    def learner(self) -> Learner:
        """Whom the valid form is for."""
        chosen = int(self.cleaned_data["who"])
        return next(person for person in self.people if person.pk == chosen)

    def lacks(self, learner: Learner) -> bool:
        """Something the rules look at has to be filled in first."""
        return bool(self._codes(learner) & FILLED_IN_NEXT)

    @property
    def can_choose(self) -> bool:
        """Somebody of the household may go on."""
        return bool(self.fields["who"].choices)

    @property
    def perhaps_mistyped(self) -> list[Learner]:
        """Whom only age or residence keeps out, as it was filled in."""
        return [one for one in self.people if self._codes(one) & PERHAPS_MISTYPED]

    def _blockers(self, learner: Learner):
        return learner_blockers(
            self.run,
            learner,
            at=self.at,
            channel=Channel.ONLINE,
            standing=self._standings[learner.pk],
        )

    def _codes(self, learner: Learner) -> set[str]:
        return {blocker.code for blocker in self._blockers(learner)}

    def _answer(self, learner: Learner) -> dict:
        """What components/choice.html shows."""
        blockers = self._blockers(learner)
        value = str(learner.pk)
        return {
            "id": f"id_who_{self.people.index(learner)}",
            "value": value,
            "label": named(learner),
            "text": self._text(learner, blockers),
            "checked": self.data.get("who", self.initial.get("who")) == value,
            "disabled": bool({one.code for one in blockers} - FILLED_IN_NEXT),
        }

    def _text(self, learner: Learner, blockers) -> str:
        said = [f"{one.sentence}{one.remedy}" for one in blockers]
        age = age_on_first_day(self.run, learner, at=self.at)
        if age is not None and asks_age(self.run):
            said.insert(0, _("开班时 %(age)s 岁。") % {"age": age})
        return "".join(said) or _("可以报。")


def named(learner: Learner) -> str:
    """王秀兰（父母）; `learner` comes from `learners_of`."""
    relation = Relation(learner.relation).label
    return _("%(name)s（%(relation)s）") % {"name": learner.name, "relation": relation}


class CheckForm(forms.Form):
    """The promise: one button, a key that makes a second click harmless."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    consented_by = NameField(
        label=gettext_lazy("确认的家人的姓名"),
        help_text=gettext_lazy("请家人知道这件事，并同意报名。"),
        error_messages={"required": gettext_lazy("请填确认的家人的姓名。")},
    )

    def __init__(self, *args, asks_consent: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4().hex
        if not asks_consent:
            del self.fields["consented_by"]
