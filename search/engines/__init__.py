"""The engine in use, chosen by SEARCH_URL."""

from django.conf import settings
from django.db import connection

from search.engines.base import SearchEngine
from search.engines.postgresql import PostgresqlEngine
from search.engines.sqlite import SqliteEngine

BY_VENDOR = {"sqlite": SqliteEngine, "postgresql": PostgresqlEngine}


def current() -> SearchEngine:
    """The engine that answers now; costs one query at its first use.

    Raises ImproperlyConfigured for an address nobody serves.
    """
    if settings.SEARCH_URL.startswith("database://"):
        return BY_VENDOR[connection.vendor]()
    # a client of some size, which a site that searches its database never needs
    from search.engines.elastic import ElasticEngine

    return ElasticEngine()
