"""The teachers of an activity that are in the catalogue's list."""

from django.utils.translation import get_language

from courses_catalog.models import Teacher


def listed_in(stream) -> set[int]:
    """Primary keys of the teachers chosen in the value of `ActivityPage.teachers`."""
    chosen = [block.value.get("listed") for block in stream or ()]
    return {teacher.pk for teacher in chosen if teacher is not None}


def teachers_of(page) -> list[dict]:
    """`name` and `introduction` as the page says them, `url` of the public ones.

    At most two queries, none where nobody was chosen from the list.
    """
    urls = _urls(listed_in(page.teachers))
    return [
        {
            "name": block.value["name"],
            "introduction": block.value["introduction"],
            "url": urls.get(getattr(block.value.get("listed"), "pk", None), ""),
        }
        for block in page.teachers
    ]


def _urls(pks: set[int]) -> dict[int, str]:
    """The page of each in the reader's language, of those everybody may see."""
    if not pks:
        return {}
    shown = Teacher.objects.shown_in(get_language())
    versions = Teacher.objects.filter(
        pk__in=pks, translation_key__in=shown.values("translation_key")
    )
    return {teacher.pk: teacher.get_absolute_url() for teacher in versions}
