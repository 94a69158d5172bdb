"""What foreign records become here, field by field."""

import pytest
from defusedxml import ElementTree

from courses_catalog.harvesting.answers import Received
from courses_catalog.harvesting.licences import licence_of
from courses_catalog.harvesting.mapping import mapped
from courses_catalog.harvesting.plain_text import link, plain
from courses_catalog.vocabulary import Licence
from tests.courses_catalog.fake_repository import dc


def of(*, identifier="oai:edu.example:1", sets=(), **elements) -> dict:
    elements.setdefault("title", "书法")
    metadata = ElementTree.fromstring(dc(**elements))
    return mapped(Received(identifier, None, list(sets), False, metadata))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<p>一</p><p>二 <b>三</b>四</p>", "一 二 三四"),
        ("a < b 和 3<5 & 6>2", "a < b 和 3<5 & 6>2"),
        ("&lt;p&gt;一&lt;/p&gt;", "一"),
        ("&amp;lt;script&amp;gt;x", "<script>x"),
        ("一<script>alert(1)</script>二<style>p{}</style>三", "一 二 三"),
        ("一<SCRIPT src=x>alert(1)", "一"),
        ("一<!-- 二 > --><img src=x onerror=alert(1)>三", "一 三"),
        ("一<!-- 二", "一"),
        ("一 <a href='x", "一 <a href='x"),
        ("<br/>一<br>二\n\n\t三", "一 二 三"),
        ("书\u202e法\u200b\x00\x0b", "书法"),
        ("&nbsp;&eacute;&#20070;", "é书"),
        (None, ""),
    ],
)
def test_text_is_plain(text, said):
    assert plain(text) == said


@pytest.mark.parametrize(
    "part", ["<", "<a ", "<!--", "<script>", "</", "&#", "<a href='", "&lt;a "]
)
def test_a_flood_of_broken_marks_is_read_in_one_pass(part):
    """Begun anew at each mark, this many would keep a worker for hours."""
    said = plain(part * 200_000)
    assert "<script" not in said
    assert "<!--" not in said


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" https://edu.example/a?b=1&c=2 ", "https://edu.example/a?b=1&c=2"),
        ("https://例子.测试/路", "https://例子.测试/路"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)//http://x", ""),
        ("data:text/html,x", ""),
        ("ftp://edu.example/", ""),
        ("//edu.example/", ""),
        ("https://edu.example@evil.example/", ""),
        ("https://edu.example/\nx", ""),
        ('https://edu.example/"><script>', ""),
        ("https://edu.example/" + "x" * 500, ""),
        ("urn:isbn:9787", ""),
        (None, ""),
    ],
)
def test_only_addresses_of_the_web_are_links(text, address):
    assert link(text) == address


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        (["https://creativecommons.org/licenses/by/4.0/"], "CC-BY-4.0"),
        (["http://creativecommons.org/licenses/by-nc-nd/4.0/deed.zh"],
         "CC-BY-NC-ND-4.0"),
        (["CC BY-SA 4.0"], "CC-BY-SA-4.0"),
        (["cc-by-nc-4.0"], "CC-BY-NC-4.0"),
        (["https://creativecommons.org/publicdomain/zero/1.0/"], "CC0-1.0"),
        (["CC0"], "CC0-1.0"),
        (["保留所有权利"], "reserved"),
        # other terms than ours
        (["https://creativecommons.org/licenses/by/3.0/cn/"], ""),
        (["https://creativecommons.org/licenses/by-nc-sa/4.0/"], ""),
        (["https://evil.example/?creativecommons.org/licenses/by/4.0/"], ""),
        (["CC BY 4.0", "CC BY-NC 4.0"], ""),
        (["版权所有，署名使用"], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_licences_are_known_by_their_terms(said, licence):
    assert licence_of(said) == licence


def test_every_licence_is_known_by_its_own_address_and_name():
    for licence in Licence:
        assert licence_of([licence.url or str(licence.label)]) == licence


@pytest.mark.parametrize(
    ("types", "formats", "model", "kind"),
    [
        ("Collection", "", "course", None),
        ("课程", "", "course", None),
        ("微课", "", "resource", "micro_lecture"),
        ("慕课课程", "", "resource", "mooc"),
        ("MovingImage", "", "resource", "video"),
        ("Sound", "", "resource", "audio"),
        ("Text", "", "resource", "text"),
        ("textbook", "", "resource", "textbook"),
        ("courseware", "", "resource", "slides"),
        ("", "video/mp4", "resource", "video"),
        ("Dataset", "text/csv", "resource", "link"),
        ("", "", "resource", "link"),
    ],
)
def test_the_kind_follows_from_the_type(types, formats, model, kind):
    values = of(type=types, format=formats)
    assert (values["model"], values.get("kind")) == (model, kind)


@pytest.mark.parametrize(
    ("subject", "sets", "theme"),
    [
        ("安全健康", [], "health"),
        ("养生", ["node:1", "theme:mind"], "mind"),
        ("养生", ["theme:nothing"], ""),
    ],
)
def test_the_theme_is_known_by_name_or_set(subject, sets, theme):
    assert of(subject=subject, sets=sets)["theme"] == theme


def test_keywords_become_tags_without_what_fields_say():
    values = of(subject=["安全健康", "老年人", "八段锦", "八段锦", "", "长" * 50])
    assert values["tags"] == ["八段锦"]
    assert values["audiences"] == ["older_people"]


def test_long_words_are_cut_to_our_fields():
    values = of(title="书" * 300, description="法" * 900, rights="权" * 900)
    lengths = [len(values[name]) for name in ("title", "summary", "rights")]
    assert lengths == [120, 200, 300]


def test_the_text_in_its_own_language_is_taken():
    metadata = ElementTree.fromstring(
        dc(title="x", language="zh").replace(
            "<dc:title>x</dc:title>",
            '<dc:title xml:lang="en">Calligraphy</dc:title>'
            '<dc:title xml:lang="zh">书法</dc:title>',
        )
    )
    received = Received("oai:edu.example:1", None, [], False, metadata)
    assert mapped(received)["title"] == "书法"
