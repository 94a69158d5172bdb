"""A proof on its way to a browser, which saves it and never shows it on this site."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from courses_catalog.models import Proof
from courses_catalog.nominations.proofs import content_of
from courses_catalog.views_files import POLICY


def proof_file(proof: Proof) -> HttpResponse:
    """Raises Http404 where the file is gone. The caller has asked who may have it."""
    try:
        content = content_of(proof)
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type=proof.media_type)
    attached = content_disposition_header(True, proof.name)
    response.headers["Content-Disposition"] = attached
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
