"""The text of a document: what is written on its public page, without markup."""

from collections.abc import Iterable

from django.utils import translation

from home.levels import Level
from home.vocabulary import Audience, Theme


def joined(parts: Iterable) -> str:
    return "\n".join(str(part) for part in parts if part)


def node_text(page, titles: str, place: str) -> str:
    """Of a place: what it is called, where it is, what it has."""
    with translation.override(page.locale.language_code):
        level = Level(page.level).label
        return joined(
            [titles, page.short_name, level, place, page.address, page.facilities]
        )


def activity_text(page, titles: str, place: str) -> str:
    """Of an activity: all of its page but dates and the join link."""
    with translation.override(page.locale.language_code):
        return joined(
            [
                titles,
                page.summary,
                page.get_kind_display(),
                vocabulary_text(page),
                place,
                page.venue,
                page.address,
                *stream_text(page.teachers),
                *stream_text(page.body),
            ]
        )


def record_text(record, titles: str, place: str, *more: str) -> str:
    """Of what the catalogue keeps: what it is about, from whom, and `more`."""
    with translation.override(record.locale.language_code):
        return joined(
            [
                titles,
                record.summary,
                vocabulary_text(record),
                place,
                record.contributor,
                record.identifier,
                *more,
            ]
        )


def course_text(course, titles: str, place: str) -> str:
    return record_text(course, titles, place, course.syllabus)


def resource_text(resource, titles: str, place: str) -> str:
    with translation.override(resource.locale.language_code):
        kind = str(resource.get_kind_display())
    return record_text(resource, titles, place, kind, resource.isbn, resource.text)


def teacher_text(teacher, titles: str, place: str) -> str:
    return record_text(teacher, titles, place, teacher.introduction)


def vocabulary_text(instance) -> str:
    """Theme, audiences and tags, in the words of the active language."""
    labels = dict(Audience.choices)
    audiences = (labels[value] for value in instance.audiences if value in labels)
    tags = (item.tag.name for item in instance.tagged_items.all())
    return joined([theme_text(instance.theme), *audiences, *tags])


def theme_text(value: str) -> str:
    return str(Theme(value).label) if value in Theme.values else ""


def stream_text(stream) -> list[str]:
    return [str(part) for part in stream.stream_block.get_searchable_content(stream)]
