"""Plain text and safe addresses out of what a foreign record says."""

import html
import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from courses_catalog.oai.xml import clean

MOST_READ = 20_000
LONGEST_LINK = 500
_SILENT = {"script", "style", "template", "noscript", "iframe", "object"}
_INLINE = {"a", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"}
# "a < b" and "3<5" are none
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]{0,20}|[!?/])")
# no address holds them as they are (RFC 3986)
_NEVER = set('<>"\\^`{|} ')
_is_link = URLValidator(schemes=["http", "https"])


def plain(text: str | None) -> str:
    """On one line, without tags, scripts and control characters."""
    said = _stripped(_stripped(clean((text or "")[:MOST_READ])))
    return " ".join("".join(filter(_is_shown, said)).split())


def _stripped(text: str) -> str:
    """Without tags, and with what entities stand for.

    Walks over the text once. The parser of the standard library needs twelve seconds
    for twenty thousand characters of nothing but openings of tags.
    """
    said, at = [], 0
    while (start := text.find("<", at)) != -1:
        if not _TAG.match(text, start):
            said.append(text[at : start + 1])
            at = start + 1
            continue
        end = _end_of_tag(text, start)
        if end == -1:
            break
        name = _TAG.match(text, start).group(1).lower()
        said += [text[at:start], "" if name.removeprefix("/") in _INLINE else " "]
        at = _after_silence(text, end, name) if name in _SILENT else end
    return html.unescape("".join([*said, text[at:]]))


def _end_of_tag(text: str, start: int) -> int:
    """Behind it; -1 where it does not end, and then none that follows does."""
    is_comment = text.startswith("<!--", start)
    end = text.find("-->" if is_comment else ">", start)
    if end == -1:
        return len(text) if is_comment else -1
    return end + (3 if is_comment else 1)


def _after_silence(text: str, at: int, name: str) -> int:
    """Where what is no text for people ends."""
    end = re.compile(f"</{name}", re.IGNORECASE).search(text, at)
    return end.start() if end else len(text)


def _is_shown(letter: str) -> bool:
    """Not those that turn the direction of what follows, or cannot be seen."""
    return letter.isprintable() or letter.isspace()


def cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def link(text: str | None) -> str:
    """An address of the web; empty for everything else."""
    found = (text or "").strip()
    if not found.lower().startswith(("http://", "https://")):
        return ""
    is_odd = set(found) & _NEVER or "@" in found.split("/")[2]
    if is_odd or len(found) > LONGEST_LINK:
        return ""
    try:
        _is_link(found)
    except ValidationError:
        return ""
    return found
