"""导入和导出 in the admin, for whoever edits records of some node."""

from django.db import transaction
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from wagtail.models import Locale
from wagtail.permissions import policy_registry

from courses_catalog.bulk import exporting
from courses_catalog.bulk.columns import KINDS, OF
from courses_catalog.bulk.forms import ImportForm
from courses_catalog.bulk.importing import check_later, confirm, try_again
from courses_catalog.guarded import only_for
from courses_catalog.models import Course, ImportJob, ImportKind
from courses_catalog.viewsets import ACTIONS
from home.spreadsheets import XLSX

SHOWN = 200
RECENT = 10
SECONDS_BETWEEN_LOOKS = 2
FORMATS = {
    "csv": (exporting.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (exporting.as_xlsx, XLSX),
}


def is_allowed(user) -> bool:
    return policy_registry.get_by_type(Course).user_has_permission(user, "add")


for_editors = only_for(is_allowed)


def jobs_of(user):
    """One's own; an administrator sees all."""
    jobs = ImportJob.objects.select_related("owner_node", "created_by").defer("errors")
    return jobs if user.is_superuser else jobs.filter(created_by=user)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    form = ImportForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            job = form.save()
            transaction.on_commit(lambda: check_later.enqueue(job.pk))
        return redirect("catalogue_import_job", job.pk)
    context = {
        "form": form,
        "kinds": ImportKind.choices,
        "formats": list(FORMATS),
        "jobs": jobs_of(request.user)[:RECENT],
    }
    return render(request, "courses_catalog/bulk/start.html", context)


@for_editors
@require_safe
def show_job(request, pk: int):
    """Asks to be looked at again while a worker is at it: no script is needed."""
    job = get_object_or_404(jobs_of(request.user), pk=pk)
    headers = {column.key: str(column.header) for column in OF[job.kind]}
    fields = job.counts.get("fields", {})
    context = {
        "job": job,
        "errors": job.errors[:SHOWN],
        "error_count": len(job.errors),
        "fields": [(headers.get(key, key), count) for key, count in fields.items()],
        "writable": job.counts.get("new", 0) + job.counts.get("changed", 0),
    }
    response = render(request, "courses_catalog/bulk/job.html", context)
    if job.is_working:
        response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


@for_editors
@require_POST
def confirm_job(request, pk: int):
    confirm(get_object_or_404(jobs_of(request.user), pk=pk))
    return redirect("catalogue_import_job", pk)


@for_editors
@require_POST
def try_job_again(request, pk: int):
    try_again(get_object_or_404(jobs_of(request.user), pk=pk))
    return redirect("catalogue_import_job", pk)


@for_editors
@require_safe
def download_errors(request, pk: int):
    job = get_object_or_404(jobs_of(request.user), pk=pk)
    return _file(exporting.errors(job.errors), f"import-{pk}-errors", "csv")


@for_editors
@require_safe
def explain_columns(request, kind: str):
    context = {"kind": _known(kind, OF), "columns": OF[kind]}
    return render(request, "courses_catalog/bulk/columns.html", context)


@for_editors
@require_safe
def download_template(request, kind: str, suffix: str):
    rows = exporting.template(_known(kind, OF))
    return _file(rows, f"{kind}-template", suffix)


@for_editors
@require_safe
def export(request, kind: str, suffix: str):
    """What is hers; originals only, since translations are written in the admin."""
    model = KINDS[_known(kind, KINDS)]
    policy = policy_registry.get_by_type(model)
    own = policy.instances_user_has_any_permission_for(request.user, ACTIONS)
    records = own.filter(locale=Locale.get_default())
    return _file(exporting.lines(records, kind), f"{kind}-records", suffix)


def _known(word: str, words: dict) -> str:
    if word not in words:
        raise Http404
    return word


def _file(rows, name: str, suffix: str) -> StreamingHttpResponse:
    write, content_type = FORMATS[_known(suffix, FORMATS)]
    response = StreamingHttpResponse(write(rows), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response
