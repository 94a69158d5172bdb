"""The steps of registering: what for, for whom, check. Each works without script.

The first is public and the same for everybody; it leads to the second, which asks
to sign in and comes back. A lost session comes back to the step it was lost at.
"""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.models import Registration, Run
from activities.registration import hand_in, hand_in_at_once
from activities.registration_forms import (
    CheckForm,
    WhoForm,
    asked_of,
    named,
    places_for,
)
from activities.rules import (
    age_on_first_day,
    learner_blockers,
    needs_consent,
    run_blockers,
)
from activities.run_summary import summarise
from activities.standing import standings
from activities.states import ACTIVE, Channel
from home.public_pages import PLACES_SECONDS, public_page
from learners.household_forms import PersonForm
from learners.private_pages import form_page, learner_or_404, private

UNPROCESSABLE = 422


def steps() -> list[str]:
    return [_("为谁报名"), _("核对"), _("结果")]


def _sent(request):
    """What was sent, an empty form too; None where none was."""
    return request.POST if request.method == "POST" else None


def _run(run_id: int) -> Run:
    """The run of a published activity. Raises Http404."""
    runs = Run.objects.select_related("activity__locale", "residence")
    return get_object_or_404(runs, pk=run_id, activity__live=True)


def _step(request, template: str, run: Run, form=None, **context):
    summary = summarise(run, at=timezone.now())
    context |= {
        "summary": summary,
        "form": form,
        "steps": steps(),
        "crumbs": [
            {"title": summary.title, "url": summary.url},
            {"title": _("报名"), "url": ""},
        ],
    }
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, f"activities/{template}", context, status=status)


@public_page(PLACES_SECONDS)
@require_safe
def begin(request, run_id: int):
    """What one would register for, whether it can be done now, and why not."""
    run = _run(run_id)
    blockers = run_blockers(run, at=timezone.now())
    return _step(request, "register.html", run, blockers=blockers)


@private
@login_required
@form_page
def who(request, run_id: int):
    run, at = _run(run_id), timezone.now()
    blockers = run_blockers(run, at=at)
    form = WhoForm(
        _sent(request),
        run=run,
        user=request.user,
        at=at,
        initial={"who": request.GET.get("who")},
    )
    if not form.people and not blockers:
        return redirect("register_add_person", run_id)
    if form.is_valid():
        step = "register_details" if form.lacks(form.learner) else "register_check"
        return redirect(step, run_id, form.learner.pk)
    return _step(request, "register_who.html", run, form, blockers=blockers)


@private
@login_required
@form_page
def add_person(request, run_id: int):
    """Somebody of the family, or oneself for the first time, on the spot."""
    return _person(request, _run(run_id), learner=None)


@private
@login_required
@form_page
def details(request, run_id: int, learner_id: int):
    """What the rules of this run look at and nobody asked before."""
    return _person(request, _run(run_id), learner=learner_or_404(request, learner_id))


def _person(request, run: Run, learner):
    form = PersonForm(
        _sent(request),
        user=request.user,
        learner=learner,
        ask=asked_of(run),
        places=places_for(run),
    )
    if form.is_valid() and (saved := form.save()):
        return redirect(_after_person(request, run, saved))
    return _step(request, "register_person.html", run, form, learner=learner)


def _after_person(request, run: Run, learner) -> str:
    """On to the last step, or back to see why it cannot be."""
    if _blockers(run, learner, timezone.now()):
        return reverse("register_who", args=[run.pk])
    return reverse("register_check", args=[run.pk, learner.pk])


@private
@login_required
@form_page
def check(request, run_id: int, learner_id: int):
    """The last look. Registering redirects, so that reloading does nothing."""
    if request.method == "POST":
        return _hand_in(request, run_id, learner_id)
    run, learner, at = _run(run_id), learner_or_404(request, learner_id), timezone.now()
    # back from the result: nothing to register for, and no reason to refuse
    active = Registration.objects.filter(run=run, status__in=ACTIVE)
    if held := active.filter(learner=learner).first():
        return redirect("my_registration", held.pk)
    form = CheckForm(asks_consent=needs_consent(run, learner, at=at))
    return _last_look(request, run, learner, form)


def _hand_in(request, run_id: int, learner_id: int):
    """What thousands send in one minute: the long way only where the short one ends."""
    sent = {
        "run_id": run_id,
        "learner_id": learner_id,
        "acted_by": request.user,
    }
    key = request.POST.get("key", "").strip()
    pk = hand_in_at_once(idempotency_key=key, **sent) if key else None
    if pk is not None:
        return redirect("my_registration", pk)
    run, learner = _run(run_id), learner_or_404(request, learner_id)
    asks_consent = needs_consent(run, learner, at=timezone.now())
    form = CheckForm(request.POST, asks_consent=asks_consent)
    if not form.is_valid():
        return _last_look(request, run, learner, form)
    pk = hand_in(
        channel=Channel.ONLINE,
        idempotency_key=form.cleaned_data["key"],
        consented_by=form.cleaned_data.get("consented_by", ""),
        **sent,
    )
    return redirect("my_registration", pk)


def _last_look(request, run: Run, learner, form):
    at = timezone.now()
    return _step(
        request,
        "register_check.html",
        run,
        form,
        learner=learner,
        named=named(learner),
        age=age_on_first_day(run, learner, at=at),
        blockers=run_blockers(run, at=at) + _blockers(run, learner, at),
    )


def _blockers(run: Run, learner, at) -> list:
    standing = standings(run, [learner], at=at)[learner.pk]
    return learner_blockers(
        run, learner, at=at, channel=Channel.ONLINE, standing=standing
    )
