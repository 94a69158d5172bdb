"""The calendar's address, read: what is shown, and what of it made no sense."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.calendar_days import is_sensible
from activities.calendar_places import PlaceChoice, choose
from activities.querysets import SessionQuerySet
from activities.wording import join_words
from home.vocabulary import Audience, Theme

LONGEST_TEXT = 60


@dataclass(frozen=True)
class CalendarFilter:
    """One condition: how it is said, and what it does to the sessions."""

    words: str
    narrow: Callable[[SessionQuerySet], SessionQuerySet]


class CalendarForm(forms.Form):
    """The filters shared by list, month and week; every one may be missing.

    What cannot be understood narrows nothing: `notices` says so. `first` and `last`
    are days of the list, `month` and `week` a day within them; None if not asked for.
    """

    q = forms.CharField(
        label=gettext_lazy("找什么"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_TEXT}),
    )
    theme = forms.MultipleChoiceField(
        label=gettext_lazy("内容"),
        required=False,
        choices=Theme.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    audience = forms.MultipleChoiceField(
        label=gettext_lazy("给谁"),
        required=False,
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    open = forms.BooleanField(label=gettext_lazy("只看还能报名的"), required=False)

    def __init__(self, query, *, at: dt.datetime):
        """`query` is the QueryDict of the address, `at` the aware moment now."""
        super().__init__(query, auto_id="filter-%s")
        self.at = at
        self.notices: list[str] = []
        self.place = self._place()
        self.first = self._day("from", iso_day)
        self.last = self._day("to", iso_day)
        self.month = self._day("month", iso_month)
        self.week = self._day("week", iso_week)
        if self.first and self.last and self.last < self.first:
            self.last = None
            self.notices.append(_("结束的日子比开始的早，已经不看结束的日子。"))

    @cached_property
    def filters(self) -> list[CalendarFilter]:
        """The conditions asked for, in the order they are said."""
        found = [
            *self._place_filter(),
            *self._choice("theme", Theme, SessionQuerySet.for_theme),
            *self._choice("audience", Audience, SessionQuerySet.for_audience),
            *self._text(),
        ]
        if self.data.get("open"):
            found.append(CalendarFilter(_("还能报名的"), self._can_register))
        return found

    def narrowed(self, sessions: SessionQuerySet) -> SessionQuerySet:
        """`sessions` under every condition asked for."""
        for each in self.filters:
            sessions = each.narrow(sessions)
        return sessions

    def kept(self) -> list[tuple[str, str]]:
        """The conditions as pairs of an address, without dates and pages."""
        pairs = [("place", self.place.node.pk)] if self.place.node else []
        for name in ("theme", "audience"):
            known = dict(self.fields[name].choices)
            pairs += [(name, each) for each in self.data.getlist(name) if each in known]
        if text := self.text:
            pairs.append(("q", text))
        return pairs + ([("open", "1")] if self.data.get("open") else [])

    @property
    def text(self) -> str:
        """What was typed, without what no title holds."""
        return self.data.get("q", "").replace("\0", "").strip()[:LONGEST_TEXT]

    def _place(self) -> PlaceChoice:
        place = choose(self.data.getlist("place"))
        if place.is_unknown:
            self.notices.append(
                _("没有找到这个地方，下面是%(place)s的活动。") % {"place": place.name}
            )
        return place

    def _day(self, name: str, parse) -> dt.date | None:
        text = self.data.get(name, "").strip()
        day = parse(text) if text else None
        if text and (day is None or not is_sensible(day)):
            self.notices.append(
                _("看不懂日期“%(text)s”，下面从今天看起。") % {"text": text[:20]}
            )
            return None
        return day

    def _place_filter(self) -> list[CalendarFilter]:
        node = self.place.node
        if node is None:
            return []
        return [CalendarFilter(self.place.name, lambda some: some.under(node))]

    def _choice(self, name: str, vocabulary, narrow) -> list[CalendarFilter]:
        asked = [value for value in self.data.getlist(name) if value]
        known = [value for value in vocabulary.values if value in asked]
        if len(known) < len(set(asked)):
            label = self.fields[name].label
            self.notices.append(
                _("“%(field)s”里有不认识的条件，已经不管它。") % {"field": label}
            )
        words = join_words(vocabulary(value).label for value in known)
        return (
            [CalendarFilter(words, lambda some: narrow(some, *known))] if known else []
        )

    def _text(self) -> list[CalendarFilter]:
        if not self.text:
            return []
        words = _("“%(text)s”") % {"text": self.text}
        return [CalendarFilter(words, lambda some: some.matching(self.text))]

    def _can_register(self, sessions: SessionQuerySet) -> SessionQuerySet:
        return sessions.open_for_registration(at=self.at)


def iso_day(text: str) -> dt.date | None:
    """2026-11-24; None for anything else."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", text):
        return None
    try:
        return dt.date(*(int(part) for part in text.split("-")))
    except ValueError:
        return None


def iso_month(text: str) -> dt.date | None:
    """2026-11 as its first day; None for anything else."""
    return iso_day(f"{text}-1")


def iso_week(text: str) -> dt.date | None:
    """2026-W48 as its Monday, or any day of the week; None for anything else."""
    named = re.fullmatch(r"([0-9]{4})-W([0-9]{1,2})", text)
    if named is None:
        return iso_day(text)
    try:
        return dt.date.fromisocalendar(int(named[1]), int(named[2]), 1)
    except ValueError:
        return None
