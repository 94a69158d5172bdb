"""Tests that share a server run in one process."""

import pytest

from tests.distribution import group_of


@pytest.mark.parametrize(
    ("nodeid", "group"),
    [
        ("tests/browser/test_look.py::test_x[zh-390]", "browser"),
        ("tests/search/test_page.py::test_x[opensearch]", "opensearch"),
        ("tests/search/test_page.py::test_x[opensearch-q=书]", "opensearch"),
        ("tests/search/test_page.py::test_x[书-opensearch]", "opensearch"),
        ("tests/search/test_page.py::test_x[database]", None),
        ("tests/search/test_opensearch.py::test_x", None),
    ],
)
def test_the_address_of_a_test_tells_its_server(nodeid, group):
    assert group_of(nodeid) == group
