"""借用教师 in the admin: what was asked of us, what we asked for, and the answers."""

from functools import wraps

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from wagtail.admin import messages
from wagtail.models import Locale

from courses_catalog.loans import lending, rules
from courses_catalog.loans.forms import AnswerForm, AskForm, FindForm, borrowers_of
from courses_catalog.loans.states import LoanAct, LoanStatus
from courses_catalog.models import Teacher, TeacherLoan
from courses_catalog.nominations.review import reviewers_only
from courses_catalog.objections import Refused
from home.errors import permission_denied
from home.network import full_name, with_places

PER_PAGE = 50
MOST_SHOWN = 100


def of_either_side(view):
    """Gives the view the loan; 403 to who edits for neither of the two nodes."""

    @reviewers_only
    @wraps(view)
    def guarded(request, pk: int):
        loan = get_object_or_404(TeacherLoan.objects.with_places(), pk=pk)
        if not rules.can_see(loan, request.user):
            return permission_denied(request)
        return view(request, loan)

    return guarded


def received_by(user):
    """What was asked of the nodes `user` edits for."""
    loans = TeacherLoan.objects.with_places()
    return loans if user.is_superuser else loans.asked_of(borrowers_of(user))


@reviewers_only
@require_safe
def overview(request):
    """Who waits for an answer comes first."""
    user, today = request.user, timezone.localdate()
    received = received_by(user).order_by("-pk")
    asked = TeacherLoan.objects.with_places().asked_by(borrowers_of(user))
    piles = [
        (_("等您答复的"), received.waiting()),
        (_("您的网点申请的"), asked.order_by("-pk")),
        (_("您的网点借出的"), received.exclude(status=LoanStatus.ASKED)),
    ]
    context = {
        "piles": [(label, _rows(loans, today)) for label, loans in piles],
        "page_title": _("借用教师"),
        "header_icon": "user",
    }
    return render(request, "courses_catalog/loans/overview.html", context)


def _rows(loans, today) -> list[TeacherLoan]:
    rows = list(loans[:MOST_SHOWN])
    with_places([row.borrower for row in rows])
    with_places([row.teacher.owner_node for row in rows])
    for row in rows:
        is_past = row.status == LoanStatus.ACCEPTED and row.is_over(today)
        row.words = _("到期了") if is_past else row.get_status_display()
    return rows


@reviewers_only
@require_safe
def find(request):
    """Teachers of other nodes that can be asked for."""
    form = FindForm(request.GET)
    form.is_valid()
    word = form.cleaned_data.get("q", "")
    own = Q(pk__in=[])
    for node in borrowers_of(request.user) if not request.user.is_superuser else []:
        own |= Q(owner_node__path__startswith=node.path)
    teachers = Teacher.objects.public().filter(
        can_be_borrowed=True, locale=Locale.get_default()
    )
    if word:
        teachers = teachers.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(tagged_items__tag__name__icontains=word)
        ).distinct()
    teachers = teachers.exclude(own).with_parts().order_by("title", "pk")
    page = Paginator(teachers, PER_PAGE).get_page(request.GET.get("p"))
    page.object_list = list(page.object_list)
    with_places([teacher.owner_node for teacher in page.object_list])
    context = {
        "form": form,
        "page": page,
        "word": word,
        "page_title": _("找教师"),
        "header_icon": "search",
    }
    return render(request, "courses_catalog/loans/find.html", context)


@reviewers_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, teacher_id: int):
    public = Teacher.objects.public().select_related("owner_node", "locale")
    teacher = get_object_or_404(public, pk=teacher_id).original
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, user=request.user)
    if form.is_valid():
        try:
            loan = lending.ask(teacher, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            _add_errors(form, refusal)
        else:
            messages.success(request, _("申请发给对方网点了，答复会写在这里。"))
            return redirect("teacher_loan", loan.pk)
    context = {
        "form": form,
        "teacher": teacher,
        "owner": full_name(teacher.owner_node),
        "page_title": _("申请借用"),
        "page_subtitle": teacher.title,
        "header_icon": "user",
    }
    return _page(request, "ask.html", form, context)


@of_either_side
@require_safe
def show(request, loan):
    return _loan_page(request, loan, AnswerForm())


@of_either_side
@require_POST
def answer(request, loan):
    form, act = AnswerForm(request.POST), request.POST.get("act", "")
    if act not in DONE:
        form.add_error(None, _("请按一个按钮。"))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            lending.act_on(loan, LoanAct(act), by=request.user, reason=reason)
        except Refused as refusal:
            _add_errors(form, refusal)
        else:
            messages.success(request, DONE[act]())
            return redirect("teacher_loan", loan.pk)
    return _loan_page(request, loan, form)


DONE = {
    LoanAct.ACCEPTED: lambda: _("同意了。对方现在可以在活动和课程里选这位老师。"),
    LoanAct.DECLINED: lambda: _("没有同意，对方会看到原因。"),
    LoanAct.CANCELLED: lambda: _("申请收回了。"),
    LoanAct.ENDED: lambda: _("借用结束了。已经发布的活动不变。"),
}
BUTTONS = {
    LoanAct.ACCEPTED: "button",
    LoanAct.DECLINED: "button no",
    LoanAct.CANCELLED: "button button-secondary",
    LoanAct.ENDED: "button button-secondary",
}


def _loan_page(request, loan, form):
    acts = rules.possible_acts(loan, request.user)
    context = {
        "loan": loan,
        "form": form,
        "borrower": full_name(loan.borrower),
        "owner": full_name(loan.teacher.owner_node),
        "events": loan.events.select_related("actor"),
        "acts": [(act.value, act.label, BUTTONS[act]) for act in acts],
        "page_title": _("借用教师"),
        "page_subtitle": loan.teacher.title,
        "header_icon": "user",
    }
    return _page(request, "loan.html", form, context)


def _page(request, template: str, form, context: dict):
    """422 where the form has errors; what was typed stays in it."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"courses_catalog/loans/{template}", context, status=status)


def _add_errors(form, refusal: Refused) -> None:
    for objection in refusal.objections:
        field = "reason" if objection.code == "no_reason" else None
        form.add_error(field, objection.sentence)
