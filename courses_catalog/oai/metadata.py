"""Records with all that is told of them, a page of a list at a time."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from courses_catalog.media import medium
from courses_catalog.models import (
    AnnouncedKind,
    AnnouncedRecord,
    Course,
    CourseResource,
    HarvestedRecord,
)
from courses_catalog.oai.register import MODELS
from courses_catalog.vocabulary import Licence, ShareScope
from home.vocabulary import Audience


@dataclass(frozen=True)
class Told:
    """A record as harvesters read it: `versions` begins with the original."""

    kind: str
    versions: list
    part_of: list[str] = field(default_factory=list)
    # what it was harvested as, for a record of another platform
    origin: HarvestedRecord | None = None

    @property
    def original(self):
        return self.versions[0]

    @property
    def addresses(self) -> list[str]:
        """Of its page where everybody may read it, and of what it points at."""
        record = self.original
        is_public = record.share_scope == ShareScope.PUBLIC
        page = [_absolute(record.get_absolute_url())] if is_public else []
        return page + ([link] if (link := getattr(record, "link", "")) else [])

    @property
    def source(self) -> str:
        """Where it stands at the platform that made it."""
        return getattr(self.original, "source_link", "")

    @property
    def medium(self):
        """The file of a resource; None for every other record."""
        if self.kind != AnnouncedKind.RESOURCE or not self.original.file:
            return None
        return medium(self.original)

    @property
    def keywords(self) -> list[str]:
        return [self.original.get_theme_display(), *self.original.tag_names]

    @property
    def audiences(self) -> list[str]:
        names = dict(Audience.choices)
        return [str(names[each]) for each in self.original.audiences if each in names]

    @property
    def rights(self) -> str:
        """The address of the licence, or its name where it has none."""
        code = self.original.licence
        if code not in Licence:
            return ""
        return Licence(code).url or str(Licence(code).label)


def _absolute(address: str) -> str:
    return settings.BASE_URL.rstrip("/") + address


def told_of(entries: list[AnnouncedRecord], *, for_member: bool) -> dict:
    """By entry key; what is not shared any more is not in it, whatever the register
    says. The same number of queries for any number of entries."""
    scopes = [ShareScope.PUBLIC, *([ShareScope.ALLIANCE] if for_member else [])]
    by_kind = defaultdict(list)
    for entry in entries:
        by_kind[entry.kind].append(entry)
    told = {}
    for kind, some in by_kind.items():
        versions = _versions(kind, [entry.number for entry in some], scopes)
        parts, origins = _part_of(kind, some), _origins(kind, versions)
        for number, key in ((entry.number, entry.pk) for entry in some):
            if number in versions:
                origin = origins.get(number)
                told[key] = Told(kind, versions[number], parts[number], origin)
    return told


def _versions(kind: str, numbers: list[int], scopes) -> dict[int, list]:
    records = MODELS[kind].objects
    originals = records.filter(pk__in=numbers, live=True, share_scope__in=scopes)
    keys = originals.values("translation_key")
    live = records.filter(live=True, translation_key__in=keys).with_parts()
    by_key = defaultdict(list)
    for version in live.order_by("pk"):
        by_key[version.translation_key].append(version)
    return {versions[0].pk: versions for versions in by_key.values()}


def _origins(kind: str, versions: dict) -> dict[int, HarvestedRecord]:
    """Of those that another platform made."""
    foreign = [
        number for number, found in versions.items() if getattr(found[0], "source", "")
    ]
    if not foreign:
        return {}
    harvested = HarvestedRecord.objects.filter(**{f"{kind}__in": foreign})
    known = harvested.select_related("member").defer("metadata", "values", "taken")
    return {getattr(each, f"{kind}_id"): each for each in known}


def _part_of(kind: str, entries) -> dict[int, list[str]]:
    """Pages of what each belongs to, as far as they are public."""
    whole = defaultdict(list)
    if kind == AnnouncedKind.COURSE:
        from courses_catalog.oai.sets import shown_series

        shown = shown_series(for_member=False).values_list("number", flat=True)
        wanted = {number for entry in entries for number in entry.series_numbers}
        public = set(shown.filter(number__in=wanted))
        for entry in entries:
            for number in entry.series_numbers:
                if number in public:
                    whole[entry.number].append(_page("series", number))
    if kind == AnnouncedKind.RESOURCE:
        holding = CourseResource.objects.filter(
            resource__in=[entry.number for entry in entries],
            course__in=Course.objects.public(),
        )
        pairs = holding.values_list("resource", "course").order_by("course")
        for resource, course in pairs:
            whole[resource].append(_page("course", course))
    return whole


def _page(name: str, pk: int) -> str:
    with override(settings.LANGUAGE_CODE):
        return _absolute(reverse(name, args=[pk]))
