"""Records as lines of a list: the contract of courses_catalog/course_row.html."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses_catalog.media import icon_of, minutes_of
from courses_catalog.models import Course, Resource, Series, Teacher
from courses_catalog.vocabulary import TeacherOrigin
from home.languages import foreign
from home.theme_badge import ThemeBadge, theme_badge

ICONS = {Course: "book", Series: "list", Teacher: "person"}


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
    icon: str = "book"
    minutes: str = ""


def lines(records: Iterable, language: str) -> list[CourseLine]:
    """In the order of `records`, which come with their owner node and locale."""
    return [_line(record, language) for record in records]


def _line(record, language: str) -> CourseLine:
    is_resource = isinstance(record, Resource)
    return CourseLine(
        kind=kind_of(record),
        url=record.get_absolute_url(),
        title=record.title,
        language=foreign(record.locale.language_code, language),
        theme=theme_badge(record.theme),
        summary=record.summary,
        owner=record.owner_node.title,
        icon=icon_of(record.kind) if is_resource else ICONS[type(record)],
        minutes=minutes_of(record) if is_resource else "",
    )


def kind_of(record) -> str:
    """What it is, as exactly as is known: 视频, 名师好课, 能者为师."""
    if isinstance(record, Resource):
        return record.get_kind_display()
    if isinstance(record, Series) and record.award:
        return record.get_award_display()
    if isinstance(record, Teacher) and record.origin == TeacherOrigin.NOMINATED:
        return record.get_origin_display()
    return str(record._meta.verbose_name)
