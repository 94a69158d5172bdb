"""The keys under which a title is suggested while somebody is still typing."""

from search import analysis, pinyin

MAX_KEY = 40
# A long title is offered from the start of each of its first words.
MAX_STARTS = 6


def search_key(typed: str) -> str:
    """What is looked up for `typed`; empty when there is nothing to look up."""
    return "".join(analysis.runs(analysis.fold(typed)))[:MAX_KEY]


def keys_of(title: str) -> set[str]:
    """Title, pinyin and initials, each from the start and from every word's start."""
    folded = search_key(title)
    said = pinyin.syllables(folded)
    keys = set()
    for start, syllable in _starts(folded)[:MAX_STARTS]:
        keys.add(folded[start:])
        keys.add("".join(said[syllable:]))
        keys.add("".join(s[0] for s in said[syllable:]))
    return {key[:MAX_KEY] for key in keys if key}


def _starts(folded: str) -> list[tuple[int, int]]:
    """Where each word begins: its index in the text, and in the syllables."""
    starts, position, syllable = [], 0, 0
    for word in analysis.query_words(folded):
        position = folded.index(word, position)
        starts.append((position, syllable))
        position += len(word)
        syllable += len(word) if analysis.is_han(word[0]) else 1
    return starts
