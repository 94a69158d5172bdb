"""What is searched: one document for each thing in each language it exists in.

Only what anybody may read on the public pages goes in here: live content, no
learner, no draft, no join link.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from activities.models import ActivityPage
from courses_catalog.models import Course, Resource, Series, Teacher
from home.models import NetworkNodePage
from home.network import NAMING, nodes_on_the_way, on_the_way, place_line
from search.document_facts import coming_of, day_of, of_activity, of_place, of_record
from search.document_texts import (
    activity_text,
    course_text,
    joined,
    node_text,
    record_text,
    resource_text,
    teacher_text,
)
from search.facets import Kind, Traits


@dataclass(frozen=True)
class Document:
    """`subject` is the same for all translations of one thing. `languages` are those
    of the readers this document is shown to: a reader finds each subject once."""

    key: str
    subject: str
    kind: str
    object_id: int
    language: str
    languages: tuple[str, ...]
    title: str
    summary: str
    body: str
    place: str
    theme: str
    audiences: tuple[str, ...]
    node_path: str
    days: tuple[str, ...] = ()
    traits: Traits = Traits()
    # the ISO day it was published last, empty where that is not known
    published_on: str = ""
    # what it is called in the other languages: it is found by those titles as well
    other_titles: tuple[str, ...] = ()


class Source(Protocol):
    """One kind of thing that can be found."""

    kind: Kind
    model: type

    def translation_keys(self, path: str = "") -> Iterator:
        """Of everything live, or of what belongs to the subtree at `path`."""

    def documents(self, translation_keys: list) -> list[Document]:
        """The live documents of these; nothing for what is gone."""


def subject_of(instance) -> str | None:
    """The name of what `instance` is about; None for what nobody searches."""
    for kind, source in SOURCES.items():
        if isinstance(instance, source.model):
            return f"{kind}:{instance.translation_key}"
    return None


class Pages:
    """Shared by the sources of page types: the live ones, without aliases."""

    model: type
    kind: Kind
    prefetch: tuple[str, ...] = ()

    def live(self):
        return self.model.objects.live().filter(alias_of=None)

    def translation_keys(self, path: str = "") -> Iterator:
        found = self.live().filter(path__startswith=path)
        return found.values_list("translation_key", flat=True).distinct().iterator()

    def versions(self, translation_keys) -> dict:
        """The live pages by translation key, the original first; a translation is
        public only as long as its original is."""
        found = (
            self.live()
            .filter(translation_key__in=translation_keys)
            .select_related("locale")
            .prefetch_related(*self.prefetch)
            .order_by("pk")
        )
        return {
            key: group
            for key, group in originals_first(found).items()
            if group[0].locale.language_code == settings.LANGUAGE_CODE
        }


class Places(Pages):
    model = NetworkNodePage
    kind = Kind.PLACE

    def documents(self, translation_keys: list) -> list[Document]:
        versions = self.versions(translation_keys)
        nodes = nodes_on_the_way((g[0].path for g in versions.values()), *NAMING)
        return [
            self._document(page, group, nodes)
            for group in versions.values()
            for page in group
        ]

    def _document(self, page, group, nodes) -> Document:
        path = group[0].path
        place = place_line(on_the_way(path, nodes)[:-1])
        return Document(
            **identity(page, group, self.kind),
            summary=page.address,
            body=body_of(page, group, place, node_text),
            place=place,
            theme="",
            audiences=(),
            node_path=path,
            traits=of_place(page, group[0]),
        )


class Activities(Pages):
    model = ActivityPage
    kind = Kind.ACTIVITY
    prefetch = ("tagged_items__tag",)

    def documents(self, translation_keys: list) -> list[Document]:
        versions = self.versions(translation_keys)
        nodes = nodes_on_the_way((g[0].path for g in versions.values()), *NAMING)
        coming = coming_of([group[0].pk for group in versions.values()])
        return [
            self._document(page, group, nodes, coming[group[0].pk])
            for group in versions.values()
            for page in group
        ]

    def _document(self, page, group, nodes, coming) -> Document:
        original = group[0]
        path = original.path[: -original.steplen]
        node = nodes.get(path)
        place = place_line(on_the_way(path, nodes))
        return Document(
            # sessions hang on the original, whatever language it is shown in
            **identity(page, group, self.kind) | {"object_id": original.pk},
            summary=page.summary,
            body=body_of(page, group, place, activity_text),
            place=place,
            theme=original.theme,
            audiences=tuple(original.audiences),
            node_path=path,
            days=coming.days,
            traits=of_activity(page, original, node, coming),
            published_on=day_of(page.last_published_at),
        )


class Records:
    """What the catalogue keeps of one model."""

    def __init__(self, model, kind: Kind, write: Callable):
        self.model, self.kind, self._write = model, kind, write

    def translation_keys(self, path: str = "") -> Iterator:
        found = self.model.objects.public().filter(owner_node__path__startswith=path)
        return found.values_list("translation_key", flat=True).distinct().iterator()

    def documents(self, translation_keys: list) -> list[Document]:
        found = self.model.objects.public().with_parts()
        found = found.filter(translation_key__in=translation_keys).order_by("pk")
        versions = originals_first(found)
        paths = [group[0].owner_node.path for group in versions.values()]
        nodes = nodes_on_the_way(paths, *NAMING)
        return [
            self._document(record, group, nodes)
            for group in versions.values()
            for record in group
        ]

    def _document(self, record, group, nodes) -> Document:
        path = group[0].owner_node.path
        place = place_line(on_the_way(path, nodes))
        return Document(
            **identity(record, group, self.kind),
            summary=record.summary,
            body=body_of(record, group, place, self._write),
            place=place,
            theme=record.theme,
            audiences=tuple(record.audiences),
            node_path=path,
            traits=of_record(record, group[0]),
            published_on=day_of(record.last_published_at or record.created_at),
        )


SOURCES: dict[str, Source] = {
    source.kind: source
    for source in (
        Activities(),
        Records(Course, Kind.COURSE, course_text),
        Records(Resource, Kind.RESOURCE, resource_text),
        Records(Series, Kind.SERIES, record_text),
        Records(Teacher, Kind.TEACHER, teacher_text),
        Places(),
    )
}


def documents_of(subjects: Iterable[str]) -> list[Document]:
    """The documents of these subjects as they are now."""
    keys = defaultdict(list)
    for subject in subjects:
        kind, _colon, translation_key = subject.partition(":")
        keys[kind].append(translation_key)
    return [
        document
        for kind, translation_keys in keys.items()
        for document in SOURCES[kind].documents(translation_keys)
    ]


def all_subjects(path: str = "") -> Iterator[str]:
    """Everything live, or what belongs to the subtree at the tree path `path`."""
    for kind, source in SOURCES.items():
        for key in source.translation_keys(path):
            yield f"{kind}:{key}"


def originals_first(found) -> dict:
    """Grouped by translation key; what is of the default language comes first."""
    groups = defaultdict(list)
    for instance in found:
        groups[instance.translation_key].append(instance)
    for group in groups.values():
        group.sort(key=lambda i: i.locale.language_code != settings.LANGUAGE_CODE)
    return groups


def identity(instance, group, kind) -> dict:
    """The fields of a document that say what it is and who is shown it."""
    language = instance.locale.language_code
    taken = {other.locale.language_code for other in group}
    untranslated = [code for code, _name in settings.LANGUAGES if code not in taken]
    return {
        "key": f"{kind}:{instance.pk}",
        "subject": f"{kind}:{instance.translation_key}",
        "kind": str(kind),
        "object_id": instance.pk,
        "language": language,
        "languages": (language, *(untranslated if instance is group[0] else ())),
        "title": instance.title,
        "other_titles": tuple(other.title for other in others(instance, group)),
    }


def others(instance, group) -> list:
    return [other for other in group if other is not instance]


def body_of(instance, group, place: str, write: Callable) -> str:
    """Its own text, then that of its translations: either language finds it."""
    titles = joined(each.title for each in group)
    rest = (write(other, "", place) for other in others(instance, group))
    return joined([write(instance, titles, place), *rest])
