"""Refuses a PostgreSQL whose C locale breaks Chinese text functions."""

from django.core.exceptions import ImproperlyConfigured

UNFIT = ("C", "POSIX")
_ADDRESS = ("HOST", "PORT", "NAME")
_fit: set[tuple[str, str, str]] = set()


def refuse_unfit_locale(sender, connection, **kwargs) -> None:
    """A receiver of `connection_created`, which a pool sends with every request.

    Raises ImproperlyConfigured where `lc_ctype` is C or POSIX: pg_trgm then finds
    nothing in Chinese, and full-width punctuation glues words together. A database
    once found fit is not asked again by this process: it cannot change it.
    """
    if connection.vendor != "postgresql":
        return
    database = tuple(str(connection.settings_dict[key]) for key in _ADDRESS)
    if database in _fit:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datctype FROM pg_database WHERE datname = current_database()"
        )
        (ctype,) = cursor.fetchone()
    if ctype in UNFIT:
        raise ImproperlyConfigured(
            f"This database has lc_ctype={ctype}; create it with C.UTF-8, "
            "zh_CN.UTF-8 or another UTF-8 locale."
        )
    _fit.add(database)
