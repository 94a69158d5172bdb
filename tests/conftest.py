"""The suite's database: PostgreSQL or SQLite, chosen by --database."""

import os

import pytest

from tests import services
from tests.opensearch_node import opensearch

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the server the suite runs on",
    )


def pytest_configure(config):
    for line in (
        "browser: needs a real Chromium",
        "postgresql: runs on PostgreSQL only, because it proves something about it",
    ):
        config.addinivalue_line("markers", line)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    if config.getoption("dist") != "loadgroup":
        return None
    from tests.distribution import ByServer

    return ByServer(config, log)


def pytest_collection_modifyitems(config, items):
    if config.getoption("--database") == "postgresql":
        return
    other = pytest.mark.skip(
        reason="proved in the PostgreSQL run: --database postgresql"
    )
    for item in items:
        if "postgresql" in item.keywords:
            item.add_marker(other)


@pytest.fixture(autouse=True)
def default_language():
    """A request in English leaves its language to the thread, and to the next test."""
    from django.conf import settings
    from django.utils import translation

    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    """Rolled-back tests use the same content version again: no page outlives one."""
    from django.core.cache import caches

    for alias in caches:
        caches[alias].clear()


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory):
    """The address of a PostgreSQL 15 of this test process, with nothing in it."""
    with services.postgresql(tmp_path_factory.mktemp("pg")) as url:
        yield url


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory):
    """The address of an empty Redis of this test process."""
    with services.redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(scope="session")
def opensearch_node(tmp_path_factory):
    """The one OpenSearch of the suite: tests that ask for it form one xdist group."""
    with opensearch(tmp_path_factory.mktemp("os")) as node:
        yield node


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request):
    if request.config.getoption("--database") == "postgresql":
        _point_django_at(request.getfixturevalue("postgresql_url"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tells every later connection what a fresh database holds.

    Playwright leaves an event loop running in its thread, where Django opens
    another connection than the one that was asked to remember it.
    """
    from django.db import connections

    with django_db_blocker.unblock():
        first = connections["default"]
    if fresh := getattr(first, "_test_serialized_contents", None):
        type(first)._test_serialized_contents = fresh


def _point_django_at(url: str) -> None:
    from django.conf import settings
    from django.db import connections
    from wagtail.search.models import SQLiteFTSIndexEntry

    from config.databases import database_from_url

    # declared because Django was set up for SQLite: it has no table over there
    SQLiteFTSIndexEntry._meta.required_db_vendor = "sqlite"
    chosen = {**connections["default"].settings_dict, **database_from_url(url)}
    # threads of the race tests each hold one connection
    chosen["OPTIONS"] = {}
    settings.DATABASES["default"] = chosen
    connections.settings["default"] = chosen
    del connections["default"]
