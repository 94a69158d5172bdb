"""The records of the catalogue, for search engines."""

from courses_catalog.models import Course, Resource, Series, Teacher
from home.sitemaps import UnderOurHost


class RecordsSitemap(UnderOurHost):
    """Every public record of one kind once, under its first address."""

    limit = 5000

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.public().order_by("pk")

    def lastmod(self, item):
        return item.last_published_at


# by the word in the address
SITEMAPS = {
    "courses": RecordsSitemap(Course),
    "resources": RecordsSitemap(Resource),
    "series": RecordsSitemap(Series),
    "teachers": RecordsSitemap(Teacher),
}
