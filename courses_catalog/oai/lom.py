"""`lom`: the subset of IEEE LOM (GB/T 21365) that the catalogue keeps."""

from courses_catalog.oai.metadata import Told
from courses_catalog.oai.xml import add, root, stamped
from courses_catalog.vocabulary import LearningLevel
from home.templatetags.look import bcp47

NAMESPACE = "http://ltsc.ieee.org/xsd/LOM"
SCHEMA = "http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd"
_SOURCE = "LOMv1.0"
_DIFFICULTIES = {
    LearningLevel.BEGINNER: "easy",
    LearningLevel.INTERMEDIATE: "medium",
    LearningLevel.ADVANCED: "difficult",
}


def written(told: Told):
    lom = root("lom", f"{NAMESPACE} {SCHEMA}", default=NAMESPACE)
    _general(lom, told)
    _life_cycle(lom, told.original)
    _technical(lom, told)
    _educational(lom, told)
    _rights(lom, told)
    for address in told.part_of:
        relation = add(lom, "relation")
        _term(relation, "kind", "ispartof")
        _identified(add(relation, "resource"), "URI", address)
    return lom


def _general(lom, told: Told) -> None:
    record, general = told.original, add(lom, "general")
    for address in told.addresses:
        _identified(general, "URI", address)
    if record.identifier:
        _identified(general, record.owner_node.title, record.identifier)
    if isbn := getattr(record, "isbn", ""):
        _identified(general, "ISBN", isbn)
    _in_languages(general, "title", told.versions, "title")
    for version in told.versions:
        add(general, "language", bcp47(version.locale.language_code))
    _in_languages(general, "description", told.versions, "summary")
    for keyword in told.keywords:
        _said(add(general, "keyword"), keyword, record)


def _life_cycle(lom, record) -> None:
    cycle = add(lom, "lifeCycle")
    for role, name in (
        ("author", record.contributor),
        ("publisher", record.owner_node.title),
    ):
        if not name:
            continue
        contribute = add(cycle, "contribute")
        _term(contribute, "role", role)
        add(contribute, "entity", _card(name))
        if role == "publisher" and record.last_published_at:
            date = add(contribute, "date")
            add(date, "dateTime", stamped(record.last_published_at))


def _card(name: str) -> str:
    """LOM names people and places by vCards."""
    escaped = name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{escaped}\nN:{escaped};;;;\nEND:VCARD"


def _technical(lom, told: Told) -> None:
    technical, medium = add(lom, "technical"), told.medium
    if medium:
        add(technical, "format", medium.media_type)
        if medium.size is not None:
            add(technical, "size", medium.size)
    for address in told.addresses:
        add(technical, "location", address)
    if minutes := getattr(told.original, "duration", None):
        add(add(technical, "duration"), "duration", f"PT{minutes}M")


def _educational(lom, told: Told) -> None:
    record, educational = told.original, add(lom, "educational")
    _term(educational, "intendedEndUserRole", "learner")
    for audience in told.audiences:
        _said(add(educational, "typicalAgeRange"), audience, record)
    if record.level in _DIFFICULTIES:
        _term(educational, "difficulty", _DIFFICULTIES[LearningLevel(record.level)])
    if record.hours is not None:
        minutes = int(record.hours * 60)
        time = add(educational, "typicalLearningTime")
        add(time, "duration", f"PT{minutes}M")


def _rights(lom, told: Told) -> None:
    if told.rights:
        rights = add(lom, "rights")
        _term(rights, "copyrightAndOtherRestrictions", "yes")
        _said(add(rights, "description"), told.rights, told.original)


def _identified(parent, catalog: str, entry: str) -> None:
    identifier = add(parent, "identifier")
    add(identifier, "catalog", catalog)
    add(identifier, "entry", entry)


def _in_languages(parent, name: str, versions, field: str) -> None:
    said = [version for version in versions if getattr(version, field)]
    if said:
        element = add(parent, name)
        for version in said:
            _said(element, getattr(version, field), version)


def _said(parent, text: str, version) -> None:
    string = add(parent, "string", text)
    string.set("language", bcp47(version.locale.language_code))


def _term(parent, name: str, value: str) -> None:
    element = add(parent, name)
    add(element, "source", _SOURCE)
    add(element, "value", value)
