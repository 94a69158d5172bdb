from wagtail import hooks
from wagtail.snippets.models import register_snippet

from courses_catalog.bulk.hooks import addresses
from courses_catalog.oai.members import AllianceMemberViewSet
from courses_catalog.viewsets import CatalogueViewSetGroup

register_snippet(CatalogueViewSetGroup)


@hooks.register("register_admin_urls")
def register_bulk_urls():
    return addresses()


@hooks.register("register_admin_viewset")
def alliance_members():
    return AllianceMemberViewSet()
