"""What search engines are told of a record: schema.org, as JSON-LD.

A data block is no script, so the content policy has nothing to say about it.
"""

from django.conf import settings

from courses_catalog.media import medium
from courses_catalog.models import Resource
from courses_catalog.related import held_by
from courses_catalog.vocabulary import LearningLevel, Licence
from home.templatetags.look import bcp47

CONTEXT = "https://schema.org"


def address_of(record) -> str:
    """With host; empty for what is not saved yet."""
    return _absolute(record.get_absolute_url()) if record.pk else ""


def _absolute(address: str) -> str:
    return settings.BASE_URL.rstrip("/") + address


def structured(record, runs=()) -> dict:
    """A `Course` with the `runs` that come, or a `LearningResource`."""
    held = held_by(record)
    is_resource = isinstance(record, Resource)
    known = {
        "@context": CONTEXT,
        "@type": "LearningResource" if is_resource else "Course",
        "name": record.title,
        "description": record.summary or record.title,
        "url": address_of(record),
        "inLanguage": bcp47(record.locale.language_code),
        "educationalLevel": _level(held),
        "keywords": held.tag_names,
        "identifier": held.identifier,
        "license": Licence(held.licence).url if held.licence in Licence else "",
        "isBasedOn": getattr(held, "source_link", ""),
        "provider": {
            "@type": "Organization",
            "name": held.owner_node.title,
            "url": _with_host(held.owner_node.url),
        },
        **(_of_resource(held) if is_resource else _of_course(record, runs)),
    }
    return {name: value for name, value in known.items() if value not in ("", [], None)}


def _level(held) -> str:
    if held.level not in LearningLevel:
        return ""
    return str(LearningLevel(held.level).label)


def _of_course(course, runs) -> dict:
    return {
        "syllabusSections": [
            {"@type": "Syllabus", "name": lesson} for lesson in course.lessons
        ],
        "hasCourseInstance": [
            {
                "@type": "CourseInstance",
                "name": row.title,
                "url": _with_host(row.url),
                "startDate": row.starts_at.isoformat(),
                "endDate": row.ends_at.isoformat(),
                "location": {"@type": "Place", "name": row.place_line},
            }
            for row in runs
        ],
    }


def _of_resource(held) -> dict:
    return {
        "learningResourceType": held.get_kind_display(),
        "isAccessibleForFree": held.is_free,
        "isbn": held.isbn,
        "author": held.contributor and {"@type": "Person", "name": held.contributor},
        "timeRequired": f"PT{held.duration}M" if held.duration else "",
        "sameAs": held.link,
        "encoding": _file(held),
    }


def _file(held) -> dict | str:
    known = medium(held)
    if known.size is None or not held.pk:
        return ""
    return {
        "@type": "MediaObject",
        "contentUrl": _absolute(known.file_url),
        "encodingFormat": known.media_type,
        "contentSize": str(known.size),
    }


def _with_host(address: str) -> str:
    return _absolute(address) if (address or "").startswith("/") else address or ""
