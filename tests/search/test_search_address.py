"""SEARCH_URL, read."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from search.checks import search_address_is_known
from search.engines.cluster import cluster


@pytest.mark.parametrize(
    ("address", "hosts", "prefix"),
    [
        ("opensearch://one", ["http://one:9200"], "shexue"),
        ("opensearch://one:9201/", ["http://one:9201"], "shexue"),
        ("elasticsearch://one/city-2", ["http://one:9200"], "city-2"),
        (
            "opensearch+https://one,two:443/x",
            ["https://one:9200", "https://two:443"],
            "x",
        ),
        ("elasticsearch+https://me:p%40ss@one/x", ["https://one:9200"], "x"),
    ],
)
def test_an_address_names_hosts_and_a_prefix(address, hosts, prefix):
    found = cluster(address)
    nodes = [node.base_url for node in found.client.transport.node_pool.all()]

    assert (sorted(nodes), found.prefix) == (hosts, prefix)


def test_one_process_has_one_pool_for_two_prefixes():
    assert cluster("opensearch://a/x").client is cluster("opensearch://a/y").client


@pytest.mark.parametrize(
    "address",
    [
        "solr://one/x",
        "opensearch:one",
        "opensearch://",
        "opensearch://one/Upper",
        "opensearch://one/a/b",
        "opensearch://one/_x",
        "",
    ],
)
def test_what_is_no_address_is_refused_and_told_by_the_check(address, settings):
    settings.SEARCH_URL = address

    with pytest.raises(ImproperlyConfigured, match="expected database:// or"):
        cluster(address)
    assert [error.id for error in search_address_is_known(None)] == ["search.E001"]


def test_a_password_is_repeated_nowhere(settings):
    settings.SEARCH_URL = "opensearch://me:secret@one/a/b"

    assert "secret" not in str(search_address_is_known(None))


@pytest.mark.parametrize("address", ["database://", "opensearch://one:9200/x"])
def test_a_known_address_passes(address, settings):
    settings.SEARCH_URL = address

    assert search_address_is_known(None) == []
