"""What somebody fills in to become a teacher, and what a reviewer decides."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses_catalog.models import Nomination
from courses_catalog.models.event import LONGEST_REASON
from courses_catalog.nominations import proofs
from home.vocabulary import Theme
from learners.fields import ContactPhoneField, NameField
from learners.households import self_of
from learners.models import User

MOST_SUBJECTS = 6
LONGEST_SUBJECT = 20
BETWEEN_SUBJECTS = re.compile(r"[\s,;/|\u3001\uff0c\uff1b\u3000]+")
# in the order they are asked in; what `nomination.submit` takes by these names
WORDS = (
    "shown_name",
    "theme",
    "subjects",
    "summary",
    "introduction",
    "availability",
    "can_be_borrowed",
    "phone",
)


def _rows(count: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count})


class SubjectsField(forms.CharField):
    """Words, each what somebody can teach, with any marks between them."""

    def clean(self, value) -> list[str]:
        typed = BETWEEN_SUBJECTS.split(super().clean(value))
        subjects = list(dict.fromkeys(word for word in typed if word))
        if len(subjects) > MOST_SUBJECTS:
            raise ValidationError(
                _("最多写 %(count)s 样，请留下最拿手的。") % {"count": MOST_SUBJECTS}
            )
        if long := [word for word in subjects if len(word) > LONGEST_SUBJECT]:
            raise ValidationError(
                _("“%(word)s”太长了。一样写一个词，中间用顿号隔开。")
                % {"word": long[0]}
            )
        if not subjects:
            raise ValidationError(self.error_messages["required"], code="required")
        return subjects

    def prepare_value(self, value):
        return _("、").join(value) if isinstance(value, list) else value


class FilesInput(forms.FileInput):
    """Many files in one box; telephones offer photos and their files for `accept`."""

    allow_multiple_selected = True

    def __init__(self):
        super().__init__({"accept": "image/jpeg,image/png,application/pdf"})


class ProofsField(forms.FileField):
    """A list of files. `good` are those that may be kept, also where others may not."""

    widget = FilesInput

    def clean(self, data, initial=None) -> list:
        self.good, wrong = [], []
        for file in data or []:
            try:
                super().clean(file, initial)
                proofs.check(file)
            except ValidationError as error:
                wrong += error.messages
            else:
                self.good.append(file)
        if wrong:
            raise ValidationError(wrong)
        return self.good


class NominationForm(forms.Form):
    """`nomination` is the one that is corrected; None for a new one.

    Good files are kept whatever else is wrong, so that nobody chooses them twice:
    `keep_files`.
    """

    shown_name = NameField(
        label=gettext_lazy("公开的名字"),
        help_text=gettext_lazy("大家在网站上看到的，例如“周德明”，也可以写“周老师”。"),
        error_messages={"required": gettext_lazy("请写大家怎么称呼您。")},
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("您教的最接近哪一类？"),
        choices=Theme.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一类最接近的。")},
    )
    subjects = SubjectsField(
        label=gettext_lazy("您能教什么"),
        help_text=gettext_lazy("一样写一个词，用顿号隔开，例如：剪纸、窗花。"),
        max_length=200,
        error_messages={"required": gettext_lazy("请写一写您能教什么。")},
    )
    summary = forms.CharField(
        label=gettext_lazy("一句话介绍自己"),
        help_text=gettext_lazy("例如：退休中学美术教师，写隶书四十年。"),
        max_length=100,
        error_messages={
            "required": gettext_lazy("请用一句话介绍自己。"),
            "max_length": gettext_lazy("一句话不要超过 100 个字，别的写在下面。"),
        },
    )
    introduction = forms.CharField(
        label=gettext_lazy("详细介绍"),
        help_text=gettext_lazy("学了多久，教过谁，上课是什么样子。"),
        required=False,
        max_length=2000,
        widget=_rows(6),
    )
    availability = forms.CharField(
        label=gettext_lazy("什么时候有空"),
        help_text=gettext_lazy("例如：周二、周四上午，寒暑假不限。"),
        max_length=200,
        error_messages={"required": gettext_lazy("请写一写什么时候有空。")},
    )
    can_be_borrowed = forms.BooleanField(
        label=gettext_lazy("别的网点请我上课，我也愿意去"), required=False
    )
    phone = ContactPhoneField(
        label=gettext_lazy("联系电话"),
        help_text=gettext_lazy("只给审核的工作人员看，不公开。"),
        error_messages={"required": gettext_lazy("请写一个能找到您的电话。")},
    )
    kept = forms.MultipleChoiceField(
        label=gettext_lazy("已经传好的文件"),
        help_text=gettext_lazy("不想要的，去掉勾。"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    files = ProofsField(
        label=gettext_lazy("证明材料"),
        required=False,
        help_text=gettext_lazy(
            "证书、作品、上课的照片都行，可以一次选几份。照片（jpg、png）或者 PDF，"
            "最多 6 份，每份不超过 8 MB。只给审核的工作人员看，不公开。"
        ),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("审核通过以后，同意在网站上公开上面写的内容"),
        help_text=gettext_lazy("电话和证明材料不公开。以后随时可以撤回。"),
        error_messages={
            "required": gettext_lazy("要打勾同意公开，我们才能把您列进教师名单。")
        },
    )

    def __init__(
        self, *args, user: User, nomination: Nomination | None = None, **kwargs
    ):
        self.user, self.nomination = user, nomination
        self.before = list(proofs.of_form(user, nomination))
        kwargs.setdefault("initial", _initial(user, nomination))
        super().__init__(*args, **kwargs)
        self._offer_kept()

    def _offer_kept(self) -> None:
        choices = [(str(proof.pk), proof.name) for proof in self.before]
        self.fields["kept"].choices = choices
        self.fields["kept"].initial = [pk for pk, _name in choices]

    @property
    def _chosen(self) -> set[str]:
        """Of the files that were there before, those she leaves ticked."""
        return set(self.cleaned_data.get("kept", []))

    def clean(self) -> dict:
        good = getattr(self.fields["files"], "good", [])
        count = len(self._chosen) + len(good)
        if count > proofs.MOST_FILES:
            self.fields["files"].good = good[: proofs.MOST_FILES - len(self._chosen)]
            self.add_error("files", _too_many(count))
        elif not count and "files" not in self.errors:
            self.add_error("files", _("请至少传一份证明材料。"))
        return self.cleaned_data

    def keep_files(self) -> None:
        """What was uploaded now, without what she does not want any more; then shows
        what there is in place of what was sent."""
        chosen = self._chosen
        proofs.remove(one for one in self.before if str(one.pk) not in chosen)
        proofs.keep(self.user, self.fields["files"].good)
        self.before = list(proofs.of_form(self.user, self.nomination))
        self._offer_kept()
        self.data = self.data.copy()
        self.data.setlist("kept", self.fields["kept"].initial)

    @property
    def words(self) -> dict:
        return {name: self.cleaned_data[name] for name in WORDS}


def _too_many(count: int) -> str:
    return ngettext(
        "最多 %(most)s 份，您选了 %(count)s 份。请只留最能说明的。",
        "最多 %(most)s 份，您选了 %(count)s 份。请只留最能说明的。",
        count,
    ) % {"most": proofs.MOST_FILES, "count": count}


def _initial(user: User, nomination: Nomination | None) -> dict:
    if nomination is not None:
        return {name: getattr(nomination, name) for name in WORDS}
    own = self_of(user)
    return {"shown_name": own.name if own else "", "phone": user.phone}


class DecisionForm(forms.Form):
    """Why, and what she had seen; the button that was pressed says what."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("原因"),
        help_text=gettext_lazy(
            "请本人修改或者不同意，要写原因，本人会看到。同意可以不写。"
        ),
        required=False,
        max_length=LONGEST_REASON,
        widget=_rows(3),
    )
