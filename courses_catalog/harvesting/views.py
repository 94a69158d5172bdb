"""联盟采集 in the admin, for whoever picks from a member of the alliance."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from courses_catalog.guarded import only_for
from courses_catalog.harvesting import curating
from courses_catalog.harvesting.forms import AcceptForm, QueueForm, TurnDownForm
from courses_catalog.harvesting.preview import changes, previewed
from courses_catalog.harvesting.running import begin
from courses_catalog.models import AllianceMember, HarvestedRecord

PER_PAGE = 50
SHOWN_RUNS = 10
FOLDER = "courses_catalog/harvesting"


def members_of(user):
    """Those that are harvested, whether they are active or rest."""
    members = AllianceMember.objects.exclude(harvest_url="")
    return curating.members_of(user, members)


def is_allowed(user) -> bool:
    if not user.is_active or user.is_anonymous:
        return False
    return user.is_superuser or members_of(user).exists()


for_curators = only_for(is_allowed)


def _records_of(user):
    records = HarvestedRecord.objects.filter(member__in=members_of(user))
    return records.select_related("member__harvest_node", "decided_by")


def _record_or_404(request, pk: int) -> HarvestedRecord:
    return get_object_or_404(_records_of(request.user), pk=pk)


@for_curators
@require_safe
def queue(request):
    members = members_of(request.user)
    form = QueueForm(request.GET, members=members)
    page = Paginator(form.found(), PER_PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    can_pick = form.cleaned_data.get("state") in ("", "waiting")
    context = {
        "form": form,
        "page": page,
        "rows": [previewed(each) for each in page],
        "members": members,
        "query": query.urlencode(),
        "can_pick": can_pick,
        "states": not can_pick,
    }
    return render(request, f"{FOLDER}/queue.html", context)


@for_curators
@require_safe
def show_record(request, pk: int):
    harvested = _record_or_404(request, pk)
    record = harvested.record
    context = {
        "row": previewed(harvested),
        "harvested": harvested,
        "record": record,
        # None where it is not the curator's to edit
        "edit_url": record and AdminURLFinder(request.user).get_edit_url(record),
        "changes": changes(harvested) if harvested.is_changed else [],
        "can_decide": curating.can_decide(request.user, record),
    }
    return render(request, f"{FOLDER}/record.html", context)


@for_curators
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request):
    """What was ticked, whose it becomes, and then it is ours."""
    records = _ticked(request)
    form = AcceptForm(request.POST or None, user=request.user, records=records)
    if request.method == "POST" and form.is_valid():
        done = [curating.accept(each.pk, form.decision) for each in records]
        _say_accepted(request, done)
        return redirect("harvest_queue")
    context = {"form": form, "rows": [previewed(each) for each in records]}
    return render(request, f"{FOLDER}/accept.html", context)


def _say_accepted(request, done: list) -> None:
    count = sum(record is not None for record in done)
    if count:
        messages.success(request, _("接收了 %(count)d 条。") % {"count": count})
    if left := len(done) - count:
        words = _("有 %(count)d 条没有接收：没有网址可以打开，或者刚才已经有人决定了。")
        messages.warning(request, words % {"count": left})


@for_curators
@require_http_methods(["GET", "HEAD", "POST"])
def turn_down(request):
    records = _ticked(request)
    form = TurnDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = [curating.turn_down(one.pk, request.user, reason) for one in records]
        messages.success(request, _("不接收 %(count)d 条。") % {"count": sum(done)})
        return redirect("harvest_queue")
    context = {"form": form, "rows": [previewed(each) for each in records]}
    return render(request, f"{FOLDER}/turn_down.html", context)


def _ticked(request) -> list[HarvestedRecord]:
    """Those that wait, at most a page of them, in the order of the queue."""
    given = request.POST if request.method == "POST" else request.GET
    pks = [pk for pk in given.getlist("pk")[:PER_PAGE] if _is_key(pk)]
    records = list(_records_of(request.user).waiting().filter(pk__in=pks))
    if not records:
        raise Http404
    return records


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18


@for_curators
@require_POST
def think_again(request, pk: int):
    harvested = _record_or_404(request, pk)
    curating.think_again(harvested.pk, request.user)
    return redirect("harvest_record", pk)


@for_curators
@require_POST
def settle(request, pk: int):
    """What the source changed: taken over as far as it is ticked, or left."""
    harvested = _record_or_404(request, pk)
    if not curating.can_decide(request.user, harvested.record):
        raise PermissionDenied
    names = request.POST.getlist("field")
    if "leave" in request.POST or harvested.record is None or harvested.is_deleted:
        curating.leave_as_it_is(harvested.pk, request.user)
        messages.success(request, _("记下了，我们的记录没有改动。"))
    elif curating.take_over(harvested.pk, request.user, names):
        messages.success(request, _("已经照来源改好了。"))
    else:
        words = _("这条记录锁着，或者有还没发布的修改。请先在编辑页处理，再来这里。")
        messages.error(request, words)
    return redirect("harvest_record", pk)


@for_curators
@require_safe
def show_member(request, pk: int):
    """How the last harvests of a member went."""
    member = get_object_or_404(members_of(request.user), pk=pk)
    runs = member.harvests.all()[:SHOWN_RUNS]
    context = {
        "member": member,
        "runs": runs,
        "problems": runs[0].problems if runs else [],
        "waiting": member.harvested.waiting().count(),
    }
    return render(request, f"{FOLDER}/member.html", context)


@for_curators
@require_POST
def start(request, pk: int):
    member = get_object_or_404(members_of(request.user), pk=pk)
    if not member.is_active:
        messages.error(request, _("这个成员停用了，不采集。"))
    elif begin(member) is None:
        messages.warning(request, _("已经在采集了，请等它采完。"))
    else:
        messages.success(request, _("开始采集了，过一会儿再来看。"))
    return redirect("harvest_member", pk)
