"""Text analysed once, in Python, so that every engine only splits on white space.

Folding (NFKC, lower case, traditional → simplified), then words and single
characters. Tokens hold letters and digits only.
"""

import re
import unicodedata
from functools import cache, lru_cache

from search.vocabulary import DOMAIN_WORDS

# The title column of a very long text gains nothing; a body is cut here.
MAX_BODY_CHARACTERS = 6000

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUNS = re.compile(rf"[{HAN}]+|(?:(?![{HAN}])[^\W_])+")
_HAN = re.compile(rf"[{HAN}]")


@cache
def _converter():
    from opencc_purepy import OpenCC

    return OpenCC("t2s")


@cache
def _segmenter():
    import rjieba

    segmenter = rjieba.Jieba()
    for word in DOMAIN_WORDS:
        segmenter.add_word(word, 20000, "n")
    return segmenter


@cache
def _stemmer():
    import snowballstemmer

    return snowballstemmer.stemmer("english")


def is_han(character: str) -> bool:
    return bool(_HAN.match(character))


def has_han(text: str) -> bool:
    return bool(_HAN.search(text))


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index it came from."""
    folded = unicodedata.normalize("NFKC", text).lower()
    if len(folded) == len(text):
        return _simplify(folded), list(range(len(text)))
    pieces, offsets = [], []
    for index, character in enumerate(text):
        piece = unicodedata.normalize("NFKC", character).lower()
        pieces.append(piece)
        offsets.extend([index] * len(piece))
    return _simplify("".join(pieces)), offsets


def fold(text: str) -> str:
    """`text` as it is compared: no width, case or script tells words apart."""
    return fold_with_offsets(text)[0]


def _simplify(text: str) -> str:
    """Simplified characters, of the same length; control characters become spaces."""
    text = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    if text.isascii():
        return text
    simplified = _converter().convert(text)
    if len(simplified) == len(text):
        return simplified
    return "".join(_one_for_one(character) for character in text)


def _one_for_one(character: str) -> str:
    simplified = _converter().convert(character)
    return simplified if len(simplified) == 1 else character


def runs(folded: str) -> list[str]:
    """Runs of Han characters and of other letters and digits, in order."""
    return _RUNS.findall(folded)


def query_words(folded: str) -> list[str]:
    """The words of a query: each part of the text in exactly one word."""
    return [word for run in runs(folded) for word in _cut(run, _segmenter().cut)]


def index_words(folded: str) -> list[str]:
    """The words of a stored text, with the shorter words inside longer ones, and the
    stem of each English word beside it."""
    return [
        form
        for run in runs(folded)
        for word in _cut(run, _segmenter().cut_for_search)
        for form in dict.fromkeys((word, stem(word)))
    ]


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """dancing, dances → danc, by the Snowball algorithm for English (Porter 2); any
    other word is its own."""
    is_english = word.isascii() and word.isalpha()
    return _stemmer().stemWord(word) if is_english else word


def _cut(run: str, cut) -> list[str]:
    # no guessing of unknown words: query and text must be cut alike
    return [word for word in cut(run, False) if word] if is_han(run[0]) else [run]


def characters(folded: str) -> list[str]:
    """Single Han characters; other words stay whole."""
    found: list[str] = []
    for run in runs(folded):
        found.extend(run if is_han(run[0]) else [run])
    return found
