"""What the desk does for people on its roster: register, correct, withdraw, tell."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from activities.by_hand import told
from activities.delivery import ways_to
from activities.models import Registration
from activities.registration import withdraw as give_up
from activities.roster_access import (
    chosen_run,
    of_subtree,
    page,
    registration_of,
    roster_url,
    runs_of,
)
from activities.roster_corrections import CorrectForm, contradictions
from activities.roster_forms import DeskForm, DeskWithdrawForm
from activities.rules import has_free_place
from activities.states import ACTIVE, RegistrationStatus
from learners import access_log
from learners.models import AccessAct
from learners.private_pages import form_page


def _sent(request):
    return request.POST if request.method == "POST" else None


@of_subtree
@form_page
def register_by_hand(request, activity):
    run = chosen_run(request, runs_of(activity))
    form = DeskForm(_sent(request), run=run, staff=request.user, at=timezone.now())
    is_valid = form.is_valid()
    if form.found:
        # that somebody is known, perhaps from elsewhere, is read from the answer
        access_log.record(request.user, AccessAct.READ, f"desk:run:{run.pk}", 1)
    if is_valid:
        registration = form.save()
        _say_result(request, registration, is_new=form.is_new)
        return redirect(roster_url(run))
    is_full = not has_free_place(run)
    return page(
        request, "roster_register.html", activity, run=run, form=form, is_full=is_full
    )


def _say_result(request, registration: Registration, *, is_new: bool) -> None:
    """What the clerk says to the person who stands before her."""
    name = {"name": registration.learner.name}
    if not is_new:
        messages.warning(request, _("%(name)s早就在名单上了，没有再报一次。") % name)
        return
    words = {
        RegistrationStatus.PLACED: _("%(name)s报上了。"),
        RegistrationStatus.WAITING: _("名额满了，%(name)s排进了候补。"),
        RegistrationStatus.REFUSED: _("%(name)s这次没有报上，请再看一看名额。"),
    }
    text = words.get(registration.status, _("%(name)s的报名收到了，正在处理。")) % name
    if registration.status == RegistrationStatus.REFUSED:
        messages.error(request, text)
        return
    if not ways_to(registration):
        text += _("没有手机号，收不到短信：有变动要您打电话或者上门告诉本人。")
    messages.success(request, text)


@of_subtree
@form_page
def withdraw_by_hand(request, activity, registration_id: int):
    registration = registration_of(activity, registration_id)
    form = DeskWithdrawForm(_sent(request))
    if form.is_valid():
        give_up(registration, acted_by=request.user, **form.cleaned_data)
        name = {"name": registration.learner.name}
        messages.success(request, _("%(name)s退出了，名额让给下一位。") % name)
        return redirect(roster_url(registration.run))
    return page(
        request,
        "roster_withdraw.html",
        activity,
        run=registration.run,
        form=form,
        registration=registration,
        is_active=registration.status in ACTIVE,
        is_reached=bool(ways_to(registration)),
    )


@of_subtree
@form_page
def correct_by_hand(request, activity, registration_id: int):
    """Shows what is stored of somebody on the list, so looking is written down too."""
    registration = registration_of(activity, registration_id)
    is_active = registration.status in ACTIVE
    form = CorrectForm(_sent(request), registration=registration) if is_active else None
    subject = f"registration:{registration.pk}"
    if form and form.is_valid():
        labels = form.save(acted_by=request.user)
        if labels:
            access_log.record(request.user, AccessAct.CHANGE, subject, 1)
        _say_corrected(request, registration, labels)
        return redirect(roster_url(registration.run))
    if form:
        access_log.record(request.user, AccessAct.READ, subject, 1)
    return page(
        request,
        "roster_correct.html",
        activity,
        run=registration.run,
        form=form,
        registration=registration,
        events=registration.events.select_related("acted_by") if form else [],
    )


def _say_corrected(request, registration: Registration, labels: list[str]) -> None:
    if not labels:
        messages.success(request, _("没有改动。"))
        return
    name = {"name": registration.learner.name}
    messages.success(request, _("%(name)s的信息改好了。") % name)
    for sentence in contradictions(registration):
        text = _("%(name)s现在不合这条规定：%(rule)s留不留由您决定。")
        messages.warning(request, text % (name | {"rule": sentence}))


@of_subtree
@require_POST
def told_by_hand(request, activity, registration_id: int):
    """The clerk has told somebody whom no message reaches."""
    registration = registration_of(activity, registration_id)
    sent = [int(pk) for pk in request.POST.getlist("notice") if pk.isdecimal()]
    if told(registration, sent, acted_by=request.user):
        name = {"name": registration.learner.name}
        messages.success(request, _("记下了：您已经告诉%(name)s。") % name)
    return redirect(roster_url(registration.run))
