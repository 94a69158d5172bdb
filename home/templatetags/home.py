"""Small words of the home app's templates."""

from django import template

register = template.Library()


@register.filter
def total_count(items) -> int:
    """The sum of `.count` over a week's days or the five themes."""
    return sum(item.count for item in items)


@register.filter
def trail(node, ancestors) -> list[dict]:
    """`ancestors` and `node` as components/breadcrumb.html wants them."""
    return [{"title": each.short_name, "url": each.url} for each in [*ancestors, node]]


@register.filter
def as_crumb(title) -> list[dict]:
    """The breadcrumb of a page right below the home page."""
    return [{"title": title}]
