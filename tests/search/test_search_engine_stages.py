"""The same on every engine: what is found, by which stage, and what is said."""

import pytest

from search.query import Stage
from tests.search.conftest import document, query

TITLES = [
    "书法班",
    "硬笔书法：写一手好看的字",
    "图书发放志愿者",
    "智能手机入门",
    "手机摄影",
    "太极拳晨练",
    "高血压的日常护理",
    "南京市长江大桥的故事",
    "市长信箱怎么用",
    "Calligraphy for beginners",
    "音乐欣赏",
    "长乐村口述史",
]


@pytest.fixture
def shelf(engine):
    engine.index(document(n, title) for n, title in enumerate(TITLES))
    return engine


@pytest.mark.parametrize(
    "typed",
    ["书", "书法", "shufa", "書法", "书发", "ＳＨＵＦＡ", "shuf", "书fa", "sfb"],
)
def test_the_calligraphy_class_is_first_however_it_is_typed(shelf, titles_found, typed):
    assert titles_found(typed)[0] == "书法班"


@pytest.mark.parametrize(
    ("typed", "stage", "said"),
    [
        ("书法", Stage.WORDS, ""),
        ("书法班", Stage.WORDS, ""),
        ("shufa", Stage.PINYIN, "书法"),
        ("书发", Stage.HOMOPHONES, "书法"),
        ("手鸡摄影", Stage.HOMOPHONES, "手机摄影"),
        ("calligraphy", Stage.WORDS, ""),
        ("太极拳 游泳 晨练", Stage.MOST_WORDS, ""),
        ("changle", Stage.PINYIN, "长乐"),
        ("游泳", None, ""),
    ],
)
def test_the_stage_that_found_something_is_told(shelf, typed, stage, said):
    results = shelf.search(query(typed))

    assert (results.stage, results.said) == (stage, said)


def test_an_exact_search_reads_nothing_into_the_query(shelf):
    results = shelf.search(query("书发", is_exact=True))

    assert [hit.title for hit in results.hits] == ["图书发放志愿者"]
    assert results.said == ""


def test_characters_across_words_come_after_words(shelf, titles_found):
    assert titles_found("市长") == ["市长信箱怎么用", "南京市长江大桥的故事"]


def test_quotes_ask_for_the_very_characters(shelf, titles_found):
    assert titles_found("“手机入门”") == ["智能手机入门"]
    assert titles_found("手机 入门") == ["智能手机入门"]
    assert titles_found('"入门手机"') == []


def test_all_words_may_stand_in_title_or_text(engine, titles_found):
    engine.index(
        [
            document(1, "书法班", body="书法班\n濂溪区 · 十里街道"),
            document(2, "书法班提高", body="书法班提高\n修水县 · 义宁镇"),
        ]
    )

    assert titles_found("濂溪 书法") == ["书法班"]


def test_english_words_are_found_by_their_beginning(shelf, titles_found):
    assert titles_found("calli") == ["Calligraphy for beginners"]


@pytest.mark.parametrize("typed", ["", "   ", "。，！", "***", '"', "“”", "\x00"])
def test_a_query_without_letters_finds_nothing(shelf, titles_found, typed):
    assert titles_found(typed) == []
