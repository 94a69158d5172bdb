"""Brings an activity's runs to its published registration policy.

A whole run is one row for all sessions; single sessions have one each. `taken` and
`waiting` are the allocator's and are never written here.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from activities.models import Registration, Run, Session
from activities.states import SessionStatus
from activities.vocabulary import RegistrationMode

COPIED = (
    "capacity",
    "waiting_capacity",
    "opens_at",
    "closes_at",
    "withdraw_until",
    "min_age",
    "max_age",
    "consent_from_age",
    "desk_only_from_age",
    "residence_id",
    "max_active",
)
KEPT = ("first_starts_at", "last_ends_at", "node_path", "is_open", "is_cancelled")
WRITTEN = [*(name.removesuffix("_id") for name in COPIED), *KEPT]


@dataclass
class RunChange:
    """What was written; `changed` are runs whose claims may now be decided anew."""

    changed: list[Run] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changed)


def locked_runs(activity) -> list[Run]:
    """The activity's runs, locked as the allocator locks them until the commit."""
    return list(
        Run.objects.select_for_update(no_key=True)
        .filter(activity=activity)
        .order_by("pk")
    )


def registered_runs(activity) -> set[int]:
    """Primary keys of runs somebody ever registered for: these rows stay."""
    registrations = Registration.objects.filter(run__activity=activity)
    return set(registrations.values_list("run_id", flat=True).distinct())


def possible_modes(activity) -> set[str]:
    """The modes the activity may be published with, given who has registered.

    A registration is for a whole run or for one session: it cannot become the
    other. With one session it is the same thing.
    """
    registered = registered_runs(activity)
    if not registered:
        return set(RegistrationMode.values)
    sessions = Session.objects.filter(activity=activity, run__in=registered)
    shared = sessions.count() > len(registered)
    several = Run.objects.filter(activity=activity).count() > 1
    modes = {RegistrationMode.WHOLE_RUN, RegistrationMode.SINGLE_SESSIONS}
    if shared:
        modes.discard(RegistrationMode.SINGLE_SESSIONS)
    if several:
        modes.discard(RegistrationMode.WHOLE_RUN)
    return modes


def most_taken(activity) -> int:
    """The places held in its fullest run: capacity cannot go below."""
    taken = Run.objects.filter(activity=activity).values_list("taken", flat=True)
    return max(taken, default=0)


def sync(activity, sessions: list[Session], runs: list[Run]) -> RunChange:
    """Writes runs and which session belongs to which; unchanged rows are left alone.

    `sessions` are all rows of the activity, stored; `runs` come from `locked_runs`.
    """
    found = RunChange()
    mode = _mode(activity)
    wanted = _wanted(activity, mode, sessions, runs)
    groups = defaultdict(list)
    for session in sessions:
        if session.pk in wanted:
            groups[wanted[session.pk]].append(session)
    for run, meetings in groups.items():
        _write(run, activity, meetings, found)
    _attach(sessions, wanted)
    _remove([run for run in runs if run not in groups], activity, found)
    return found


def _mode(activity) -> str:
    """The mode asked for, else the one that people have registered under."""
    possible = possible_modes(activity)
    if activity.registration_mode in possible:
        return activity.registration_mode
    return min(possible)


def _wanted(activity, mode: str, sessions, runs) -> dict[int, Run]:
    """Which run each session belongs to, by the session's primary key."""
    if mode == RegistrationMode.NONE:
        return {}
    registered = registered_runs(activity)
    # the run people hold places in comes first
    runs = sorted(runs, key=lambda run: (run.pk not in registered, run.pk))
    if mode == RegistrationMode.WHOLE_RUN:
        run = runs[0] if runs else _new_run(activity)
        return {session.pk: run for session in sessions}
    return _one_each(activity, sessions, runs)


def _one_each(activity, sessions, runs) -> dict[int, Run]:
    by_pk = {run.pk: run for run in runs}
    wanted = {}
    for session in sessions:
        run = by_pk.pop(session.run_id, None)
        if run is not None:
            wanted[session.pk] = run
    missing = [session for session in sessions if session.pk not in wanted]
    new = Run.objects.bulk_create(
        Run(activity=activity, node_path=session.node_path) for session in missing
    )
    return wanted | {s.pk: run for s, run in zip(missing, new, strict=True)}


def _new_run(activity) -> Run:
    node_path = activity.path[: -activity.steplen]
    return Run.objects.create(activity=activity, node_path=node_path)


def _write(run: Run, activity, meetings: list[Session], found: RunChange) -> None:
    values = {name: getattr(activity, name) for name in COPIED}
    values |= _kept(activity, meetings)
    if values["capacity"] is not None:
        # scheduled for later, then more people came: nobody loses a place
        values["capacity"] = max(values["capacity"], run.taken)
    if all(getattr(run, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(run, name, value)
    run.save(update_fields=WRITTEN)
    found.changed.append(run)


def _kept(activity, meetings: list[Session]) -> dict:
    held = [each for each in meetings if each.status == SessionStatus.SCHEDULED]
    dates = held or meetings
    return {
        "first_starts_at": min(each.starts_at for each in dates),
        "last_ends_at": max(each.ends_at for each in dates),
        "node_path": activity.path[: -activity.steplen],
        "is_open": True,
        "is_cancelled": bool(activity.cancelled_reason) or not held,
    }


def _attach(sessions: list[Session], wanted: dict[int, Run]) -> None:
    changed = []
    for session in sessions:
        run = wanted.get(session.pk)
        if session.run_id != (run.pk if run else None):
            session.run = run
            changed.append(session)
    Session.objects.bulk_update(changed, ["run"], batch_size=200)


def _remove(runs: list[Run], activity, found: RunChange) -> None:
    """A run nobody ever registered for goes; the others only close."""
    registered = registered_runs(activity) if runs else set()
    for run in runs:
        if run.pk not in registered:
            run.delete()
        elif run.is_open:
            run.is_open = False
            run.save(update_fields=["is_open"])
            found.changed.append(run)
