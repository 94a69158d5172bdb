"""What the site and its city are called, in the language of the reader."""

from django.conf import settings
from django.utils.translation import get_language


def site_name() -> str:
    return settings.SITE_NAME_EN if get_language() == "en" else settings.SITE_NAME


def city_name() -> str:
    return settings.CITY_NAME_EN if get_language() == "en" else settings.CITY_NAME
