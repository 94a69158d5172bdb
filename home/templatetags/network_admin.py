"""What the admin's own pages say about places."""

from django import template
from wagtail.models import Page

from home.visibility import why_not_moved_to

register = template.Library()


@register.simple_tag
def why_not_moved(page: Page, destination: Page) -> str:
    """The sentence that keeps `page` from going below `destination`; "" for rights."""
    return why_not_moved_to(page, destination) if destination else ""
