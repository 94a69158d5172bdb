"""Chinese words in English pages are marked, and Chinese pages stay as they are."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import translation

from home.language_of_parts import mark_chinese, marked


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Home</p>", "<p>Home</p>"),
        ("<p>濂溪区</p>", '<p><bdi lang="zh-Hans">濂溪区</bdi></p>'),
        (
            "<p>濂溪区 · 十里街道 203教室</p>",
            '<p><bdi lang="zh-Hans">濂溪区 · 十里街道 203教室</bdi></p>',
        ),
        (
            "<a>See 濂溪区 now</a>",
            '<a><bdi>See <bdi lang="zh-Hans">濂溪区</bdi> now</bdi></a>',
        ),
        (
            "<p>濂溪 or 浔阳</p>",
            '<p><bdi><bdi lang="zh-Hans">濂溪</bdi> or '
            '<bdi lang="zh-Hans">浔阳</bdi></bdi></p>',
        ),
        (
            "<p>书法&amp;国画</p>",
            '<p><bdi><bdi lang="zh-Hans">书法</bdi>&amp;'
            '<bdi lang="zh-Hans">国画</bdi></bdi></p>',
        ),
        (
            '<option value="5">濂溪区</option>',
            '<option lang="zh-Hans" value="5">濂溪区</option>',
        ),
        ("<option>All</option>", "<option>All</option>"),
        (
            '<option lang="zh-Hans">濂溪区</option>',
            '<option lang="zh-Hans">濂溪区</option>',
        ),
        ('<a lang="zh-Hans">书法</a>', '<a lang="zh-Hans">书法</a>'),
        ("<title>书法</title>", "<title>书法</title>"),
        ("<textarea>书法</textarea>", "<textarea>书法</textarea>"),
        ("<script>'书法'</script>", "<script>'书法'</script>"),
        ('<input value="书法">', '<input value="书法">'),
        ("<!-- 书法 -->", "<!-- 书法 -->"),
        ('<option value="书">All</option>', '<option value="书">All</option>'),
    ],
)
def test_runs_of_chinese_are_marked_in_texts_and_nowhere_else(page, expected):
    assert marked(page) == expected


def answer_to(rf, response, *, language="en", path="/en/"):
    with translation.override(language):
        return mark_chinese(lambda request: response)(rf.get(path))


def test_an_english_page_is_marked(rf):
    response = answer_to(rf, HttpResponse("<p>书法</p>"))
    assert response.content.decode() == '<p><bdi lang="zh-Hans">书法</bdi></p>'


def test_a_page_that_is_not_rendered_yet_is_rendered_and_marked(rf):
    response = SimpleTemplateResponse("components/read_aloud.html", {})
    assert answer_to(rf, response).is_rendered


@pytest.mark.parametrize(
    ("response", "asked"),
    [
        (HttpResponse("<p>书法</p>"), {"language": "zh-hans", "path": "/"}),
        (HttpResponse("<p>书法</p>"), {"path": "/admin/"}),
        (HttpResponse("书法", content_type="text/calendar"), {}),
    ],
    ids=["Chinese page", "admin", "no page"],
)
def test_other_answers_stay_as_they_are(rf, response, asked):
    before = response.content
    assert answer_to(rf, response, **asked).content == before


def test_a_stream_is_not_read(rf):
    response = StreamingHttpResponse(["<p>书法</p>"])
    assert list(answer_to(rf, response)) == ["<p>书法</p>".encode()]


@pytest.mark.parametrize(
    ("path", "name"), [("/en/privacy/", "Shexue Jiujiang"), ("/privacy/", "社学 九江")]
)
@pytest.mark.django_db
def test_site_and_city_have_a_name_in_each_language(client, path, name):
    assert name in client.get(path).content.decode()
