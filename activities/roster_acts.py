"""What the desk does for people on its roster: register, correct, withdraw, tell."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from activities.by_hand import told
from activities.delivery import ways_to
from activities.models import Registration, Run
from activities.registration import withdraw as give_up
from activities.roster import history
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
from activities.rules import has_free_place, promotes
from activities.states import ACTIVE, RegistrationStatus
from learners import access_log
from learners.models import AccessAct
from learners.private_pages import form_page

PERHAPS_TWICE = gettext_lazy(
    "名单上另有一条%(name)s，电话也一样，可能是网上报的。请和本人核对："
    "是同一个人，请退出一条，免得占两个名额。"
)


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
        if form.is_new and form.is_perhaps_twice(registration):
            messages.warning(
                request, PERHAPS_TWICE % {"name": registration.learner.name}
            )
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
    is_awaited = _is_awaited(registration)
    if form.is_valid():
        is_done = give_up(registration, acted_by=request.user, **form.cleaned_data)
        is_given = is_done and is_awaited and _is_line_shorter(registration.run)
        _say_withdrawn(request, registration, is_done=is_done, is_given=is_given)
        return redirect(roster_url(registration.run))
    is_active = registration.status in ACTIVE
    if is_active:
        _write_down(request, AccessAct.READ, registration)
    return page(
        request,
        "roster_withdraw.html",
        activity,
        run=registration.run,
        form=form,
        registration=registration,
        is_active=is_active,
        is_awaited=is_awaited,
        is_reached=bool(ways_to(registration)),
    )


def _is_awaited(registration: Registration) -> bool:
    """Somebody on the waiting list is called, once the place is given back."""
    run = registration.run
    is_placed = registration.status == RegistrationStatus.PLACED
    return is_placed and run.waiting > 0 and promotes(run, at=timezone.now())


def _is_line_shorter(run: Run) -> bool:
    """Since `run` was read: who holds as many places as allowed is passed over."""
    return Run.objects.filter(pk=run.pk, waiting__lt=run.waiting).exists()


def _say_withdrawn(request, registration: Registration, *, is_done, is_given) -> None:
    if not is_done:
        messages.warning(request, _("这个人已经不在名单上了。"))
        return
    text = _("%(name)s退出了。") % {"name": registration.learner.name}
    if is_given:
        text += _("名额让给候补的下一位。")
    messages.success(request, text)


def _write_down(request, act: AccessAct, registration: Registration) -> None:
    access_log.record(request.user, act, f"registration:{registration.pk}", 1)


@of_subtree
@form_page
def correct_by_hand(request, activity, registration_id: int):
    """Shows what is stored of somebody on the list, so looking is written down too."""
    registration = registration_of(activity, registration_id)
    is_active = registration.status in ACTIVE
    form = CorrectForm(_sent(request), registration=registration) if is_active else None
    if form and form.is_valid():
        labels = form.save(acted_by=request.user)
        if labels:
            _write_down(request, AccessAct.CHANGE, registration)
        _say_corrected(request, registration, labels)
        return redirect(roster_url(registration.run))
    if form:
        _write_down(request, AccessAct.READ, registration)
    return page(
        request,
        "roster_correct.html",
        activity,
        run=registration.run,
        form=form,
        registration=registration,
        events=history(registration) if form else [],
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
