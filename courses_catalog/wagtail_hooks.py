from wagtail.snippets.models import register_snippet

from courses_catalog.viewsets import CourseViewSet

register_snippet(CourseViewSet)
