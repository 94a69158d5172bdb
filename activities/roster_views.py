"""名单 in the admin: who has a place, who waits; for staff of the subtree only.

Every look and every file is written into the access log, with the number of people.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from activities import roster_exports
from activities.models import ActivityPage, Registration, Run
from activities.registration import withdraw as give_up
from activities.roster import gone, roster
from activities.roster_forms import DeskForm, DeskWithdrawForm
from activities.run_summary import summaries
from activities.states import ACTIVE, RegistrationStatus
from home.errors import permission_denied
from home.models import Role
from home.permissions import can_act_under
from learners import access_log
from learners.household_views import private
from learners.models import AccessAct

ROLES = (Role.EDITOR, Role.DESK)
EXPORTS = {
    "csv": (roster_exports.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        roster_exports.as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
form_page = require_http_methods(["GET", "HEAD", "POST"])


def of_subtree(view):
    """Gives the view the original activity; 403 to staff of other places."""

    @private
    def guarded(request, pk: int, **kwargs):
        activity = get_object_or_404(ActivityPage, pk=pk).original
        if not can_act_under(request.user, activity.path, ROLES):
            return permission_denied(request)
        return view(request, activity, **kwargs)

    return guarded


def _runs(activity: ActivityPage) -> list[Run]:
    runs = Run.objects.filter(activity=activity).order_by("first_starts_at", "pk")
    return list(runs.select_related("activity__locale", "residence"))


def _run(request, activity: ActivityPage, runs: list[Run]) -> Run:
    """The one asked for by ?run=, else the next one that is not over."""
    wanted = request.GET.get("run")
    if wanted is not None:
        chosen = [run for run in runs if str(run.pk) == wanted]
    else:
        now = timezone.now()
        coming = [one for one in runs if one.last_ends_at and one.last_ends_at > now]
        chosen = coming or runs[-1:]
    if not chosen:
        raise Http404
    return chosen[0]


@of_subtree
@require_safe
def view_roster(request, activity):
    runs = _runs(activity)
    if not runs:
        return _page(request, "roster_empty.html", activity)
    run = _run(request, activity, runs)
    rows, left = roster(run), gone(run)
    shown = len(rows) + len(left)
    access_log.record(request.user, AccessAct.READ, f"run:{run.pk}", shown)
    told = summaries(runs, at=timezone.now())
    return _page(
        request,
        "roster.html",
        activity,
        run=run,
        rows=rows,
        gone=left,
        runs=[told[one.pk] for one in runs] if len(runs) > 1 else [],
        summary=told[run.pk],
    )


@of_subtree
@require_safe
def export_roster(request, activity, kind: str):
    run = _run(request, activity, _runs(activity))
    rows = roster(run)
    access_log.record(request.user, AccessAct.EXPORT, f"run:{run.pk}", len(rows))
    write, content_type = EXPORTS[kind]
    response = HttpResponse(write(rows), content_type=content_type)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="roster-{run.pk}.{kind}"'
    )
    return response


@of_subtree
@require_safe
def print_roster(request, activity):
    """The sheet people sign; those who wait are not on it."""
    run = _run(request, activity, _runs(activity))
    rows = [
        row
        for row in roster(run)
        if row.registration.status == RegistrationStatus.PLACED
    ]
    access_log.record(request.user, AccessAct.EXPORT, f"run:{run.pk}", len(rows))
    told = summaries([run], at=timezone.now())
    context = {"rows": rows, "summary": told[run.pk], "blanks": range(5)}
    return render(request, "activities/roster_print.html", context)


@of_subtree
@form_page
def register_by_hand(request, activity):
    run = _run(request, activity, _runs(activity))
    sent = request.POST if request.method == "POST" else None
    form = DeskForm(sent, run=run, staff=request.user, at=timezone.now())
    is_valid = form.is_valid()
    if form.found:
        # that somebody is known, perhaps from elsewhere, is read from the answer
        access_log.record(request.user, AccessAct.READ, f"desk:run:{run.pk}", 1)
    if is_valid:
        _tell(request, form.save())
        return redirect(_roster_url(activity, run))
    return _page(request, "roster_register.html", activity, run=run, form=form)


def _tell(request, registration: Registration) -> None:
    words = {
        RegistrationStatus.PLACED: _("%(name)s报上了。"),
        RegistrationStatus.WAITING: _("名额满了，%(name)s排进了候补。"),
        RegistrationStatus.REFUSED: _("%(name)s这次没有报上，请再看一看名额。"),
    }
    text = words.get(registration.status, _("%(name)s的报名收到了，正在处理。"))
    say = (
        messages.error
        if registration.status == RegistrationStatus.REFUSED
        else messages.success
    )
    say(request, text % {"name": registration.learner.name})


@of_subtree
@form_page
def withdraw_by_hand(request, activity, registration_id: int):
    registration = get_object_or_404(
        Registration.objects.select_related("run", "learner"),
        pk=registration_id,
        run__activity=activity,
    )
    sent = request.POST if request.method == "POST" else None
    form = DeskWithdrawForm(sent)
    if form.is_valid():
        give_up(registration, acted_by=request.user, **form.cleaned_data)
        name = {"name": registration.learner.name}
        messages.success(request, _("%(name)s退出了，名额让给下一位。") % name)
        return redirect(_roster_url(activity, registration.run))
    return _page(
        request,
        "roster_withdraw.html",
        activity,
        run=registration.run,
        form=form,
        registration=registration,
        is_active=registration.status in ACTIVE,
    )


def _roster_url(activity: ActivityPage, run: Run) -> str:
    return f"{reverse('activity_roster', args=[activity.pk])}?run={run.pk}"


def _page(request, template: str, activity: ActivityPage, form=None, **context):
    run = context.get("run")
    context |= {
        "activity": activity,
        "form": form,
        "page_title": _("名单"),
        "page_subtitle": activity.title,
        "roster_url": _roster_url(activity, run) if run else "",
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, f"activities/{template}", context, status=status)
