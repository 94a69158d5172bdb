"""名单 in the admin: who has a place, who waits; for staff of the subtree only.

Every look and every file is written into the access log, with the number of people.
"""

from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities import roster_exports
from activities.by_hand import ToTell, to_tell
from activities.models import Run, Session
from activities.roster import gone, phone_of, roster
from activities.roster_access import chosen_run, of_subtree, page, runs_of
from activities.roster_sheets import sessions_of, sheets
from activities.run_summary import summaries
from activities.states import RegistrationStatus
from learners import access_log
from learners.models import AccessAct
from learners.phones import masked

EXPORTS = {
    "csv": (roster_exports.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        roster_exports.as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


class ToldAlike(NamedTuple):
    """What has to be told, and (who, her telephone) of those to tell it to."""

    texts: tuple[str, ...]
    people: list[tuple[ToTell, str]]


@of_subtree
@require_safe
def view_roster(request, activity):
    runs = runs_of(activity)
    if not runs:
        return page(request, "roster_empty.html", activity)
    run = chosen_run(request, runs)
    with_phones = "phones" in request.GET
    rows, left = roster(run, with_phones=with_phones), gone(run)
    shown = len(rows) + len(left)
    subject = f"phones:run:{run.pk}" if with_phones else f"run:{run.pk}"
    access_log.record(request.user, AccessAct.READ, subject, shown)
    told = summaries(runs, at=timezone.now())
    alike = _to_tell(run, with_phones=with_phones)
    return page(
        request,
        "roster.html",
        activity,
        run=run,
        rows=rows,
        gone=left,
        to_tell=alike,
        count_to_tell=sum(len(each.people) for each in alike),
        has_phones=with_phones,
        runs=[told[one.pk] for one in runs] if len(runs) > 1 else [],
        summary=told[run.pk],
    )


def _to_tell(run: Run, *, with_phones: bool) -> list[ToldAlike]:
    """Those nobody but the desk can reach, by what they have to be told."""
    alike: dict[tuple[str, ...], list] = {}
    for one in to_tell(run):
        phone = phone_of(one.registration)
        row = one, phone if with_phones else masked(phone)
        alike.setdefault(one.texts, []).append(row)
    return [ToldAlike(texts, people) for texts, people in alike.items()]


@of_subtree
@require_safe
def export_roster(request, activity, kind: str):
    run = chosen_run(request, runs_of(activity))
    rows = roster(run, with_phones=True)
    access_log.record(request.user, AccessAct.EXPORT, f"run:{run.pk}", len(rows))
    write, content_type = EXPORTS[kind]
    response = HttpResponse(write(rows), content_type=content_type)
    response.headers["Content-Disposition"] = roster_exports.disposition(run, kind)
    return response


@of_subtree
@require_safe
def print_roster(request, activity):
    """The sheet people sign, for all sessions or one; who waits is not on it."""
    run = chosen_run(request, runs_of(activity))
    rows = [
        row
        for row in roster(run, with_phones=True)
        if row.registration.status == RegistrationStatus.PLACED
    ]
    sessions = sessions_of(run)
    chosen = _chosen_session(request, sessions)
    access_log.record(request.user, AccessAct.EXPORT, f"run:{run.pk}", len(rows))
    told = summaries([run], at=timezone.now())
    context = {
        "rows": rows,
        "run": run,
        "summary": told[run.pk],
        "sheets": sheets([chosen] if chosen else sessions),
        "is_wide": len(sessions) > 1 and chosen is None,
        "sessions": sessions if len(sessions) > 1 else [],
        "chosen": chosen,
        "blanks": range(5),
    }
    return render(request, "activities/roster_print.html", context)


def _chosen_session(request, sessions: list[Session]) -> Session | None:
    """The one asked for by ?session=; None for all of them."""
    wanted = request.GET.get("session")
    if not wanted:
        return None
    chosen = [one for one in sessions if str(one.pk) == wanted]
    if not chosen:
        raise Http404
    return chosen[0]
