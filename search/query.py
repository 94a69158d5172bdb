"""What somebody typed, read; and the stages in which it is looked for.

1. every word, in the title or the text, or the exact run of characters in the title;
2. Latin letters read as pinyin syllables, as initials or as the beginning of a word;
3. what sounds the same as the query, then what sounds almost the same;
4. most of the words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType

# without the lock that functools.cached_property takes for every title looked at
from django.utils.functional import cached_property

from search import analysis, pinyin
from search.matching import (
    TITLE_INITIALS,
    TITLE_WORDS,
    All,
    Any,
    Match,
    Phrase,
    run,
    sounds,
    word,
)
from search.vocabulary import QUESTION_WORDS

MAX_LENGTH = 64
# So many of the words must be there: one of two, two of three, two of four.
MOST = 2 / 3

# By folded word, the folded words searched with it (`search.synonyms`).
Synonyms = Mapping[str, tuple[str, ...]]
NO_SYNONYMS: Synonyms = MappingProxyType({})

_QUOTED = re.compile(r"[\"“”「『](.+?)[\"“”」』]|([^\s\"“”「」『』]+)")


class Stage(StrEnum):
    WORDS = "words"
    PINYIN = "pinyin"
    HOMOPHONES = "homophones"
    MOST_WORDS = "most_words"


@dataclass(frozen=True)
class Term:
    """One piece between white space, or one pair of quotes."""

    folded: str
    is_quoted: bool = False

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(analysis.query_words(self.folded))

    @cached_property
    def characters(self) -> tuple[str, ...]:
        return tuple(analysis.characters(self.folded))

    @cached_property
    def run(self) -> str:
        """The term without its punctuation, for comparing with a folded title."""
        return "".join(analysis.runs(self.folded))

    @cached_property
    def is_latin(self) -> bool:
        return self.run.isascii() and self.run.isalpha()

    @cached_property
    def has_latin(self) -> bool:
        return any("a" <= character <= "z" for character in self.run)

    @cached_property
    def sayings(self) -> list[list[str]]:
        """The ways to say a term that mixes characters and letters: 书fa → shu fa."""
        said: list[list[str]] = [[]]
        for piece in analysis.runs(self.folded):
            if analysis.is_han(piece[0]):
                options = [pinyin.syllables(piece)]
            else:
                options = pinyin.splits(piece) or [[piece]]
            said = [before + option for before in said for option in options]
            said = said[: pinyin.MAX_SPLITS]
        return said

    @cached_property
    def near_sayings(self) -> list[list[str]]:
        """The ways to say almost the same: 剪子 → jian zhi."""
        return [near for said in self.sayings[:1] for near in pinyin.nearly(said)]


@dataclass(frozen=True)
class Words:
    """A query as it was read; `typed` is what the box keeps showing."""

    typed: str
    terms: tuple[Term, ...] = ()
    was_cut: bool = False
    # the terms as they were typed, where single characters were read as one: 书 法
    apart: tuple[Term, ...] = ()

    @cached_property
    def run(self) -> str:
        return "".join(term.run for term in self.terms)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(word for term in self.terms for word in term.words)

    @cached_property
    def letters(self) -> Term | None:
        """A query of Latin letters alone that can be read as pinyin: shufa, shu fa."""
        if not all(term.is_latin and not term.is_quoted for term in self.terms):
            return None
        joined = Term(self.run)
        return joined if _reads_as_pinyin(joined) else None


@dataclass(frozen=True)
class Plan:
    """One stage: what must match, and how many of `words` the text must hold."""

    stage: Stage
    match: Match
    words: tuple[str, ...] = ()
    at_least: int = 0
    quoted: tuple[str, ...] = field(default=())


@lru_cache(maxsize=1024)  # a page of results reads again what its titles say
def read(typed: str) -> Words:
    """Never fails: what is no letter or digit is no part of a query."""
    typed = typed.strip()
    folded = analysis.fold(typed[:MAX_LENGTH])
    terms = []
    for quoted, plain in _QUOTED.findall(folded):
        term = Term(quoted or plain, is_quoted=bool(quoted))
        if term.characters:
            terms.append(term)
    together = _joined(terms)
    return Words(
        typed[:MAX_LENGTH],
        tuple(together),
        was_cut=len(typed) > MAX_LENGTH,
        apart=tuple(terms) if len(together) < len(terms) else (),
    )


def _joined(terms: list[Term]) -> list[Term]:
    """Some keyboards put a space after every character: neighbours are one term."""
    found: list[Term] = []
    for is_single, group in groupby(terms, key=_is_single_character):
        neighbours = list(group)
        joined = [Term("".join(term.run for term in neighbours))]
        found += joined if is_single else neighbours
    return found


def _is_single_character(term: Term) -> bool:
    is_one = len(term.run) == 1 and analysis.is_han(term.run)
    return is_one and not term.is_quoted


def plans(words: Words, synonyms: Synonyms = NO_SYNONYMS) -> Iterator[Plan]:
    """The stages worth trying, in order; none for a query without letters.

    `synonyms` give to a folded word what else is searched with it; quoted terms are
    meant to the letter.
    """
    if not words.terms:
        return
    quoted = tuple(term.run for term in words.terms if term.is_quoted)
    exact = All(tuple(_meant(term, synonyms) for term in words.terms))
    if letters := words.letters:
        # somebody's pinyin may be words of an English text too: both count
        yield Plan(Stage.PINYIN, Any((exact, _spoken(letters))))
    else:
        yield Plan(Stage.WORDS, exact, quoted=quoted)
    if quoted:
        return
    if any(term.has_latin for term in words.terms):
        yield Plan(Stage.PINYIN, _all(_spoken, words.terms))
    if any(analysis.has_han(term.run) for term in words.terms):
        yield Plan(Stage.HOMOPHONES, _all(_homophones, words.terms))
        yield Plan(Stage.HOMOPHONES, _all(_nearly, words.terms))
    if words.apart:
        yield Plan(Stage.WORDS, _all(_exact, words.apart))
    yield from _most(words)


def _all(kind, terms) -> Match:
    return All(tuple(kind(term) for term in terms))


def _reads_as_pinyin(term: Term) -> bool:
    return any(
        len(pieces) > 1 and pieces[-1] in pinyin.SYLLABLES
        for pieces in pinyin.splits(term.run)
    )


def _exact(term: Term) -> Match:
    return Any((All(tuple(map(word, term.words))), run(term.characters)))


def _meant(term: Term, synonyms: Synonyms) -> Match:
    """As `_exact`, or by a synonym of the term or of its words."""
    others = synonyms.get(term.run, ())
    by_word = [synonyms.get(each, ()) for each in term.words]
    if term.is_quoted or not (others or any(by_word)):
        return _exact(term)
    words = All(
        tuple(
            Any((word(each), *(_exact(Term(other)) for other in also)))
            for each, also in zip(term.words, by_word, strict=True)
        )
    )
    return Any((words, run(term.characters), *(_exact(Term(o)) for o in others)))


def _spoken(term: Term) -> Match:
    if not term.has_latin:
        return _exact(term)
    readings = [sounds(said, is_beginning=True) for said in term.sayings]
    if term.is_latin:
        readings.append(Phrase((TITLE_WORDS,), (term.run,), is_beginning=True))
    if term.is_latin and len(term.run) > 1:
        readings.append(Phrase((TITLE_INITIALS,), tuple(term.run)))
    return Any((_exact(term), *readings))


def _homophones(term: Term) -> Match:
    if not analysis.has_han(term.run):
        return _spoken(term)
    return Any((_exact(term), sounds(pinyin.syllables(term.folded))))


def _nearly(term: Term) -> Match:
    """What sounds almost the same: 剪子 → 剪纸."""
    return Any((_homophones(term), *map(sounds, term.near_sayings)))


def _most(words: Words) -> Iterator[Plan]:
    """Most of the words; a single word has no part that could stand for it."""
    terms = words.apart or words.terms
    said = dict.fromkeys(word for term in terms for word in term.words)
    tokens = tuple(word for word in said if word not in QUESTION_WORDS)
    if len(said) < 2 or not tokens:
        return
    at_least = max(1, int(len(tokens) * MOST))
    match = Any(tuple(map(word, tokens)))
    yield Plan(Stage.MOST_WORDS, match, words=tokens, at_least=at_least)


# --- what a hit reads where the query sounds alike ----------------------------------
def replacement(words: Words, characters: str, said: str) -> Words | None:
    """`words` with each term as the title with these characters writes it.

    `said` are the syllables of `characters`, one each, both with a space between.
    None where no term sounds like something else in the title.
    """
    letters = words.letters
    if letters and (written := _written(letters, characters, said)):
        return read(written)
    pairs = [(_written(term, characters, said), term) for term in words.terms]
    if all(written in (None, term.run) for written, term in pairs):
        return None
    return read(" ".join(written or term.folded for written, term in pairs))


def _written(term: Term, characters: str, said: str) -> str | None:
    for pieces in (*term.sayings, *term.near_sayings):
        if found := _at(pieces, characters, said):
            return found
    if term.is_latin and len(term.run) > 1:
        initials = " ".join(syllable[:1] for syllable in said.split(" "))
        return _at(list(term.run), characters, initials)
    return None


def _at(pieces: list[str], characters: str, said: str) -> str | None:
    """The characters that are said as `pieces`, of which the last may be begun."""
    said = f" {said}"
    at = said.find(f" {' '.join(pieces)}")
    if at < 0:
        return None
    start = said.count(" ", 0, at)
    return "".join(characters.split(" ")[start : start + len(pieces)])
