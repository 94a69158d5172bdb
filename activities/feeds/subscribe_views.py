"""The page to subscribe from, and the page of one's own private addresses."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities.feeds import tokens
from activities.feeds.feeds import address_of
from activities.feeds.phones import GUIDES
from activities.feeds.subscription import wanted
from activities.models import FeedToken
from home.public_pages import CALM_SECONDS, public_page
from home.qr import qr_drawing
from home.vocabulary import Theme
from learners import households
from learners.models import Learner
from learners.private_pages import learner_or_404, private


@require_safe
@public_page(CALM_SECONDS)
def subscribe(request):
    """Copy, scan, tap or download the address of a public calendar."""
    subscription = wanted(request.GET)
    context = {
        "subscription": subscription,
        "selects": subscription.place.selects(),
        "themes": Theme.choices,
        "webcal": webcal(subscription.feed),
        "qr": qr_drawing(subscription.page, omitsize=True),
        "guides": GUIDES,
        "breadcrumb": [_crumb(_("日历"), "calendar"), {"title": _("订阅")}],
    }
    return render(request, "activities/subscribe.html", context)


@private
@login_required
@require_safe
def my_feed(request):
    """The private addresses of everybody this account acts for."""
    learners = list(households.learners_of(request.user))
    keys = FeedToken.objects.filter(learner__in=learners, revoked_at=None)
    addresses = {key.learner_id: _address(tokens.shown(key)) for key in keys}
    people = [
        {
            "learner": learner,
            "has_key": learner.pk in addresses,
            "feed": addresses.get(learner.pk, ""),
            "webcal": webcal(addresses.get(learner.pk, "")),
        }
        for learner in learners
    ]
    context = {
        "people": people,
        "breadcrumb": [
            _crumb(_("我的报名"), "my_registrations"),
            {"title": _("我的日历地址")},
        ],
    }
    return render(request, "activities/subscribe_mine.html", context)


@private
@login_required
@require_POST
def make_my_feed(request, pk: int):
    """A first address, or a new one that ends the old."""
    learner = learner_or_404(request, pk)
    had_one = learner.feed_tokens.filter(revoked_at=None).exists()
    tokens.make(learner)
    if had_one:
        sentence = _("%(name)s有了新地址，旧的已经作废。请用新地址再订阅一次。")
    else:
        sentence = _("%(name)s的地址好了，在下面。")
    messages.success(request, sentence % {"name": learner.name})
    return _to(learner)


@private
@login_required
@require_POST
def revoke_my_feed(request, pk: int):
    """Ends the address; whoever has it sees nothing new."""
    learner = learner_or_404(request, pk)
    tokens.revoke(learner)
    messages.success(
        request, _("%(name)s的地址已经作废，谁都不能再用它。") % {"name": learner.name}
    )
    return _to(learner)


def webcal(address: str) -> str:
    """The address under the scheme that opens a phone's calendar."""
    return f"webcal://{address.split('://', 1)[1]}" if address else ""


def _crumb(title: str, name: str) -> dict:
    return {"title": title, "url": reverse(name)}


def _address(token: str) -> str:
    return address_of("feed_mine", token) if token else ""


def _to(learner: Learner):
    return redirect(f"{reverse('my_feed')}#learner-{learner.pk}")
