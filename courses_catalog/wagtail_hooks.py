from wagtail import hooks
from wagtail.snippets.models import register_snippet

from courses_catalog.bulk import hooks as bulk
from courses_catalog.harvesting import hooks as harvesting
from courses_catalog.loans import hooks as loans
from courses_catalog.nominations import hooks as nominations
from courses_catalog.nominations import places_kept  # noqa: F401 - it registers
from courses_catalog.oai.members import AllianceMemberViewSet
from courses_catalog.start_page import WaitingPanel
from courses_catalog.upkeep import reports
from courses_catalog.viewsets import CatalogueViewSetGroup

register_snippet(CatalogueViewSetGroup)


@hooks.register("register_admin_urls")
def register_bulk_urls():
    return [*bulk.addresses(), *harvesting.addresses(), *reports.addresses()]


def _add_item(item) -> None:
    hooks.register("register_reports_menu_item", lambda: item)


for _item in reports.menu_items():
    _add_item(_item)


@hooks.register("register_admin_urls")
def register_urls_of_teachers():
    return [*nominations.addresses(), *loans.addresses()]


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    panels.append(WaitingPanel())


@hooks.register("register_admin_viewset")
def alliance_members():
    return AllianceMemberViewSet()
