"""What one registers for, in a few lines beside every step."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activities.availability import Availability, availability
from activities.models import Run, Session
from activities.rows import pages_for_reader, place_line
from activities.states import SessionStatus
from activities.vocabulary import RegistrationMode
from activities.wording import fee_line, repeat_line
from home.network import names_of
from home.templatetags.look import full_date, time_range
from home.theme_badge import ThemeBadge, theme_badge


@dataclass(frozen=True)
class RunSummary:
    """`session` is the next one that takes place, None when there is none left."""

    run: Run
    title: str
    url: str
    language: str
    theme: ThemeBadge | None
    session: Session | None
    when: str
    place: str
    fee: str
    state: Availability


def summarise(run: Run, *, at: dt.datetime) -> RunSummary:
    """`run` came with `activity__locale`; for more than one use `summaries`."""
    return summaries([run], at=at)[run.pk]


def summaries(runs: Iterable[Run], *, at: dt.datetime) -> dict[int, RunSummary]:
    """By primary key, in three queries whatever their number."""
    runs = list(runs)
    sessions = _next_sessions(runs, at)
    names = names_of({run.node_path for run in runs})
    pages = pages_for_reader([run.activity for run in runs], get_language())
    return {
        run.pk: _summary(
            run,
            pages[run.activity_id],
            sessions.get(run.pk),
            names.get(run.node_path, ""),
            at,
        )
        for run in runs
    }


def _next_sessions(runs: list[Run], at: dt.datetime) -> dict[int, Session]:
    coming = Session.objects.filter(
        run__in=runs, status=SessionStatus.SCHEDULED
    ).upcoming(at)
    found: dict[int, Session] = {}
    for session in coming.select_related("activity"):
        found.setdefault(session.run_id, session)
    return found


def _summary(run, page, session, name: str, at) -> RunSummary:
    return RunSummary(
        run=run,
        title=page.title,
        url=page.url,
        language=page.language,
        theme=theme_badge(run.activity.theme),
        session=session,
        when=_when(run, session),
        place=_place(session, name, page.venue),
        fee=fee_line(run.activity),
        state=availability(run, run.activity, at=at),
    )


def _when(run: Run, session: Session | None) -> str:
    """周二 9:00–10:30，每周二，共12次: the next time, and how it goes on."""
    if session is None:
        first = run.first_starts_at
        return full_date(timezone.localtime(first)) if first else ""
    time = _("%(date)s %(time)s") % {
        "date": full_date(session.starts_at),
        "time": time_range(session.starts_at, session.ends_at),
    }
    rhythm = repeat_line(run.activity) if _is_whole(run) else ""
    if not rhythm:
        return time
    return _("%(time)s，%(rhythm)s") % {"time": time, "rhythm": rhythm}


def _is_whole(run: Run) -> bool:
    """Of many sessions, not one of the runs of a single one."""
    return run.activity.registration_mode == RegistrationMode.WHOLE_RUN


def _place(session: Session | None, name: str, venue: str) -> str:
    if session is not None:
        return place_line(session, name, venue)
    return " ".join(word for word in (name, venue) if word)
