"""The answer of a repository, read: records, the token that leads on, or an error.

Foreign XML is parsed here alone, by `defusedxml` with document types forbidden: no
entity is ever declared, so none is expanded or fetched. Where a page as a whole is no
XML, its records are read one by one, so that a single bad one costs only itself.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

from defusedxml import DefusedXmlException, ElementTree
from defusedxml.ElementTree import ParseError

from courses_catalog.oai.provenance import NAMESPACE as PROVENANCE
from courses_catalog.oai.provenance import ORIGIN
from courses_catalog.oai.xml import OAI, clean

MOST_METADATA = 64 * 1024
MOST_IDENTIFIER = 400
MOST_ORIGINS = 20
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding=["']([\w.-]{1,40})["']""")
_CHARSET = re.compile(r"charset=\"?([\w.-]{1,40})", re.IGNORECASE)
_ROOT = re.compile(r"<OAI-PMH\b[^>]*>")
_TOKEN = re.compile(r"<resumptionToken\b[^>]*?(?:/>|>([^<]*)</resumptionToken>)")
_DATE = re.compile(r"<responseDate>([^<]*)</responseDate>")
# What bytes that are no text become; no honest record holds it.
NOISE = "\ufffd"


class Unreadable(Exception):
    """No answer of the protocol; the message says what it is instead."""


class Refused(Exception):
    """An error of the protocol's own, e.g. badResumptionToken."""

    def __init__(self, code: str, sentence: str, response_date=None):
        super().__init__(f"{code}: {sentence}"[:500])
        self.code = code
        self.response_date = response_date


@dataclass(frozen=True)
class Received:
    """A record as it came. `metadata` is None where it was deleted."""

    identifier: str
    datestamp: dt.datetime | None
    sets: list[str]
    is_deleted: bool
    metadata: object = None
    origins: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class ListPage:
    """`wrong` are records left out: identifier and why. "" is the end of the list."""

    records: list[Received]
    wrong: list[tuple[str, str]]
    token: str
    response_date: dt.datetime | None


def read_page(body: bytes, content_type: str = "") -> ListPage:
    """Of a ListRecords. Raises Unreadable, Refused, or what defusedxml forbids."""
    text = text_of(body, content_type)
    try:
        root = parsed(text)
    except ParseError as error:
        return _one_by_one(text, error)
    _raise_error(root)
    listed = root.find(f"{{{OAI}}}ListRecords")
    if listed is None:
        raise Unreadable("The answer is no list of records.")
    records, wrong = [], []
    for element in listed.iterfind(f"{{{OAI}}}record"):
        _sort(element, records, wrong)
    token = (listed.findtext(f"{{{OAI}}}resumptionToken") or "").strip()
    return ListPage(records, wrong, token, _response_date(root))


def read_identify(body: bytes, content_type: str = "") -> dict[str, str]:
    """What the repository says of itself, by element."""
    try:
        root = parsed(text_of(body, content_type))
    except ParseError as error:
        raise Unreadable(f"The answer is no XML: {error}") from error
    _raise_error(root)
    said = root.find(f"{{{OAI}}}Identify")
    if said is None:
        raise Unreadable("The answer does not identify a repository.")
    return {
        child.tag.rpartition("}")[2]: (child.text or "").strip()
        for child in reversed(said)
    }


def text_of(body: bytes, content_type: str) -> str:
    """The protocol wants UTF-8; where it is not, what was declared is believed."""
    names = [found.group(1) for found in [_CHARSET.search(content_type)] if found]
    names += [found.group(1).decode() for found in [_DECLARED.search(body)] if found]
    for name in ("utf-8-sig", *names):
        try:
            return clean(body.decode(name))
        except (UnicodeDecodeError, LookupError):
            continue
    return clean(body.decode("utf-8", errors="replace"))


def parsed(text: str):
    """The root; raises Unreadable for a document type, ParseError for no XML."""
    try:
        return ElementTree.fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable("The answer declares a document type or entities.") from error


def _raise_error(root) -> None:
    if root.tag != f"{{{OAI}}}OAI-PMH":
        raise Unreadable("The answer is not OAI-PMH.")
    error = root.find(f"{{{OAI}}}error")
    if error is not None:
        sentence = (error.text or "").strip()
        raise Refused(error.get("code", ""), sentence, _response_date(root))


def _response_date(root) -> dt.datetime | None:
    return moment_of(root.findtext(f"{{{OAI}}}responseDate"))


def moment_of(text: str | None) -> dt.datetime | None:
    """A day or a second in UTC; None where it is neither."""
    try:
        found = dt.datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _sort(element, records: list, wrong: list) -> None:
    header = element.find(f"{{{OAI}}}header")
    text = header.findtext(f"{{{OAI}}}identifier") if header is not None else ""
    identifier = (text or "").strip()
    try:
        records.append(_received(element, header, identifier))
    except ValueError as error:
        wrong.append((identifier[:MOST_IDENTIFIER] or "?", str(error)))


def _received(element, header, identifier: str) -> Received:
    if not identifier or len(identifier) > MOST_IDENTIFIER:
        raise ValueError("The identifier is missing or too long.")
    is_deleted = header.get("status") == "deleted"
    metadata = element.find(f"{{{OAI}}}metadata")
    inner = None if metadata is None or not len(metadata) else metadata[0]
    if inner is None and not is_deleted:
        raise ValueError("There is no metadata.")
    sets = [each.text or "" for each in header.iterfind(f"{{{OAI}}}setSpec")]
    return Received(
        identifier=identifier,
        datestamp=moment_of(header.findtext(f"{{{OAI}}}datestamp")),
        sets=[each.strip()[:200] for each in sets[:50]],
        is_deleted=is_deleted,
        metadata=None if is_deleted else inner,
        origins=_origins(element),
    )


def _origins(element) -> list[dict[str, str]]:
    """As what the record was known before it came here, the nearest first."""
    name = f".//{{{PROVENANCE}}}originDescription"
    found = list(element.iterfind(name))[:MOST_ORIGINS]
    return [_origin(each) for each in found]


def _origin(element) -> dict[str, str]:
    said = {child.tag.rpartition("}")[2]: child.text for child in element}
    told = {name: (said.get(name) or "").strip() for name in ORIGIN}
    return {name: value[:MOST_IDENTIFIER] for name, value in told.items()}


def written(metadata) -> str:
    """The metadata as text, to be kept; raises ValueError where it is too much."""
    try:
        text = ElementTree.tostring(metadata, encoding="unicode")
    except RecursionError as error:
        raise ValueError("The metadata is nested too deeply.") from error
    if len(text) > MOST_METADATA:
        raise ValueError(f"The metadata is longer than {MOST_METADATA} characters.")
    if NOISE in text:
        raise ValueError("The metadata is not UTF-8.")
    return text


def _one_by_one(text: str, error: ParseError) -> ListPage:
    """The records of a page that is no XML, each parsed as if it were alone."""
    root, end = _ROOT.search(text), "</record>"
    if root is None or end not in text:
        raise Unreadable(f"The answer is no XML: {error}") from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable("The answer declares a document type or entities.") from error
    records, wrong = [], []
    *parts, rest = text.split(end)
    for part in parts:
        alone = part[part.find("<record") :]
        page = f"{root.group()}{alone}{end}</OAI-PMH>"
        try:
            _sort(parsed(page)[0], records, wrong)
        except ParseError as reason:
            wrong.append((_name_in(alone), f"It is no XML: {reason}"))
    token, date = _TOKEN.search(rest), _DATE.search(text)
    if token is None and "</ListRecords>" not in rest:
        # cut off in the middle: nobody knows what comes after
        raise Unreadable(f"The answer is no XML: {error}") from error
    given = _unescaped(token.group(1) or "") if token else ""
    return ListPage(
        records, wrong, given.strip(), moment_of(date.group(1) if date else None)
    )


def _name_in(part: str) -> str:
    found = re.search(r"<identifier>([^<]{1,400})</identifier>", part)
    return found.group(1).strip() if found else "?"


def _unescaped(text: str) -> str:
    for name, letter in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'")):
        text = text.replace(f"&{name};", letter)
    return text.replace("&amp;", "&")
