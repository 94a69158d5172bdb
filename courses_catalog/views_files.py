"""The files of resources: checked against the resource, never run by a browser."""

import hashlib

from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry
from whitenoise.responders import SlicedFile

from courses_catalog.files import is_inline, type_of
from courses_catalog.models import Resource
from courses_catalog.ranges import Unsatisfiable, byte_range
from courses_catalog.views import why_not_there

POLICY = "default-src 'none'; sandbox"
# Chrome shows no PDF in a sandbox, and lays its own viewer out by inline style
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
PDF = "application/pdf"


@require_safe
def resource_file(request, pk):
    """The file of a public resource; of any other for those who may edit it."""
    resource = Resource.objects.public().filter(pk=pk).first()
    is_public = resource is not None
    resource = resource or _for_its_editors(request.user, pk)
    size, changed_at = _stat(resource.file)
    etag = f'"{_digest(resource.file.name, size, changed_at)}"'
    # asked first: a reader who has it already leaves no open file behind
    response = get_conditional_response(
        request, etag=etag, last_modified=int(changed_at.timestamp())
    ) or _part_or_whole(request, resource.file, size, etag)
    for name, value in _headers(resource, etag, changed_at).items():
        response.headers[name] = value
    if is_public:
        response.headers["Cache-Control"] = "public, no-cache"
    else:
        response.headers["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Cookie"])
    return response


def _for_its_editors(user, pk: int) -> Resource:
    resource = Resource.objects.select_related("owner_node").filter(pk=pk).first()
    policy = policy_registry.get_by_type(Resource)
    if resource and policy.user_has_permission_for_instance(user, "change", resource):
        return resource
    raise why_not_there(Resource, pk)


def _stat(file):
    if not file or not type_of(file.name):
        raise Http404
    try:
        return file.size, file.storage.get_modified_time(file.name)
    except OSError:
        raise Http404 from None


def _digest(*what) -> str:
    return hashlib.blake2b(repr(what).encode(), digest_size=12).hexdigest()


def _part_or_whole(request, file, size: int, etag: str) -> HttpResponse:
    try:
        part = byte_range(_range_header(request, etag), size)
    except Unsatisfiable:
        response = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    first, last = part or (0, size - 1)
    if request.method == "HEAD":
        response = HttpResponse()
    else:
        response = FileResponse(SlicedFile(file.storage.open(file.name), first, last))
    response.headers["Content-Length"] = str(last - first + 1)
    if part:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _range_header(request, etag: str) -> str:
    """Empty where the reader's part is of another state of the file (If-Range)."""
    is_same = request.headers.get("If-Range", etag) == etag
    return request.headers.get("Range", "") if is_same else ""


def _headers(resource: Resource, etag: str, changed_at) -> dict[str, str]:
    media_type = type_of(resource.file.name)
    suffix = resource.file.name.rpartition(".")[2]
    return {
        "Accept-Ranges": "bytes",
        "Content-Type": media_type,
        "Content-Disposition": content_disposition_header(
            not is_inline(media_type), f"{resource.title}.{suffix}"
        ),
        "Content-Security-Policy": PDF_POLICY if media_type == PDF else POLICY,
        "ETag": etag,
        "Last-Modified": http_date(changed_at.timestamp()),
        "X-Content-Type-Options": "nosniff",
    }
