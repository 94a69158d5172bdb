"""The answer as XML: only what XML 1.0 can carry, and only names from our code."""

import re
from datetime import UTC
from xml.etree import ElementTree  # writes only; nothing foreign is parsed

from django.utils import timezone

from home.templatetags.look import bcp47

OAI = "http://www.openarchives.org/OAI/2.0/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text) -> str:
    """Without the control characters no XML can carry."""
    return _NOT_XML.sub("", str(text))


def add(parent, name: str, text=None, language: str = "", **attributes):
    """The new child of `parent`; `language` is one of the site's codes."""
    child = ElementTree.SubElement(parent, name)
    if text is not None:
        child.text = clean(text)
    if language:
        child.set("xml:lang", bcp47(language))
    for attribute, value in attributes.items():
        child.set(attribute, clean(value))
    return child


def stamped(moment) -> str:
    """In UTC, as harvesters give it back in `from`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def root(name: str, schema: str, **namespaces):
    """An element whose namespaces are declared on it; `schema` is where it is told."""
    element = ElementTree.Element(name)
    for prefix, address in namespaces.items():
        element.set("xmlns" if prefix == "default" else f"xmlns:{prefix}", address)
    element.set("xmlns:xsi", XSI)
    element.set("xsi:schemaLocation", schema)
    return element


def envelope(base_url: str, arguments: dict):
    """The outermost element, with when and what was asked."""
    oai = root("OAI-PMH", f"{OAI} {OAI}OAI-PMH.xsd", default=OAI)
    add(oai, "responseDate", stamped(timezone.now()))
    request = add(oai, "request", base_url)
    for name, value in arguments.items():
        request.set(name, clean(value))
    return oai


def written(element) -> bytes:
    return ElementTree.tostring(element, encoding="utf-8", xml_declaration=True)
