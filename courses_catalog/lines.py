"""Courses as lines of a list: the contract of courses_catalog/course_row.html."""

from collections.abc import Iterable
from dataclasses import dataclass

from home.languages import foreign
from home.theme_badge import ThemeBadge, theme_badge


@dataclass(frozen=True)
class CourseLine:
    """`kind` in the reader's words; `language` is "" for that of the page."""

    kind: str
    url: str
    title: str
    language: str
    theme: ThemeBadge | None
    summary: str
    owner: str


def lines(courses: Iterable, language: str) -> list[CourseLine]:
    """In the order of `courses`, which come from `with_parts()`."""
    return [
        CourseLine(
            kind=str(course._meta.verbose_name),
            url=course.get_absolute_url(),
            title=course.title,
            language=foreign(course.locale.language_code, language),
            theme=theme_badge(course.theme),
            summary=course.summary,
            owner=course.owner_node.title,
        )
        for course in courses
    ]
