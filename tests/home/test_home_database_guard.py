import contextlib
from unittest.mock import MagicMock

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from home.database_guard import refuse_unfit_locale


def connected_to(url: str, name: str):
    """As much of a Django connection as the guard looks at, on a real database."""
    raw = psycopg.connect(url.rsplit("/", 1)[0] + f"/{name}")
    address = {"HOST": "", "PORT": "", "NAME": name}
    connection = MagicMock(vendor="postgresql", settings_dict=address)
    connection.cursor.side_effect = lambda: contextlib.closing(raw.cursor())
    return raw, connection


@pytest.mark.parametrize(
    ("ctype", "is_refused"), [("C", True), ("POSIX", True), ("C.UTF-8", False)]
)
def test_a_c_locale_is_refused(postgresql_url, ctype, is_refused):
    name = "locale_" + ctype.lower().replace(".", "_").replace("-", "_")
    with psycopg.connect(postgresql_url, autocommit=True) as server:
        server.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' "
            f"LC_CTYPE '{ctype}' LC_COLLATE 'C'"
        )
    raw, connection = connected_to(postgresql_url, name)
    with raw:
        expectation = (
            pytest.raises(ImproperlyConfigured, match="lc_ctype")
            if is_refused
            else contextlib.nullcontext()
        )
        with expectation:
            refuse_unfit_locale(None, connection)
    with psycopg.connect(postgresql_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name}")


def test_a_fit_database_is_asked_once_and_an_unfit_one_again(monkeypatch):
    monkeypatch.setattr("home.database_guard._fit", set())
    connection = MagicMock(
        vendor="postgresql", settings_dict={"HOST": "h", "PORT": "", "NAME": "city"}
    )
    cursor = connection.cursor.return_value.__enter__.return_value
    cursor.fetchone.return_value = ("C",)
    for _again in range(2):
        with pytest.raises(ImproperlyConfigured):
            refuse_unfit_locale(None, connection)
    cursor.fetchone.return_value = ("C.UTF-8",)
    for _again in range(2):
        refuse_unfit_locale(None, connection)
    assert cursor.execute.call_count == 3
