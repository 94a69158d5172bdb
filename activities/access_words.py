"""What the access log calls the rosters somebody read: by activity and first date."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Registration, Run
from home.dates import SHANGHAI, long_date
from learners.access_log import speaks

# how `roster_views` and `roster_acts` begin their subjects; a number follows
OF_RUNS = {
    "run:": gettext_lazy("「%(title)s」的名单"),
    "phones:run:": gettext_lazy("「%(title)s」的名单，带完整的电话"),
    "desk:run:": gettext_lazy("「%(title)s」报名台上查到的人"),
}
ONE = "registration:"


@speaks
def rosters(subjects: set[str]) -> dict[str, str]:
    """Two queries for all of them. One person is never named, only counted off."""
    run_of = _runs_of_registrations(subjects)
    wanted = {
        subject: (words, run_of.get(subject) or _number(subject, prefix))
        for prefix, words in {**OF_RUNS, ONE: _("「%(title)s」名单上的一个人")}.items()
        for subject in subjects
        if subject.startswith(prefix)
    }
    numbers = {number for _words, number in wanted.values() if number}
    runs = Run.objects.select_related("activity").in_bulk(numbers)
    return {
        subject: _said(words, runs[number])
        for subject, (words, number) in wanted.items()
        if number in runs
    }


def _runs_of_registrations(subjects: Iterable[str]) -> dict[str, int]:
    numbers = {s: _number(s, ONE) for s in subjects if s.startswith(ONE)}
    found = Registration.objects.filter(pk__in=[n for n in numbers.values() if n])
    runs = dict(found.values_list("pk", "run_id"))
    return {s: runs.get(number, -1) for s, number in numbers.items()}


def _number(subject: str, prefix: str) -> int | None:
    rest = subject.removeprefix(prefix)
    return int(rest) if rest.isascii() and rest.isdecimal() else None


def _said(words: str, run: Run) -> str:
    text = words % {"title": run.activity.title}
    if run.first_starts_at is None:
        return text
    day = long_date(run.first_starts_at.astimezone(SHANGHAI).date())
    return _("%(what)s，%(day)s") % {"what": text, "day": day}
