"""`/oai`: OAI-PMH 2.0. No language, no session; GET and POST say the same."""

import base64
import binascii

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from courses_catalog.models import AllianceMember
from courses_catalog.oai.arguments import read
from courses_catalog.oai.errors import ProtocolError
from courses_catalog.oai.provider import Provider, base_url
from courses_catalog.oai.xml import add, envelope, written


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request):
    token = _token(request.headers.get("Authorization", ""))
    is_member = bool(token) and AllianceMember.objects.known_by(token).exists()
    if token and not is_member:
        return _refused()
    query = request.POST if request.method == "POST" else request.GET
    with override(settings.LANGUAGE_CODE):
        answer = _answer(query, Provider(is_member=is_member))
    response = HttpResponse(answer, content_type="text/xml; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def _answer(query, provider: Provider) -> bytes:
    arguments = {}
    try:
        arguments = read(query)
        oai = envelope(base_url(), arguments)
        provider.answer(oai, arguments)
    except ProtocolError as error:
        # what was not understood is not repeated
        unread = error.code in ("badVerb", "badArgument")
        oai = envelope(base_url(), {} if unread else arguments)
        add(oai, "error", error.sentence, code=error.code)
    return written(oai)


def _token(authorization: str) -> str:
    """The token of `Bearer`, or the password of `Basic`; empty where there is none."""
    scheme, _space, rest = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        pair = base64.b64decode(rest, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return rest
    return pair.partition(":")[2]


def _refused() -> HttpResponse:
    """A member whose token is not good would take what it gets for everything."""
    response = HttpResponse("401", status=401, content_type="text/plain")
    response["WWW-Authenticate"] = 'Basic realm="OAI-PMH", charset="UTF-8"'
    response["Cache-Control"] = "no-store"
    return response
