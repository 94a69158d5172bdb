"""Plain text and safe addresses out of what a foreign record says."""

from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from courses_catalog.oai.xml import clean

MOST_READ = 20_000
LONGEST_LINK = 500
_SILENT = {"script", "style", "template", "noscript", "iframe", "object"}
_INLINE = {"a", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"}
_is_link = URLValidator(schemes=["http", "https"])


class _Words(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in _SILENT
        if tag not in _INLINE:
            self.words.append(" ")

    def handle_startendtag(self, tag, attrs):
        self.words.append("" if tag in _INLINE else " ")

    def handle_endtag(self, tag):
        self.silent -= tag in _SILENT and self.silent > 0
        if tag not in _INLINE:
            self.words.append(" ")

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def plain(text: str | None) -> str:
    """On one line, without tags, scripts and control characters."""
    said = _stripped(_stripped(clean((text or "")[:MOST_READ])))
    return " ".join("".join(filter(_is_shown, said)).split())


def _stripped(text: str) -> str:
    """Twice over, what was escaped twice is without tags too."""
    if "<" not in text and "&" not in text:
        return text
    parser = _Words()
    parser.feed(text)
    parser.close()
    return "".join(parser.words)


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
    if len(found) > LONGEST_LINK or "@" in found.split("/")[2]:
        return ""
    try:
        _is_link(found)
    except ValidationError:
        return ""
    return found
