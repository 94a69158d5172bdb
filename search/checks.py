"""What is wrong with the settings of search, said before a reader meets it."""

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured


@register()
def search_address_is_known(app_configs, **kwargs) -> list[Error]:
    if settings.SEARCH_URL.startswith("database://"):
        return []
    # a client of some size, which a site that searches its database never needs
    from search.engines.cluster import cluster

    try:
        cluster(settings.SEARCH_URL)
    except ImproperlyConfigured as error:
        return [Error(str(error), id="search.E001")]
    return []
