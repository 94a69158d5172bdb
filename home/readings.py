"""How Chinese is read aloud: one dictionary, whichever part of the site asks first.

An address made from a title and the pinyin a title is searched by agree only as long
as nobody loads readings of his own.
"""

from functools import cache

# Readings the general dictionary gets wrong, by place and by word.
READINGS = {
    "长乐": ["chang", "le"],
    "乐平": ["le", "ping"],
    "濂溪": ["lian", "xi"],
    "浔阳": ["xun", "yang"],
    "湓浦": ["pen", "pu"],
    "都昌": ["du", "chang"],
    "行书": ["xing", "shu"],
    "声乐": ["sheng", "yue"],
    "器乐": ["qi", "yue"],
    "民乐": ["min", "yue"],
    "乐器": ["yue", "qi"],
    "重阳": ["chong", "yang"],
}
# A character by itself, where its word is always the same: 瑜伽.
CHARACTERS = {"伽": "jiā"}


@cache
def _reader():
    # the dictionary takes a moment to load, and most processes never spell a name
    import pypinyin

    pypinyin.load_phrases_dict(
        {word: [[syllable] for syllable in said] for word, said in READINGS.items()}
    )
    pypinyin.load_single_dict({ord(c): said for c, said in CHARACTERS.items()})
    return pypinyin.lazy_pinyin


def syllables(text: str) -> list[str]:
    """社学 2026 → she, xue, " 2026": a syllable for each Chinese character, what
    stands between as it is. Without tones; ü is written v."""
    return _reader()(text)


def one_for_one(text: str) -> list[str]:
    """The same with every other character by itself, as long as `text`; characters
    nobody can read stay as they are."""
    said = _reader()(text, errors=list)
    return said if len(said) == len(text) else list(text)
