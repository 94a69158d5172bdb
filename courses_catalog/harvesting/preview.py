"""A harvested record in the words of the curator's screen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses_catalog.harvesting.curating import FROM_SOURCE, differences
from courses_catalog.models import Course, HarvestedRecord, Resource
from courses_catalog.vocabulary import LearningLevel, Licence, ResourceKind
from home.vocabulary import Audience

# Fields whose values are codes.
_CHOICES = {
    "kind": ResourceKind,
    "level": LearningLevel,
    "licence": Licence,
    "audiences": Audience,
}


@dataclass(frozen=True)
class Preview:
    """`fields` are (name, value) in the order of the editor's form."""

    harvested: HarvestedRecord
    kind: str
    licence: str
    fields: list[tuple[str, str]]
    can_be_accepted: bool


@dataclass(frozen=True)
class Change:
    name: str
    label: str
    ours: str
    theirs: str
    is_edited: bool


def previewed(harvested: HarvestedRecord) -> Preview:
    values = harvested.values
    model = values["model"]
    kind = (
        said("kind", values["kind"])
        if model == "resource"
        else str(Course._meta.verbose_name)
    )
    shown = [
        (_label(name), said(name, values[name]))
        for name in FROM_SOURCE
        if name in values and values[name] and name not in ("kind", "licence")
    ]
    rights = said("licence", values["licence"]) or values["rights"]
    return Preview(
        harvested=harvested,
        kind=kind,
        licence=rights or _("没有写明"),
        fields=[pair for pair in shown if pair[1]],
        can_be_accepted=model == "course" or bool(harvested.link),
    )


def changes(harvested: HarvestedRecord) -> list[Change]:
    return [
        Change(
            name=each.name,
            label=_label(each.name),
            ours=said(each.name, each.ours),
            theirs=said(each.name, each.theirs),
            is_edited=each.is_edited,
        )
        for each in differences(harvested)
    ]


def _label(name: str) -> str:
    model = Resource if name in ("kind", "link", "isbn", "duration") else Course
    return str(model._meta.get_field(name).verbose_name)


def said(name: str, value) -> str:
    """A value as people read it; codes by their names."""
    if name in _CHOICES:
        names = dict(_CHOICES[name].choices)
        codes = value if isinstance(value, list) else [value]
        return _("、").join(str(names[code]) for code in codes if code in names)
    if isinstance(value, list):
        return _("、").join(map(str, value))
    return "" if value is None else str(value)
