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


@pytest.mark.parametrize("typed", ["书 法", "书　法", "书 法 班", "書 法"])
def test_single_characters_apart_are_one_word(engine, titles_found, typed):
    engine.index(
        [
            document(1, "家庭急救常识", body="看书学法"),
            document(2, "书堂村教学点"),
            document(3, "书法班"),
        ]
    )

    assert titles_found(typed) == ["书法班"]


def test_single_characters_that_are_no_word_together_are_looked_for_apart(
    engine, titles_found
):
    engine.index([document(1, "书与人", body="法"), document(2, "二胡")])

    assert titles_found("书 法") == ["书与人"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "typed", ["书", "书法", "書法", "shufa", "书发", "sfb", "calligraphy"]
)
def test_a_translation_is_found_by_either_title(engine, titles_found, typed, language):
    english, chinese = "Introduction to Calligraphy", "书法班"
    engine.index(
        [
            document(1, chinese, languages=("zh-hans",), other_titles=(english,)),
            document(2, english, languages=("en",), other_titles=(chinese,)),
            document(3, "书堂村教学点", kind="place"),
        ]
    )

    found = titles_found(typed, language=language)
    assert found[0] == {"zh-hans": chinese, "en": english}[language]
    suggested = [s.title for s in engine.suggest("shufa", language, 8)]
    assert suggested == found[:1]


def test_nothing_is_read_across_a_title_and_its_translation(engine):
    engine.index([document(1, "图书", other_titles=("法律 Calligraphy",))])

    assert engine.search(query("shufa")).said == ""


def test_what_is_read_instead_finds_what_typing_it_finds(engine, titles_found):
    engine.index(
        [
            document(1, "书法班"),
            document(2, "春联", body="请书法老师来写"),
            document(3, "国画"),
        ]
    )

    assert set(titles_found("书法")) == {"书法班", "春联"}
    assert set(titles_found("shufa")) == set(titles_found("书发")) == {"书法班", "春联"}


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
