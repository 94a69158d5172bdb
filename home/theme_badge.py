"""A theme as every list, page and filter shows it."""

from dataclasses import dataclass

from home.vocabulary import Theme


@dataclass(frozen=True)
class ThemeBadge:
    """What components/theme_badge.html shows."""

    slug: str
    mark: str
    label: str


def theme_badge(value: str) -> ThemeBadge | None:
    """The badge of a theme by its value; None for no theme."""
    if value not in Theme.values:
        return None
    theme = Theme(value)
    return ThemeBadge(theme.value, theme.mark, str(theme.label))
