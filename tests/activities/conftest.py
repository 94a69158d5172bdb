import pytest


@pytest.fixture
def site_url(live_server) -> str:
    """The address of the site, served over HTTP with the test's own rows."""
    return live_server.url
