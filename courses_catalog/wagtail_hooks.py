from wagtail.snippets.models import register_snippet

from courses_catalog.viewsets import CatalogueViewSetGroup

register_snippet(CatalogueViewSetGroup)
