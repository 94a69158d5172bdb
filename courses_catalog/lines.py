"""Courses as lines of a list: the contract of courses_catalog/course_row.html."""

from collections.abc import Iterable
from dataclasses import dataclass

from home.templatetags.look import bcp47
from home.vocabulary import Theme


@dataclass(frozen=True)
class ThemeBadge:
    """What components/theme_badge.html shows."""

    slug: str
    mark: str
    label: str


@dataclass(frozen=True)
class CourseLine:
    """`language` is "" for that of the page."""

    url: str
    title: str
    language: str
    theme: ThemeBadge | None
    summary: str
    owner: str


def theme_badge(value: str) -> ThemeBadge | None:
    """The badge of a theme by its value; None for no theme."""
    if value not in Theme.values:
        return None
    theme = Theme(value)
    return ThemeBadge(theme.value, theme.mark, str(theme.label))


def lines(courses: Iterable, language: str) -> list[CourseLine]:
    """In the order of `courses`, which come from `with_parts()`."""
    return [
        CourseLine(
            url=course.get_absolute_url(),
            title=course.title,
            language=foreign(course.locale.language_code, language),
            theme=theme_badge(course.theme),
            summary=course.summary,
            owner=course.owner_node.title,
        )
        for course in courses
    ]


def foreign(code: str, language: str) -> str:
    """The BCP 47 code to mark text with, empty when it is in the reader's language."""
    return "" if code == language else bcp47(code)
