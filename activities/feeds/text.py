"""Text as calendar programs can take it."""

import unicodedata

# Lines to some readers, end of file or encoding errors to others.
_UNWANTED = {"\ufeff", "\ufffe", "\uffff"}
_BREAKS = {"\r", "\n", "\t", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"}


def one_line(text: str) -> str:
    """`text` without breaks and control characters, its spaces single."""
    return " ".join(_kept(text).split())


def paragraphs(text: str) -> str:
    """`text` with its line ends as \\n and everything else as in `one_line`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(one_line(line) for line in text.split("\n")).strip()


def _kept(text: str) -> str:
    """One NUL makes KDE refuse the whole file; `\\n` as text misleads three readers:
    a backslash is written full width."""
    kept = (" " if char in _BREAKS else char for char in text)
    return "".join(char for char in kept if _may_stay(char)).replace("\\", "＼")


def _may_stay(char: str) -> bool:
    return char not in _UNWANTED and unicodedata.category(char) not in {"Cc", "Cs"}
