"""Whose roster it is: the activity and the run asked for, for staff of the subtree."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import ActivityPage, Registration, Run
from home.errors import permission_denied
from home.models import Role
from home.permissions import can_act_under
from learners.private_pages import private

ROLES = (Role.EDITOR, Role.DESK)


def of_subtree(view):
    """Gives the view the original activity; 403 to staff of other places."""

    @private
    def guarded(request, pk: int, **kwargs):
        activity = get_object_or_404(ActivityPage, pk=pk).original
        if not can_act_under(request.user, activity.path, ROLES):
            return permission_denied(request)
        return view(request, activity, **kwargs)

    return guarded


def runs_of(activity: ActivityPage) -> list[Run]:
    runs = Run.objects.filter(activity=activity).order_by("first_starts_at", "pk")
    return list(runs.select_related("activity__locale", "residence"))


def chosen_run(request, runs: list[Run]) -> Run:
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


def registration_of(activity: ActivityPage, pk: int) -> Registration:
    """One of this activity, whatever became of it. Raises Http404 for any other."""
    related = "run__activity", "run__residence", "learner__residence", "acted_by"
    found = Registration.objects.select_related(*related)
    return get_object_or_404(found, pk=pk, run__activity=activity)


def roster_url(run: Run) -> str:
    return f"{reverse('activity_roster', args=[run.activity_id])}?run={run.pk}"


def page(request, template: str, activity: ActivityPage, form=None, **context):
    """422 where the form has errors; what was typed stays in it."""
    run = context.get("run")
    context |= {
        "activity": activity,
        "form": form,
        "page_title": _("名单"),
        "page_subtitle": activity.title,
        "roster_url": roster_url(run) if run else "",
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, f"activities/{template}", context, status=status)
