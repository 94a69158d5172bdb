"""A DATABASE_URL becomes Django's settings, with the options measured here."""

import dj_database_url

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000"
)


def database_from_url(url: str) -> dict:
    """Django's DATABASES entry for `url`.

    SQLite takes its write lock at the start of a transaction (IMMEDIATE), so no
    reader is refused half-way when it begins to write; PostgreSQL gets a pool of at
    most four connections a process, because one contended row collapses with many.
    """
    config = dict(dj_database_url.parse(url))
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        }
    else:
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": 4, "timeout": 30},
        }
        config["CONN_HEALTH_CHECKS"] = True
    return config
