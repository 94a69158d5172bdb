"""Who may register for what, when: every answer is the list of all that is in the way.

Pure functions: the time is passed in, and what has to be counted in the database
comes as a `Standing`. The same rules hold on the web, by telephone and at the desk.
The rules themselves are those schools really use; each figure is the run's own.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from activities.blockers import Blocker, explain
from activities.states import BY_HAND, Channel

# What staff may set aside by hand, with a reason: the window, for who comes late or
# could not come in time. Age, residence, limits and places are the same for all.
DESK_MAY_OVERRIDE = frozenset({"not_yet_open", "closed"})


@dataclass(frozen=True)
class Standing:
    """What a learner already has: here, and in the county the run counts within."""

    is_registered: bool = False
    places_held: int = 0


def run_blockers(run, *, at: dt.datetime) -> list[Blocker]:
    """All that keeps everybody from registering for `run` at the aware moment `at`.

    A full run with room on its waiting list is not blocked.
    """
    found = {
        "cancelled": run.is_cancelled,
        "over": is_over(run, at=at),
        "paused": not run.is_open,
        "not_yet_open": run.opens_at is not None and at < run.opens_at,
        "closed": run.closes_at is not None and at >= run.closes_at,
        "full": not has_free_place(run) and not has_waiting_room(run),
    }
    return [explain(code, run) for code, holds in found.items() if holds]


def learner_blockers(
    run, learner, *, at: dt.datetime, channel: str, standing: Standing
) -> list[Blocker]:
    """All that keeps `learner` from registering by `channel`, beside the run itself.

    The consent of a relative is not asked here but at the last step: see
    `claim_blockers`.
    """
    age = age_on_first_day(run, learner, at=at)
    found = {
        "registered": standing.is_registered,
        "too_many": run.max_active is not None
        and standing.places_held >= run.max_active,
        "birth_date_needed": age is None and asks_age(run),
        "too_young": _is_under(age, run.min_age),
        "too_old": age is not None and run.max_age is not None and age > run.max_age,
        "desk_only": channel != Channel.DESK and _is_from(age, run.desk_only_from_age),
        "residence_needed": asks_residence(run) and learner.residence is None,
        "elsewhere": asks_residence(run) and not _lives_there(run, learner),
    }
    return [explain(code, run) for code, holds in found.items() if holds]


def claim_blockers(
    run,
    learner,
    *,
    at,
    channel: str,
    standing: Standing,
    consented_by: str,
    override_reason: str = "",
) -> list[Blocker]:
    """All that is in the way of a claim made at `at`: run, learner and consent.

    With a reason, staff set aside what stands in `DESK_MAY_OVERRIDE`.
    """
    found = run_blockers(run, at=at)
    if channel in BY_HAND and override_reason.strip():
        found = [one for one in found if one.code not in DESK_MAY_OVERRIDE]
    found += learner_blockers(run, learner, at=at, channel=channel, standing=standing)
    if needs_consent(run, learner, at=at) and not consented_by.strip():
        found.append(explain("consent_needed", run))
    return found


def needs_consent(run, learner, *, at: dt.datetime) -> bool:
    """A relative has to confirm: the learner is old enough for the run to ask."""
    return _is_from(age_on_first_day(run, learner, at=at), run.consent_from_age)


def can_withdraw(run, *, at: dt.datetime) -> bool:
    """Free of consequence until `withdraw_until`, else until the run is over."""
    if is_over(run, at=at):
        return False
    return run.withdraw_until is None or at < run.withdraw_until


def promotes(run, *, at: dt.datetime) -> bool:
    """Freed places still go to the waiting list.

    A run of one day stops when it begins, a longer one at its end. While it is
    closed, its activity hidden, nobody is called: publishing allocates anew.
    """
    if run.is_cancelled or not run.is_open or is_over(run, at=at):
        return False
    first, last = run.first_starts_at, run.last_ends_at
    if first is None or last is None or last - first > dt.timedelta(days=1):
        return True
    return at < first


def is_over(run, *, at: dt.datetime) -> bool:
    return run.last_ends_at is not None and at >= run.last_ends_at


def has_free_place(run) -> bool:
    return run.capacity is None or run.taken < run.capacity


def has_waiting_room(run) -> bool:
    return run.waiting_capacity is None or run.waiting < run.waiting_capacity


def asks_age(run) -> bool:
    """Some rule of the run looks at the learner's age."""
    limits = run.min_age, run.max_age, run.consent_from_age, run.desk_only_from_age
    return any(limit is not None for limit in limits)


def asks_residence(run) -> bool:
    return run.residence_id is not None


def age_on_first_day(run, learner, *, at: dt.datetime) -> int | None:
    """Full years on the run's first day in local time; None without a birth date.

    A run without dates yet counts at `at`. Somebody born on 29 February is a year
    older on 1 March of other years.
    """
    born = learner.born_on
    if born is None:
        return None
    day = timezone.localdate(run.first_starts_at or at)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _is_under(age: int | None, floor: int | None) -> bool:
    return age is not None and floor is not None and age < floor


def _is_from(age: int | None, floor: int | None) -> bool:
    return age is not None and floor is not None and age >= floor


def _lives_there(run, learner) -> bool:
    """In the division or below it; an unknown residence is another blocker."""
    home = learner.residence
    return home is None or home.path.startswith(run.residence.path)


__all__ = ["Blocker", "Standing", "claim_blockers", "learner_blockers", "run_blockers"]
