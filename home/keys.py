"""Keys in addresses."""

from django.urls import register_converter
from django.urls.converters import IntConverter

# the largest that every database's own number still holds
MOST = 10**18 - 1


class KeyConverter(IntConverter):
    """`<key:pk>`: no longer than a key can be, databases fail on more."""

    regex = "[0-9]{1,18}"


def register() -> None:
    """Before any address is read."""
    register_converter(KeyConverter, "key")
