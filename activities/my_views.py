"""我的报名: what the account's people have, what became of it, and the way out."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.models import Registration
from activities.my_list import Card, cards, my_list, with_position
from activities.registration import withdraw as give_up
from activities.registration_forms import named
from activities.registration_views import steps
from activities.rush import wait_for
from activities.states import Channel, RegistrationStatus
from learners.households import learners_of
from learners.models import Relation
from learners.private_pages import form_page, private

NEWLY = dt.timedelta(minutes=30)


@private
@login_required
@require_safe
def my_registrations(request):
    """Of everybody the account acts for, or of one: `?who=<primary key>`."""
    people = list(learners_of(request.user))
    chosen = [one for one in people if str(one.pk) == request.GET.get("who")]
    shown = my_list([one.pk for one in chosen or people], at=timezone.now())
    context = {
        "list": shown,
        "chips": _chips(people, chosen),
        "several": len(people) > 1 or not all(map(_is_oneself, people)),
        "crumbs": [{"title": _("我的报名"), "url": ""}],
    }
    return render(request, "activities/my_registrations.html", context)


def _is_oneself(person) -> bool:
    return person.relation == Relation.SELF


def _chips(people, chosen) -> list[dict]:
    """Nothing to choose where there is one person."""
    if len(people) < 2:
        return []
    everybody = {"label": _("全家"), "url": "?", "current": not chosen}
    return [everybody] + [
        {"label": named(one), "url": f"?who={one.pk}", "current": one in chosen}
        for one in people
    ]


def _card(request, pk: int) -> Card:
    """Of a person of this account. Raises Http404 for everybody else's."""
    mine = Registration.objects.filter(pk=pk, learner__access__user=request.user)
    found = cards(with_position(mine), at=timezone.now())
    if not found:
        raise Http404
    return found[0]


@private
@login_required
@require_safe
def registration(request, pk: int):
    """What became of one registration, and what comes next."""
    card = _card(request, pk)
    if card.registration.status == RegistrationStatus.PENDING:
        wait_for(pk)
        card = _card(request, pk)
    context = {
        "card": card,
        "summary": card.summary,
        "crumbs": _crumbs(card),
        "is_new": _is_new(card),
        "steps": steps(),
    }
    return render(request, "activities/my_registration.html", context)


def _is_new(card: Card) -> bool:
    """Registered just now: the page then speaks of the next step."""
    return timezone.now() - card.registration.created_at < NEWLY


def _crumbs(card: Card) -> list[dict]:
    return [
        {"title": _("我的报名"), "url": reverse("my_registrations")},
        {"title": card.summary.title, "url": ""},
    ]


def _left(card: Card) -> str:
    """What is said afterwards; `card` was read before the place was given up."""
    words = {"title": card.summary.title}
    is_placed = card.registration.status == RegistrationStatus.PLACED
    if is_placed and card.registration.run.waiting:
        return _("已经退出：%(title)s。名额让给候补的下一位。") % words
    return _("已经退出：%(title)s。") % words


@private
@login_required
@form_page
def withdraw(request, pk: int):
    """Asks first; the place goes to the next in line and does not come back."""
    card = _card(request, pk)
    if request.method == "POST" and card.can_withdraw:
        said = _left(card)
        give_up(card.registration, acted_by=request.user, channel=Channel.ONLINE)
        messages.success(
            request,
            said,
        )
        return redirect("my_registrations")
    context = {"card": card, "summary": card.summary, "crumbs": _crumbs(card)}
    return render(request, "activities/my_withdraw.html", context)
