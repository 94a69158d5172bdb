"""A cluster of three nodes, of which one is killed."""

import time

import pytest

from search import engines, outbox, rebuild, tasks
from search.models import OutboxEntry
from tests.factories import ActivityPageFactory, small_network
from tests.opensearch_node import cluster_of_three
from tests.search.conftest import query

pytestmark = pytest.mark.django_db
# what waits is sent again every minute; a cluster chooses its manager sooner
PATIENCE_SECONDS = 60


@pytest.fixture
def nodes(tmp_path, settings):
    with cluster_of_three(tmp_path) as nodes:
        hosts = ",".join(node.address for node in nodes)
        settings.SEARCH_URL = f"opensearch://{hosts}/site"
        yield nodes


def published(**fields):
    activity = ActivityPageFactory(**fields)
    activity.save_revision().publish()
    return activity


def found(typed: str) -> set[str]:
    return {hit.title for hit in engines.current().search(query(typed)).hits}


def test_readers_and_editors_go_on_when_the_managing_node_is_killed(nodes, client):
    net = small_network()
    published(parent=net.village, title="书法班")
    rebuild.rebuild()
    engine = engines.current()
    health = engine._client.cluster.health(wait_for_status="green", timeout="30s")
    assert (health["number_of_nodes"], health["active_shards"]) == (3, 2)

    nodes[0].kill()
    answers = [client.get("/search/", {"q": f"书法 {n}"}).status_code for n in range(9)]
    assert set(answers) == {200}
    assert found("书法") == {"书法班"}

    published(parent=net.village, title="书法提高班")
    until = time.monotonic() + PATIENCE_SECONDS
    while OutboxEntry.objects.pending().exists() and time.monotonic() < until:
        tasks.catch_up()
    assert found("书法") == {"书法班", "书法提高班"}
    assert outbox.drain() == 0
    assert engine.count() == 10
