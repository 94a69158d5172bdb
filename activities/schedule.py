"""From a published schedule to the planned meetings: pure, without the database.

Everything here is Shanghai wall time. The rules of counting:

- `count` counts meetings that stand on the calendar. A date that was skipped (by
  the editor or as a public holiday) does not count; a cancelled one does, since
  people were told of it; an extra one does not.
- A date the editor wrote down herself (the first one, or one with a change of its
  own) takes place even on a public holiday.
- Monthly means the same weekday of the same week of the month; from the fifth week
  on it means the last one, so that no month is left out.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import chinese_calendar

from activities import recurrence
from activities.vocabulary import ChangeKind, Repeat
from home.dates import SHANGHAI

# More meetings than this is a slip of the pen: daily for a year is 366.
MOST_SESSIONS = 400
# Outside these a date is a slip of the pen, and `datetime` may come to its end.
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Change:
    """One date that differs from the rule, as `blocks.ScheduleChangeBlock` has it."""

    kind: str
    date: dt.date
    new_date: dt.date | None = None
    new_time: dt.time | None = None
    venue: str = ""
    note: str = ""


@dataclass(frozen=True)
class Rule:
    """A schedule: `starts_at` is aware, `until` is inclusive, weekdays as `date`'s."""

    starts_at: dt.datetime
    duration: dt.timedelta = dt.timedelta(minutes=90)
    repeat: str = Repeat.NONE
    weekdays: frozenset[int] = frozenset()
    interval: int = 1
    until: dt.date | None = None
    count: int | None = None
    skip_public_holidays: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def has_no_end(self) -> bool:
        """It repeats until nobody knows when: good for a draft only."""
        return self.repeat != Repeat.NONE and self.until is None and self.count is None


@dataclass(frozen=True)
class Occurrence:
    """One planned meeting; `original_date` is its key for ever."""

    original_date: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_cancelled: bool = False
    is_moved: bool = False
    venue: str = ""
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """What a rule comes to.

    `skipped` are dates the rule names but the calendar does not; `unknown_years`
    are years whose public holidays are not published yet, so none was skipped.
    """

    occurrences: list[Occurrence] = field(default_factory=list)
    skipped: list[dt.date] = field(default_factory=list)
    unknown_years: list[int] = field(default_factory=list)
    is_capped: bool = False

    @property
    def known_dates(self) -> set[dt.date]:
        """The dates a change may speak about."""
        return {each.original_date for each in self.occurrences} | set(self.skipped)


def rule_of(activity) -> Rule | None:
    """The rule an activity's fields describe; None while its first date is missing
    or in no plausible year."""
    if activity.starts_at is None or not is_plausible(activity.starts_at):
        return None
    return Rule(
        starts_at=activity.starts_at,
        duration=dt.timedelta(minutes=activity.duration_minutes or 0),
        repeat=activity.repeat,
        weekdays=frozenset(int(day) for day in activity.weekdays),
        interval=activity.interval or 1,
        until=activity.repeat_until,
        count=activity.repeat_count,
        skip_public_holidays=activity.skip_public_holidays,
        changes=changes_of(activity),
    )


def changes_of(activity) -> tuple[Change, ...]:
    """The changes of single dates; a row still without kind or date is left out."""
    rows = (block.value for block in activity.schedule_changes)
    return tuple(
        Change(
            kind=row["kind"],
            date=row["date"],
            new_date=row["new_date"],
            new_time=row["new_time"],
            venue=row["venue"] or "",
            note=row["note"] or "",
        )
        for row in rows
        if row["kind"] and row["date"]
    )


def is_plausible(date: dt.date) -> bool:
    """A date or moment in a year somebody may have meant."""
    return FIRST_YEAR <= date.year <= LAST_YEAR


def expand(rule: Rule) -> Plan:
    """The planned meetings in order of their original dates, at most 400.

    Changes in no plausible year are passed over.
    """
    named = {change.date: change for change in _regular_changes(rule)}
    plan = Plan()
    for date in _rule_dates(rule):
        if rule.count is not None and len(plan.occurrences) >= rule.count:
            break
        if _is_skipped(rule, date, named.get(date), plan):
            plan.skipped.append(date)
        elif len(plan.occurrences) == MOST_SESSIONS:
            return _with_extras(rule, plan, is_capped=True)
        else:
            plan.occurrences.append(_occurrence(rule, date, named.get(date)))
    return _with_extras(rule, plan, is_capped=False)


def is_public_holiday(date: dt.date) -> bool | None:
    """Whether the State Council made it a day off; None for years unknown so far.

    Ordinary weekends are no public holidays: many classes are held on them.
    """
    try:
        _is_off, holiday = chinese_calendar.get_holiday_detail(date)
    except NotImplementedError:
        return None
    # a make-up working day also carries the holiday's name
    return bool(holiday) and bool(_is_off)


def _regular_changes(rule: Rule) -> list[Change]:
    return [each for each in _plausible(rule) if each.kind != ChangeKind.EXTRA]


def _plausible(rule: Rule) -> list[Change]:
    return [
        each
        for each in rule.changes
        if is_plausible(each.date)
        and (each.new_date is None or is_plausible(each.new_date))
    ]


def _is_skipped(rule: Rule, date: dt.date, change: Change | None, plan: Plan) -> bool:
    if change is not None:
        return change.kind == ChangeKind.SKIP
    # she wrote the first date herself, and a single talk is nothing but that
    if not rule.skip_public_holidays or date == _first_date(rule):
        return False
    holiday = is_public_holiday(date)
    if holiday is None and date.year not in plan.unknown_years:
        plan.unknown_years.append(date.year)
    return bool(holiday)


def _with_extras(rule: Rule, plan: Plan, *, is_capped: bool) -> Plan:
    taken = {each.original_date for each in plan.occurrences}
    named = {change.date: change for change in _regular_changes(rule)}
    extras = []
    for extra in _plausible(rule):
        if extra.kind != ChangeKind.EXTRA or extra.date in taken:
            continue
        taken.add(extra.date)
        meeting = _extra(rule, extra, named.get(extra.date))
        if meeting is not None:
            extras.append(meeting)
    room = MOST_SESSIONS - len(plan.occurrences)
    together = plan.occurrences + extras[:room]
    return Plan(
        occurrences=sorted(together, key=lambda each: each.original_date),
        skipped=[date for date in plan.skipped if date not in taken],
        unknown_years=plan.unknown_years,
        is_capped=is_capped or len(extras) > room,
    )


def _extra(rule: Rule, extra: Change, change: Change | None) -> Occurrence | None:
    if change is not None and change.kind == ChangeKind.SKIP:
        return None
    time = extra.new_time or _wall(rule.starts_at).time()
    starts_at = dt.datetime.combine(extra.date, time, tzinfo=SHANGHAI)
    planned = Occurrence(
        original_date=extra.date,
        starts_at=starts_at,
        ends_at=starts_at + rule.duration,
        venue=extra.venue,
        note=extra.note,
    )
    return planned if change is None else _changed(rule, planned, change)


def _occurrence(rule: Rule, date: dt.date, change: Change | None) -> Occurrence:
    starts_at = dt.datetime.combine(date, _wall(rule.starts_at).time(), tzinfo=SHANGHAI)
    planned = Occurrence(date, starts_at, starts_at + rule.duration)
    return planned if change is None else _changed(rule, planned, change)


def _changed(rule: Rule, planned: Occurrence, change: Change) -> Occurrence:
    starts_at = planned.starts_at
    if change.kind == ChangeKind.MOVE:
        starts_at = dt.datetime.combine(
            change.new_date or starts_at.date(),
            change.new_time or starts_at.time(),
            tzinfo=SHANGHAI,
        )
    moved_venue = change.venue if change.kind == ChangeKind.MOVE else ""
    return Occurrence(
        original_date=planned.original_date,
        starts_at=starts_at,
        ends_at=starts_at + rule.duration,
        is_cancelled=change.kind == ChangeKind.CANCEL,
        is_moved=starts_at != planned.starts_at,
        venue=moved_venue or planned.venue,
        note=change.note or planned.note,
    )


def _wall(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(SHANGHAI)


def _first_date(rule: Rule) -> dt.date:
    return _wall(rule.starts_at).date()


def _rule_dates(rule: Rule) -> Iterator[dt.date]:
    """Every date the rule names, before holidays and changes take some away."""
    first = _first_date(rule)
    if rule.repeat == Repeat.NONE:
        yield first
        return
    dates = recurrence.dates(rule.repeat, first, rule.interval, rule.weekdays)
    # without an end a draft still shows its first dates; the cap ends it
    for date in islice(dates, MOST_SESSIONS * 3):
        if date.year > LAST_YEAR or (rule.until and date > rule.until):
            return
        yield date
