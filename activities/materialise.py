"""Brings an activity's session rows to its plan, by difference.

Past meetings (started, by the row) keep time, place and status whatever the rule
now says. A row that people registered for is never deleted: when the rule no
longer names its date, it is cancelled, which those registered are told.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from activities.models import Session
from activities.schedule import Occurrence
from activities.states import SessionStatus
from home.vocabulary import Audience

SECOND = dt.timedelta(seconds=1)
# A change of one of these makes a subscriber's copy wrong (RFC 5545 §3.8.7.4).
SIGNIFICANT = ("starts_at", "ends_at", "venue", "status")
FACTS = (*SIGNIFICANT, "note", "is_moved")
# Not facts of the meeting: where and how it is found.
FOUND_BY = ("node_path", "theme", "audience_mask", "is_public")


@dataclass
class Difference:
    """What there is to write; `told` are meetings people may have to hear of."""

    created: list[Session] = field(default_factory=list)
    changed: list[Session] = field(default_factory=list)
    removed: list[Session] = field(default_factory=list)
    told: list[Session] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.removed)


def difference(
    activity,
    planned: Iterable[Occurrence],
    rows: dict[dt.date, Session],
    *,
    registered: set[int],
    now: dt.datetime,
) -> Difference:
    """Changes `rows` (by original date) to what is planned; writes nothing.

    `registered` are primary keys of sessions that somebody registered for.
    """
    found = Difference()
    found_by = found_by_of(activity)
    planned = {each.original_date: each for each in planned}
    for date, occurrence in planned.items():
        row = rows.get(date)
        if row is not None:
            _update(row, facts_of(activity, occurrence), found_by, found, now)
        # a rule changed afterwards makes no meetings in the past; a first
        # publication may tell of those already held
        elif not rows or occurrence.starts_at > now:
            facts = facts_of(activity, occurrence)
            found.created.append(_new(activity, date, facts | found_by, now))
    for date, row in rows.items():
        if date not in planned:
            _drop(row, found_by, found, now, keep=row.pk in registered)
    return found


def write(found: Difference) -> None:
    """Stores a difference: one statement for each kind of it."""
    Session.objects.bulk_create(found.created)
    fields = [*FACTS, *FOUND_BY, "sequence", "modified_at"]
    Session.objects.bulk_update(found.changed, fields, batch_size=200)
    if found.removed:
        Session.objects.filter(pk__in=[row.pk for row in found.removed]).delete()


def facts_of(activity, occurrence: Occurrence) -> dict:
    """When, where and whether: what the row of this meeting says."""
    cancelled = occurrence.is_cancelled or bool(activity.cancelled_reason)
    return {
        "starts_at": occurrence.starts_at,
        "ends_at": occurrence.ends_at,
        "venue": occurrence.venue or activity.venue,
        "status": SessionStatus.CANCELLED if cancelled else SessionStatus.SCHEDULED,
        "note": occurrence.note,
        "is_moved": occurrence.is_moved,
    }


def found_by_of(activity) -> dict:
    """The activity's own facts, repeated in the row for indexed queries."""
    return {
        "node_path": activity.path[: -activity.steplen],
        "theme": activity.theme,
        "audience_mask": Audience.mask(activity.audiences),
        "is_public": True,
    }


def _new(activity, date: dt.date, values: dict, now: dt.datetime) -> Session:
    return Session(
        activity=activity,
        original_date=date,
        created_at=now,
        modified_at=now.replace(microsecond=0),
        **values,
    )


def _update(row: Session, facts: dict, found_by: dict, found: Difference, now) -> None:
    if is_past(row, now):
        facts = {}
    different = _set(row, facts)
    moved_in_tree = _set(row, found_by)
    if different:
        _touch(row, now)
    if different & set(SIGNIFICANT):
        row.sequence += 1
        found.told.append(row)
    if different or moved_in_tree:
        found.changed.append(row)


def _drop(row: Session, found_by, found: Difference, now, *, keep: bool) -> None:
    """The rule no longer names this date."""
    if is_past(row, now):
        _update(row, {}, found_by, found, now)
    elif keep:
        # a note on it was written for a date that would take place
        gone = {"status": SessionStatus.CANCELLED, "note": ""}
        _update(row, gone, found_by, found, now)
    else:
        found.removed.append(row)


def is_past(row: Session, now: dt.datetime) -> bool:
    return row.starts_at <= now


def _set(row: Session, values: dict) -> set[str]:
    different = {name for name, value in values.items() if getattr(row, name) != value}
    for name in different:
        setattr(row, name, values[name])
    return different


def _touch(row: Session, now: dt.datetime) -> None:
    """LAST-MODIFIED has whole seconds; a reader updates only when it grew."""
    row.modified_at = max(now.replace(microsecond=0), row.modified_at + SECOND)
