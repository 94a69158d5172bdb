"""What only a search cluster, with no part in the transaction, can do wrong."""

import pytest

from home.models import ContentVersion
from search import engines
from search.engines.base import EngineUnavailable
from tests.search.conftest import document

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("engine_in_use", ["opensearch"], indirect=True),
]


def test_a_write_that_arrives_late_changes_nothing(engine, titles_found):
    for _change in range(3):
        ContentVersion.grow()
    engine.index([document(1, "书法提高班")])
    ContentVersion.objects.update(number=1)
    engine.index([document(1, "书法班")])

    assert titles_found("书法") == ["书法提高班"]


def test_an_index_without_documents_finds_nothing(engine, titles_found):
    assert (engine.count(), engine.slot, titles_found("书法")) == (0, "", [])
    assert engine.suggest("shufa", "zh-hans", 8) == []
    engine.delete(["course:1"])


def test_what_the_server_refuses_is_not_taken_for_done(engine, monkeypatch):
    wrong = {"title": "书法班", "unheard_of": 1}
    monkeypatch.setattr("search.engines.elastic.source_of", lambda document: wrong)

    with pytest.raises(EngineUnavailable, match="1 refused"):
        engine.index([document(1, "书法班")])


def test_a_replaced_document_is_missing_at_no_moment(engine, titles_found):
    engine.index([document(1, "书法班")])
    engines.current().delete(["course:1"])

    assert titles_found("书法") == ["书法班"]
    engines.current().index([document(1, "书法提高班")])
    assert titles_found("书法") == ["书法提高班"]


def test_only_the_index_before_is_kept(engine):
    for _time in range(4):
        other = engines.current().beside()
        engines.current().swap(other)

    assert len(engine._client.indices.get(index=f"{engine._prefix}-*")) == 3
    engines.current().beside()
    assert len(engine._client.indices.get(index=f"{engine._prefix}-*")) == 3
    assert engine.slot == other.slot


def test_a_node_killed_and_started_again_has_lost_nothing(
    engine, opensearch_node, titles_found, client
):
    engine.index([document(1, "书法班")])
    opensearch_node.kill()
    assert client.get("/search/", {"q": "书法"}).status_code == 503

    opensearch_node.start()
    assert titles_found("书法") == ["书法班"]
