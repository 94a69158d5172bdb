"""`oai_dc`: what every harvester understands."""

from courses_catalog.oai.metadata import Told
from courses_catalog.oai.xml import add, root, stamped
from courses_catalog.vocabulary import ResourceKind
from home.templatetags.look import bcp47

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_ELEMENTS = "http://purl.org/dc/elements/1.1/"
# Terms of the DCMI type vocabulary.
_TYPES = {
    ResourceKind.VIDEO: "MovingImage",
    ResourceKind.MICRO_LECTURE: "MovingImage",
    ResourceKind.AUDIO: "Sound",
    ResourceKind.MOOC: "InteractiveResource",
    ResourceKind.LINK: "InteractiveResource",
}
_COLLECTION, _TEXT = "Collection", "Text"


def written(told: Told):
    record = told.original
    dc = root("oai_dc:dc", f"{NAMESPACE} {SCHEMA}", oai_dc=NAMESPACE, dc=_ELEMENTS)
    for version in told.versions:
        language = version.locale.language_code
        add(dc, "dc:title", version.title, language)
        if version.summary:
            add(dc, "dc:description", version.summary, language)
    for name, value in _simple(told, record):
        if value:
            add(dc, f"dc:{name}", value)
    return dc


def _simple(told: Told, record):
    yield "creator", record.contributor
    yield from (("subject", each) for each in (*told.keywords, *told.audiences))
    yield "publisher", record.owner_node.title
    if record.last_published_at:
        yield "date", stamped(record.last_published_at)
    yield "type", type_of(record)
    if told.medium:
        yield "format", told.medium.media_type
    yield from (("identifier", each) for each in told.addresses)
    yield "identifier", record.identifier
    if isbn := getattr(record, "isbn", ""):
        yield "identifier", f"urn:ISBN:{isbn}"
    for version in told.versions:
        yield "language", bcp47(version.locale.language_code)
    yield "source", told.source
    yield from (("relation", each) for each in told.part_of)
    yield "rights", told.rights


def type_of(record) -> str:
    kind = getattr(record, "kind", None)
    return _TYPES.get(kind, _TEXT) if kind else _COLLECTION
