"""What stands against something somebody wants to do, each with a sentence for her."""

from collections.abc import Iterable
from typing import NamedTuple


class Objection(NamedTuple):
    code: str
    sentence: str


class Refused(Exception):
    """`objections` stand against it; nothing was changed."""

    def __init__(self, objections: list[Objection]):
        super().__init__(", ".join(each.code for each in objections))
        self.objections = objections


def refuse(objections: Iterable[Objection]) -> None:
    """Raises Refused where there are any."""
    if found := list(objections):
        raise Refused(found)
