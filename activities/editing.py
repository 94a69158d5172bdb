"""The editor's form of an activity: says what is wrong beside the field."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from activities.contradictions import omissions
from activities.listed_teachers import listed_in
from activities.schedule import changes_of
from activities.vocabulary import ChangeKind
from courses_catalog.models import Course, Teacher
from courses_catalog.permissions import choosable
from home.dates import SHANGHAI, long_date
from home.visibility import why_not_public_at

LONG_AGO = dt.timedelta(days=366)


class ActivityPageForm(WagtailAdminPageForm):
    """Refuses a draft only where it contradicts itself; what is merely missing, and
    what others have meanwhile registered for, matters on publishing."""

    # to be confirmed before publishing, and what the tick then sends
    asked: list[str] = []
    answer = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # made from the title in pinyin
            self.fields["slug"].required = False

    def clean_course(self):
        """One she could have found in the list, or the one it has already."""
        course = self.cleaned_data["course"]
        if course is None or course.pk == self.initial.get("course"):
            return course
        if not choosable(Course, self.for_user).filter(pk=course.pk).exists():
            raise ValidationError(
                _("这门课程没有公开，或者不归您和您的上级网点。请从列表里另选一门。")
            )
        return course

    def clean_teachers(self):
        """Only those she could have found in the list, or who are there already."""
        teachers = self.cleaned_data["teachers"]
        added = listed_in(teachers) - listed_in(self.instance.teachers)
        found = choosable(Teacher, self.for_user).filter(pk__in=added)
        if found.count() < len(added):
            raise ValidationError(
                _(
                    "有一位老师不在您能选的名单里。别的网点的老师要先借用，对方同意以后再选。"
                )
            )
        return teachers

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and not self.is_deferred_validation:
            self._check_before_publishing()

    def _check_before_publishing(self):
        found = {**omissions(self.instance), **self._past_slips(timezone.now())}
        if self.instance.pk:
            found |= self._conflicts()
        found |= self._hidden_place()
        for field, sentences in found.items():
            for sentence in sentences:
                self.add_error(field if field in self.fields else None, sentence)
        if not found:
            self._ask(timezone.now())

    def _ask(self, now: dt.datetime) -> None:
        from activities.asking import answer_to, questions

        asked = questions(self.instance, at=now)
        if asked and self.data.get("meant") != answer_to(asked):
            self.asked, self.answer = asked, answer_to(asked)
            self.add_error(
                None, _("还没有发布。请先看下面的「发布以前请确认」，打上勾再发布。")
            )

    def _hidden_place(self) -> dict[None, list[str]]:
        """Nobody would find it below a place that is not public."""
        follows = self.instance.pk and not self.instance.has_own_sessions
        sentence = "" if follows else why_not_public_at(self.parent_page)
        return {None: [sentence]} if sentence else {}

    def _past_slips(self, now: dt.datetime) -> dict[str, list[str]]:
        """Slips of the pen that would go straight into the past, where it is kept."""
        page, found = self.instance, {}
        is_new = page.first_published_at is None
        if is_new and page.starts_at and page.starts_at < now - LONG_AGO:
            found["starts_at"] = [_("这个时间已经过去一年多了，请检查年份。")]
        today = now.astimezone(SHANGHAI).date()
        for change in changes_of(page):
            moves = change.kind == ChangeKind.MOVE and change.new_date
            if moves and change.new_date < today <= change.date:
                found["schedule_changes"] = [
                    _("%(date)s：不能改到已经过去的日子。")
                    % {"date": long_date(change.date)}
                ]
        return found

    def _conflicts(self) -> dict[str, list[str]]:
        """What does not go with the people who have already registered."""
        from activities.policy import most_taken, possible_modes

        page, found = self.instance, {}
        if page.registration_mode not in possible_modes(page):
            found["registration_mode"] = [
                _("已经有人报名，报名方式不能再改。可以另建一个活动。")
            ]
        taken = most_taken(page)
        if page.capacity is not None and page.capacity < taken:
            found["capacity"] = [
                _("已经报上 %(taken)s 人，名额不能少于 %(taken)s。") % {"taken": taken}
            ]
        return found
