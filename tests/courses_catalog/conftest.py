import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def nothing_left_over():
    """No page and no language of the test before."""
    cache.clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def site_url(live_server):
    """For tests that commit and put back what migrations wrote."""
    return live_server.url
