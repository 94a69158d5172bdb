"""我来当老师: what it means, where one belongs, the form, and what became of it.

The first step is public and the same for everybody; the next ones ask to sign in and
come back to where they were.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses_catalog.models import Nomination, Proof
from courses_catalog.nominations import nomination as nominations
from courses_catalog.nominations import rules
from courses_catalog.nominations.erasing import kept_for
from courses_catalog.nominations.forms import NominationForm
from courses_catalog.nominations.progress import progress
from courses_catalog.nominations.proof_file import proof_file
from courses_catalog.nominations.states import NominationStatus
from courses_catalog.nominations.steps import LEVELS, places
from courses_catalog.objections import Refused
from home.network import full_name
from home.place_forms import PlaceSearchForm
from home.public_pages import CALM_SECONDS, public_page
from learners.private_pages import form_page, private

UNPROCESSABLE = 422


def steps() -> list[str]:
    return [_("选网点"), _("填写"), _("审核")]


@public_page(CALM_SECONDS)
@require_safe
def begin(request):
    """What happens to whom nominates herself, before she signs in."""
    context = {"days": kept_for().days}
    return render(request, "courses_catalog/nominations/begin.html", context)


@private
@login_required
@require_safe
def where(request):
    """The place she belongs to: the review begins there."""
    nomination = _latest(request.user)
    corrects = nomination is not None and not rules.against_correcting(nomination)
    if not corrects and (way := _open_or_listed(request.user)):
        return way
    form = PlaceSearchForm(request.GET)
    context = {
        "form": form,
        "places": form.places(),
        "levels": LEVELS,
        "corrects": corrects,
        "steps": steps(),
    }
    return render(request, "courses_catalog/nominations/where.html", context)


@private
@login_required
@form_page
def fill_in(request, node_id: int):
    node = get_object_or_404(places(), pk=node_id)
    if way := _open_or_listed(request.user):
        return way
    form = _form(request)
    if form.is_valid():
        try:
            nominations.submit(request.user, node, **form.words)
        except Refused as refusal:
            _say(request, refusal)
        return redirect("my_nomination")
    return _form_page(request, form, node)


@private
@login_required
@form_page
def correct(request):
    """What came back, to be put right and handed in again."""
    nomination = _latest(request.user)
    if nomination is None or rules.against_correcting(nomination):
        return redirect("my_nomination")
    node = _chosen_node(request) or nomination.node
    form = _form(request, nomination)
    if form.is_valid():
        try:
            nominations.resubmit(nomination, node=node, **form.words)
        except Refused as refusal:
            _say(request, refusal)
        return redirect("my_nomination")
    event = nomination.events.latest("pk")
    return _form_page(request, form, node, nomination=nomination, event=event)


@private
@login_required
@require_safe
def mine(request):
    """The newest nomination of the account, step by step."""
    nomination = _latest(request.user)
    context = {"nomination": nomination}
    if nomination is not None:
        context |= {
            "progress": progress(nomination),
            "place": full_name(nomination.node),
            "proofs": nomination.proofs.order_by("pk"),
            "days": kept_for().days,
            "can_correct": not rules.against_correcting(nomination),
            "can_withdraw": not rules.against_withdrawing(nomination),
            "can_begin": not rules.against_nominating(request.user),
            "is_listed": nomination.status == NominationStatus.LISTED,
        }
    return render(request, "courses_catalog/nominations/mine.html", context)


@private
@login_required
@form_page
def withdraw(request):
    """Says what it means; withdraws when the button is pressed."""
    nomination = _latest(request.user)
    if nomination is None or rules.against_withdrawing(nomination):
        return redirect("my_nomination")
    if request.method == "POST":
        try:
            nominations.withdraw(nomination)
        except Refused as refusal:
            _say(request, refusal)
        else:
            messages.success(request, _("申请撤回了。"))
        return redirect("my_nomination")
    is_listed = nomination.status == NominationStatus.LISTED
    context = {"nomination": nomination, "is_listed": is_listed}
    return render(request, "courses_catalog/nominations/withdraw.html", context)


@private
@login_required
@require_safe
def own_proof(request, pk: int):
    """Her own file; anybody else's is not there."""
    return proof_file(get_object_or_404(Proof, pk=pk, user=request.user))


def _latest(user) -> Nomination | None:
    found = Nomination.objects.with_places().select_related("teacher__locale")
    return found.filter(user=user).order_by("-pk").first()


def _open_or_listed(user):
    """The way to the nomination that stands against another one; None without any."""
    return redirect("my_nomination") if rules.against_nominating(user) else None


def _form(request, nomination: Nomination | None = None) -> NominationForm:
    """Files that were sent are kept at once, so that they are chosen only once."""
    more = {"user": request.user, "nomination": nomination}
    if request.method != "POST":
        return NominationForm(**more)
    form = NominationForm(request.POST, request.FILES, **more)
    form.is_valid()
    form.keep_files()
    return form


def _form_page(request, form, node, **context):
    context |= {
        "form": form,
        "node": node,
        "place": full_name(node),
        "steps": steps(),
    }
    status = UNPROCESSABLE if form.errors else 200
    template = "courses_catalog/nominations/form.html"
    return render(request, template, context, status=status)


def _chosen_node(request):
    """Another place than before, chosen on the way: ?at=…"""
    wanted = request.GET.get("at", "")
    if not wanted:
        return None
    if not wanted.isdecimal() or len(wanted) > 18:
        raise Http404
    return get_object_or_404(places(), pk=wanted)


def _say(request, refusal: Refused) -> None:
    for objection in refusal.objections:
        messages.error(request, objection.sentence)
