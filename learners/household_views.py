"""我的家人: whom the account registers, on pages of that account only."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learners import households
from learners.household_forms import PersonForm
from learners.models import Learner, Relation
from learners.private_pages import learner_or_404, private

OPTIONAL = ("born_on", "residence")


def _row(learner: Learner) -> dict:
    return {
        "learner": learner,
        "relation": Relation(learner.relation).label,
        "residence": learner.residence,
    }


@private
@login_required
def family(request):
    people = [_row(one) for one in households.learners_of(request.user)]
    return render(
        request,
        "learners/family.html",
        {"people": people, "is_full": len(people) >= households.MOST_PEOPLE},
    )


@private
@login_required
def add(request):
    form = PersonForm(
        request.POST or None, user=request.user, ask=(), optional=OPTIONAL
    )
    if form.is_valid() and (learner := form.save()):
        messages.success(request, _("记下了：%(name)s。") % {"name": learner.name})
        return redirect("my_family")
    return render(request, "learners/person_form.html", {"form": form})


@private
@login_required
def edit(request, pk: int):
    learner = learner_or_404(request, pk)
    form = PersonForm(
        request.POST or None,
        user=request.user,
        learner=learner,
        ask=(),
        optional=OPTIONAL,
    )
    if form.is_valid():
        form.save()
        messages.success(request, _("改好了。"))
        return redirect("my_family")
    context = {"form": form, "learner": learner, "row": _row(learner)}
    return render(request, "learners/person_form.html", context)


@private
@login_required
@require_POST
def remove(request, pk: int):
    learner = learner_or_404(request, pk)
    try:
        households.remove(request.user, learner)
    except households.Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("edit_family_member", pk=pk)
    messages.success(request, _("移除了：%(name)s。") % {"name": learner.name})
    return redirect("my_family")
