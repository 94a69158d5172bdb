"""A member of the alliance that rests, and what came from it while it was active."""

from pathlib import Path

from courses_catalog.harvesting.answers import read_page
from courses_catalog.harvesting.keeping import keep
from courses_catalog.models import AllianceMember
from home.models import NetworkNodePage

PAGE = Path(__file__).with_name("alliance.xml")


def load() -> None:
    """Three records wait for somebody to pick from them."""
    member = AllianceMember.objects.create(
        name="赣鄱终身学习网（演示）",
        is_active=False,
        harvest_url="https://xuexi.example.org/oai",
        harvest_node=NetworkNodePage.objects.originals().order_by("path").first(),
    )
    keep(member, read_page(PAGE.read_bytes()).records)
