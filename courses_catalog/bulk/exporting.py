"""Records as a file that an import reads back; the template is one without rows."""

import csv
import io
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook

from courses_catalog.bulk.columns import OF, OWNER
from courses_catalog.bulk.planning import TAGS
from home.network import names_of
from home.spreadsheets import BOM, safe

CHUNK = 500
Line = list[str]


def template(kind: str) -> list[Line]:
    """The headers and one row that shows how."""
    return [headers(kind), [safe(column.example) for column in OF[kind]]]


def headers(kind: str) -> Line:
    """In the site's language whatever the editor's: the worker reads them in it."""
    with translation.override(settings.LANGUAGE_CODE):
        return [str(column.header) for column in OF[kind]]


def lines(records, kind: str) -> Iterator[Line]:
    """The headers and a line for each of the queryset `records`."""
    yield headers(kind)
    found = records.order_by("pk").select_related("owner_node")
    names: dict[str, str] = {}
    for record in found.prefetch_related("tagged_items__tag").iterator(CHUNK):
        path = record.owner_node.path
        if path not in names:
            full = names_of([path]).get(path, "")
            names[path] = record.owner_node.division_code or full
        yield [_cell(record, column, names[path]) for column in OF[kind]]


def _cell(record, column, place: str) -> str:
    if column is OWNER:
        return safe(place)
    value = record.tag_names if column.key == TAGS else getattr(record, column.key)
    if value is None or value == "":
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        return safe(column.show(value), keeps_lines=True)


def as_csv(rows: Iterable[Line]) -> Iterator[bytes]:
    yield BOM.encode()
    for row in rows:
        out = io.StringIO(newline="")
        csv.writer(out).writerow(row)
        yield out.getvalue().encode()


def as_xlsx(rows: Iterable[Line]) -> Iterator[bytes]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("课程目录"))
    for row in rows:
        sheet.append(row)
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        yield from iter(lambda: file.read(1 << 16), b"")


def errors(found: Iterable[list]) -> Iterator[Line]:
    """What an import found wrong, as lines of a file."""
    yield [_("行"), _("列"), _("原因和办法")]
    for row, column, reason in found:
        yield [str(row), safe(column), safe(reason)]
