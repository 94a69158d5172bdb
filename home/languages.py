"""Which words on a page are to be marked as another language than the page's."""

from home.templatetags.look import bcp47


def foreign(code: str, language: str) -> str:
    """The BCP 47 code to mark text with, empty when it is in the reader's language."""
    return "" if code == language else bcp47(code)
