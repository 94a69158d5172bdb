"""Refuses a PostgreSQL whose C locale breaks Chinese text functions."""

from django.core.exceptions import ImproperlyConfigured

UNFIT = ("C", "POSIX")


def refuse_unfit_locale(sender, connection, **kwargs) -> None:
    """A receiver of `connection_created`.

    Raises ImproperlyConfigured where `lc_ctype` is C or POSIX: pg_trgm then finds
    nothing in Chinese, and full-width punctuation glues words together.
    """
    if connection.vendor != "postgresql":
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
