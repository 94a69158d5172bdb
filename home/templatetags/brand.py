"""Whose admin it is; its pages are rendered without `context_processors.site`."""

from django import template

from home import site_names

register = template.Library()


@register.simple_tag
def site_name() -> str:
    return site_names.site_name()
