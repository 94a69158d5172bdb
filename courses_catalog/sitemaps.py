"""The courses of the catalogue, for search engines."""

from courses_catalog.models import Course
from home.sitemaps import UnderOurHost


class CoursesSitemap(UnderOurHost):
    """Every public course once, under its first address."""

    limit = 5000

    def items(self):
        return Course.objects.public().order_by("pk")

    def lastmod(self, item: Course):
        return item.last_published_at
