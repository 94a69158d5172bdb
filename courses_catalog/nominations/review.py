"""能者为师审核 in the admin: what waits, one nomination, and the decision about it.

Every look at somebody's data is written into the access log.
"""

from functools import wraps

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from courses_catalog.models import Nomination, Proof
from courses_catalog.nominations import queue, rules
from courses_catalog.nominations.forms import DecisionForm
from courses_catalog.nominations.nomination import decide
from courses_catalog.nominations.proof_file import proof_file
from courses_catalog.nominations.states import DECISIONS, NominationAct
from courses_catalog.objections import Refused
from courses_catalog.permissions import ROLES
from home.errors import permission_denied
from home.network import full_name, with_places
from home.permissions import can_act_under
from learners import access_log
from learners.models import AccessAct
from learners.phones import masked, spaced
from learners.private_pages import private

PER_PAGE = 50


def reviewers_only(view):
    @private
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not queue.may_review(request.user):
            return permission_denied(request)
        return view(request, *args, **kwargs)

    return guarded


def of_subtree(view):
    """Gives the view the nomination; 403 to editors of other places."""

    @reviewers_only
    @wraps(view)
    def guarded(request, pk: int, *args, **kwargs):
        found = Nomination.objects.with_places().select_related("teacher__locale")
        nomination = get_object_or_404(found, pk=pk)
        if not can_act_under(request.user, nomination.node.path, ROLES):
            return permission_denied(request)
        return view(request, nomination, *args, **kwargs)

    return guarded


@reviewers_only
@require_safe
def waiting(request):
    """Nobody's name or telephone: what is taught, where, and whose turn it is."""
    piles = queue.piles(request.user)
    pile = queue.chosen(piles, request.GET.get("pile", ""))
    page = Paginator(pile.nominations, PER_PAGE).get_page(request.GET.get("p"))
    rows = list(page.object_list)
    with_places([one.node for one in rows] + [one.turn for one in rows if one.turn])
    context = {
        "piles": piles,
        "pile": pile,
        "rows": rows,
        "page": page,
        "page_title": _("能者为师审核"),
        "header_icon": "user",
    }
    return render(request, "courses_catalog/nominations/queue.html", context)


@of_subtree
@require_safe
def review(request, nomination):
    last = nomination.events.latest("pk")
    form = DecisionForm(initial={"seen": last.pk})
    return _page(request, nomination, form)


@of_subtree
@require_POST
def decide_on(request, nomination):
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, nomination, form)
    act = request.POST.get("act", "")
    try:
        decided = decide(nomination, act=act, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        for objection in refusal.objections:
            field = "reason" if objection.code == "no_reason" else None
            form.add_error(field, objection.sentence)
        form.data = form.data.copy()
        form.data["seen"] = nomination.events.latest("pk").pk
        return _page(request, nomination, form)
    messages.success(request, _said(decided))
    return redirect("nominations")


@of_subtree
@require_safe
def show_proof(request, nomination, proof_id: int):
    proof = get_object_or_404(Proof, pk=proof_id, nomination=nomination)
    _write_down(request, f"proof:nomination:{nomination.pk}")
    return proof_file(proof)


def _page(request, nomination, form):
    """422 where the form has errors; what was typed stays in it."""
    with_phone = "phone" in request.GET
    kind = "phones:nomination" if with_phone else "nomination"
    _write_down(request, f"{kind}:{nomination.pk}")
    phone = nomination.phone
    context = {
        "nomination": nomination,
        "form": form,
        "place": full_name(nomination.node),
        "turn": full_name(nomination.turn) if nomination.turn else "",
        "phone": spaced(phone) if with_phone else masked(phone),
        "has_phone": with_phone,
        "proofs": nomination.proofs.order_by("pk"),
        "events": nomination.events.select_related("node", "actor"),
        "objections": rules.against_deciding(nomination, request.user),
        "acts": [(act.value, BUTTONS[act]) for act in DECISIONS],
        "page_title": _("能者为师审核"),
        "page_subtitle": nomination.shown_name,
        "header_icon": "user",
    }
    status = 422 if form.is_bound and form.errors else 200
    template = "courses_catalog/nominations/review.html"
    return render(request, template, context, status=status)


BUTTONS = {
    NominationAct.AGREED: "button",
    NominationAct.RETURNED: "button button-secondary",
    NominationAct.REFUSED: "button no",
}


def _write_down(request, subject: str) -> None:
    access_log.record(request.user, AccessAct.READ, subject, 1)


def _said(nomination: Nomination) -> str:
    """What became of it, for the reviewer who decided."""
    name = {"name": nomination.shown_name}
    if nomination.turn and nomination.is_open:
        if not rules.against_correcting(nomination):
            return _("退给%(name)s修改了，已经通知本人。") % name
        where = name | {"place": nomination.turn.title}
        return _("%(name)s的申请交给了%(place)s审核。") % where
    if nomination.teacher_id:
        return _("%(name)s列入了教师名单，已经通知本人。") % name
    return _("%(name)s的申请没有通过，已经通知本人。") % name
