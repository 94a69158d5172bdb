"""Where a long list goes on: all of it stands in the token, nothing is kept here.

A list goes by key. A record that changes meanwhile keeps its place, so none is
skipped or told twice; a token is good for as long as its signature.
"""

from dataclasses import asdict, dataclass

from django.core import signing

from courses_catalog.oai.errors import ProtocolError

_SALT = "courses_catalog.oai"


@dataclass(frozen=True)
class Place:
    """The list that was asked for, and after which key it goes on."""

    verb: str
    prefix: str = ""
    start: str | None = None
    until: str | None = None
    set: str | None = None
    after: int = 0
    told: int = 0

    def token(self) -> str:
        return signing.dumps(asdict(self), salt=_SALT, compress=True)


def resumed(token: str, verb: str) -> Place:
    try:
        place = Place(**signing.loads(token, salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise ProtocolError("badResumptionToken", "No token of ours.") from error
    if place.verb != verb:
        raise ProtocolError("badResumptionToken", "The token is of another verb.")
    return place
