"""Words of one meaning find each other, on every engine; the table is editable."""

import pytest
from django.test import Client
from django.urls import reverse

from search.models import SynonymGroup
from search.query import read
from search.rebuild import rebuild
from search.synonyms import synonyms
from tests.factories import CourseFactory, UserFactory, small_network
from tests.search.conftest import document, query

pytestmark = pytest.mark.django_db

TITLES = ["防诈骗讲座", "反诈宣传进社区", "防骗小常识", "防火讲座", "智能手机入门"]


def found(engine, typed: str, **fields) -> list[str]:
    return [hit.title for hit in engine.search(query(typed, **fields)).hits]


@pytest.fixture
def filled(engine):
    engine.index([document(n, title) for n, title in enumerate(TITLES)])
    return engine


@pytest.mark.parametrize("typed", ["反诈", "防骗", "防诈骗"])
def test_a_word_finds_what_is_called_by_its_synonyms(filled, typed):
    titles = found(filled, typed, synonyms=synonyms())
    assert set(titles) == set(TITLES[:3])
    assert typed in titles[0]


def test_a_word_within_a_term_is_meant_too(filled):
    also = {"手机": ("电话",), "电话": ("手机",)}
    assert found(filled, "电话入门", synonyms=also) == ["智能手机入门"]


def test_what_is_quoted_is_meant_to_the_letter(filled):
    assert found(filled, '"反诈"', synonyms=synonyms()) == ["反诈宣传进社区"]


def test_an_unknown_word_has_none(filled):
    assert found(filled, "防火", synonyms=synonyms()) == ["防火讲座"]


def test_a_group_is_folded_and_goes_both_ways():
    SynonymGroup.objects.all().delete()
    SynonymGroup.objects.create(words="書法 Ｗriting")
    assert synonyms() == {"书法": ("writing",), "writing": ("书法",)}


def test_a_change_of_the_table_holds_at_the_next_search():
    net = small_network()
    course = CourseFactory(owner_node=net.village, title="剪花")
    rebuild()
    assert course.get_absolute_url() not in _page("窗花艺术")
    SynonymGroup.objects.create(words="窗花艺术 剪花")
    assert course.get_absolute_url() in _page("窗花艺术")


def _page(typed: str) -> str:
    return Client().get("/search/", {"q": typed}).content.decode()


def test_one_word_alone_is_refused_with_a_sentence(client):
    client.force_login(UserFactory(is_superuser=True))
    page = client.post(reverse("synonyms:add"), {"words": "书法"}).content.decode()
    assert "请至少写两个词，中间用空格分开。" in page
    assert 'value="书法"' in page


def test_reading_a_query_knows_no_table():
    assert read("反诈").words == ("反诈",)
