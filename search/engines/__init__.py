"""The engine in use, chosen by SEARCH_URL."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.engines.base import SearchEngine
from search.engines.postgresql import PostgresqlEngine
from search.engines.sqlite import SqliteEngine

BY_VENDOR = {"sqlite": SqliteEngine, "postgresql": PostgresqlEngine}


def current() -> SearchEngine:
    """The engine that answers now; costs one query at its first use.

    Raises ImproperlyConfigured for an address nobody serves.
    """
    scheme = settings.SEARCH_URL.partition("://")[0]
    if scheme != "database":
        raise ImproperlyConfigured(
            f"SEARCH_URL={settings.SEARCH_URL}: only database:// is known."
        )
    return BY_VENDOR[connection.vendor]()
