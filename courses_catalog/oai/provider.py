"""The six verbs: each adds its answer to the envelope."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Min

from courses_catalog.models import AnnouncedKind, AnnouncedRecord
from courses_catalog.oai import dublin_core, lom, provenance
from courses_catalog.oai.arguments import window
from courses_catalog.oai.errors import ProtocolError
from courses_catalog.oai.metadata import told_of
from courses_catalog.oai.resumption import Place, resumed
from courses_catalog.oai.sets import all_sets, in_set, node_specs, shown_series
from courses_catalog.oai.xml import add, stamped

FORMATS = {"oai_dc": dublin_core, "lom": lom}
PAGE = 100
SETS_PAGE = 500
_MOST_DIGITS = 18
_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


def base_url() -> str:
    return f"{settings.BASE_URL.rstrip('/')}/oai"


def _prefix() -> str:
    return f"oai:{urlsplit(settings.BASE_URL).hostname}:"


def is_own(identifier: str) -> bool:
    """Whether it names one of our records, wherever it is read."""
    return identifier.startswith(_prefix())


@dataclass(frozen=True)
class Provider:
    """Answers one harvester: a member of the alliance, or anybody."""

    is_member: bool

    def answer(self, oai, arguments: dict[str, str]) -> None:
        verb = arguments["verb"]
        acts = {
            "Identify": self._identify,
            "ListMetadataFormats": self._formats,
            "ListSets": self._sets,
            "ListIdentifiers": self._list,
            "ListRecords": self._list,
            "GetRecord": self._record,
        }
        acts[verb](oai, arguments)

    @property
    def entries(self):
        announced = AnnouncedRecord.objects.select_related("node")
        return announced if self.is_member else announced.for_everybody()

    def _identify(self, oai, arguments) -> None:
        first = self.entries.aggregate(first=Min("stamp"))["first"]
        said = add(oai, "Identify")
        for name, value in (
            ("repositoryName", settings.SITE_NAME),
            ("baseURL", base_url()),
            ("protocolVersion", "2.0"),
            ("adminEmail", parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
            ("earliestDatestamp", stamped(first or _BEGINNING)),
            ("deletedRecord", "persistent"),
            ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        ):
            add(said, name, value)

    def _formats(self, oai, arguments) -> None:
        if "identifier" in arguments:
            self._entry(arguments["identifier"])
        formats = add(oai, "ListMetadataFormats")
        for prefix, written in FORMATS.items():
            each = add(formats, "metadataFormat")
            add(each, "metadataPrefix", prefix)
            add(each, "schema", written.SCHEMA)
            add(each, "metadataNamespace", written.NAMESPACE)

    def _sets(self, oai, arguments) -> None:
        place = self._place(arguments)
        sets = all_sets(for_member=self.is_member)
        listed = add(oai, "ListSets")
        for spec, name in sets[place.told : place.told + SETS_PAGE]:
            each = add(listed, "set")
            add(each, "setSpec", spec)
            add(each, "setName", name)
        told = place.told + SETS_PAGE
        after = replace(place, told=told) if told < len(sets) else None
        _go_on(listed, place, after, len(sets))

    def _place(self, arguments) -> Place:
        verb = arguments["verb"]
        if token := arguments.get("resumptionToken"):
            return resumed(token, verb)
        if "resumptionToken" in arguments:
            raise ProtocolError("badResumptionToken", "The token is empty.")
        return Place(
            verb=verb,
            prefix=arguments.get("metadataPrefix", ""),
            start=arguments.get("from"),
            until=arguments.get("until"),
            set=arguments.get("set"),
        )

    def _list(self, oai, arguments) -> None:
        place = self._place(arguments)
        _check_format(place.prefix)
        chosen = self._chosen(place)
        page = list(chosen.filter(pk__gt=place.after).order_by("pk")[: PAGE + 1])
        if not page:
            if place.after:
                raise ProtocolError("badResumptionToken", "Nothing is left of it.")
            raise ProtocolError("noRecordsMatch", "Nothing matches.")
        more, page = len(page) > PAGE, page[:PAGE]
        listed = add(oai, place.verb)
        self._write(listed, page, place.prefix, bare=place.verb == "ListIdentifiers")
        told = place.told + len(page)
        after = replace(place, after=page[-1].pk, told=told) if more else None
        _go_on(listed, place, after, chosen.count() if more else told)

    def _chosen(self, place: Place):
        asked = window(place.start, place.until)
        entries = self.entries
        if asked.start:
            entries = entries.filter(stamp__gte=asked.start)
        if asked.end:
            entries = entries.filter(stamp__lt=asked.end)
        if place.set is not None:
            entries = entries.filter(in_set(place.set, for_member=self.is_member))
        return entries

    def _record(self, oai, arguments) -> None:
        _check_format(arguments["metadataPrefix"])
        entry = self._entry(arguments["identifier"])
        self._write(
            add(oai, "GetRecord"), [entry], arguments["metadataPrefix"], bare=False
        )

    def _entry(self, identifier: str) -> AnnouncedRecord:
        kind, _slash, number = identifier.removeprefix(_prefix()).partition("/")
        is_ours = identifier.startswith(_prefix()) and kind in AnnouncedKind
        is_key = number.isascii() and number.isdecimal() and len(number) < _MOST_DIGITS
        if is_ours and is_key and number == str(int(number)):
            entry = self.entries.filter(kind=kind, number=number).first()
            if entry is not None:
                return entry
        raise ProtocolError("idDoesNotExist", "There is no such record.")

    def _write(self, parent, entries, prefix: str, *, bare: bool) -> None:
        """Headers alone where `bare`, else with metadata for all that are there."""
        told = told_of(entries, for_member=self.is_member)
        specs = node_specs({each.node.path for each in entries if each.node})
        numbers = {number for each in entries for number in each.series_numbers}
        series = shown_series(for_member=self.is_member).filter(number__in=numbers)
        shown = set(series.values_list("number", flat=True))
        for entry in entries:
            is_gone = entry.is_gone(for_member=self.is_member) or entry.pk not in told
            record = parent if bare else add(parent, "record")
            header = add(record, "header")
            if is_gone:
                header.set("status", "deleted")
            add(header, "identifier", f"{_prefix()}{entry}")
            add(header, "datestamp", stamped(entry.stamp))
            for spec in _specs(entry, specs, shown):
                add(header, "setSpec", spec)
            if not bare and not is_gone:
                metadata = add(record, "metadata")
                metadata.append(FORMATS[prefix].written(told[entry.pk]))
                if origin := told[entry.pk].origin:
                    add(record, "about").append(provenance.written(origin))


def _specs(entry, nodes: dict, series: set):
    if entry.node:
        yield nodes[entry.node.path]
    yield f"theme:{entry.theme}"
    yield from (f"series:{key}" for key in entry.series_numbers if key in series)


def _check_format(prefix: str) -> None:
    if prefix not in FORMATS:
        raise ProtocolError("cannotDisseminateFormat", "No such metadata format.")


def _go_on(parent, place: Place, after: Place | None, size: int) -> None:
    """Nothing where one page held all; an empty token closes a list of several."""
    if after is None and not place.told:
        return
    token = add(parent, "resumptionToken", after.token() if after else "")
    token.set("completeListSize", str(max(size, place.told)))
    token.set("cursor", str(place.told))
