"""People, words and files that tests of nominations and loans share."""

import base64

from django.core.files.uploadedfile import SimpleUploadedFile

from courses_catalog.models import Nomination
from courses_catalog.nominations import nomination as nominations
from courses_catalog.nominations import proofs
from home.models import NodeRole, Role
from tests.factories import UserFactory

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAA"
    "SUVORK5CYII="
)
PDF = b"%PDF-1.4\n%%EOF\n"
PHONE = "13912345678"
NAME = "胡月娥"
WORDS = {
    "shown_name": NAME,
    "theme": "civic",
    "subjects": ["剪纸", "窗花"],
    "summary": "剪了三十年纸。",
    "introduction": "从小跟外婆学的。",
    "availability": "周二上午",
    "can_be_borrowed": True,
    "phone": PHONE,
}


def file(content=PNG, name="证书.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sent(**changes) -> dict:
    """What a browser sends when the form is filled in as it should be."""
    fields = {**WORDS, "subjects": "剪纸、窗花", "files": [file()], "consent": "on"}
    fields |= {"can_be_borrowed": "on", **changes}
    return {name: value for name, value in fields.items() if value is not None}


def editor(node, role=Role.EDITOR, **fields):
    user = UserFactory(**fields)
    NodeRole.objects.create(user=user, node=node, role=role)
    return user


def nominated(node, user=None, **changes) -> Nomination:
    """Handed in at `node`, with one proof."""
    user = user or UserFactory()
    proofs.keep(user, [file()])
    return nominations.submit(user, node, **{**WORDS, **changes})


def seen(nomination: Nomination) -> int:
    """The last event, as a reviewer's form holds it."""
    return nomination.events.latest("pk").pk


def decided(nomination: Nomination, by, act: str, reason: str = "") -> Nomination:
    return nominations.decide(
        nomination, act=act, by=by, seen=seen(nomination), reason=reason
    )


def listed(node, by) -> Nomination:
    """Nominated at `node` and agreed to by `by` as often as it takes."""
    nomination = nominated(node)
    while nomination.is_open:
        nomination = decided(nomination, by, "agreed")
    return nomination
