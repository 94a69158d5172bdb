"""What a document must hold to be found, said without any engine's syntax."""

from dataclasses import dataclass

from search import analysis

TITLE_WORDS = "title_words"
TITLE_CHARACTERS = "title_characters"
BODY_WORDS = "body_words"
TITLE_PINYIN = "title_pinyin"
TITLE_INITIALS = "title_initials"
COLUMNS = (TITLE_WORDS, TITLE_CHARACTERS, BODY_WORDS, TITLE_PINYIN, TITLE_INITIALS)

# How much a hit in each column weighs.
WEIGHTS = {
    TITLE_WORDS: 8.0,
    TITLE_CHARACTERS: 4.0,
    BODY_WORDS: 1.0,
    TITLE_PINYIN: 2.0,
    TITLE_INITIALS: 1.0,
}


@dataclass(frozen=True)
class Phrase:
    """`tokens` one after the other in one of `columns`; the last may be a beginning."""

    columns: tuple[str, ...]
    tokens: tuple[str, ...]
    is_beginning: bool = False


@dataclass(frozen=True)
class All:
    parts: tuple["Match", ...]


@dataclass(frozen=True)
class Any:
    parts: tuple["Match", ...]


Match = Phrase | All | Any


def word(token: str) -> Match:
    """In the title or the text, an English one in any of its forms."""
    forms = dict.fromkeys((token, analysis.stem(token)))
    found = tuple(Phrase((TITLE_WORDS, BODY_WORDS), (form,)) for form in forms)
    return found[0] if len(found) == 1 else Any(found)


def run(tokens) -> Phrase:
    """An exact run of characters in the title."""
    return Phrase((TITLE_CHARACTERS,), tuple(tokens))


def sounds(tokens, *, is_beginning: bool = False) -> Phrase:
    return Phrase((TITLE_PINYIN,), tuple(tokens), is_beginning)
