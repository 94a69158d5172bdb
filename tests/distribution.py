"""Which tests stay together in one process: those that share one costly server.

pytest-xdist 3.8 does not see its own mark `xdist_group` under pytest 9.2, where the
address of a test can no longer be written to; so it is told by the address itself.
"""

import re

from xdist.scheduler import LoadGroupScheduling

GROUPS = {
    "browser": re.compile(r"^tests/browser/"),
    "opensearch": re.compile(
        r"^tests/search/test_search_nodes\.py|\[(?:.*-)?opensearch(?:-.*)?\]$"
    ),
}


def group_of(nodeid: str) -> str | None:
    return next((name for name, told in GROUPS.items() if told.search(nodeid)), None)


class ByServer(LoadGroupScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid) or super()._split_scope(nodeid)
