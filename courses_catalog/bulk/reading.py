"""A csv or xlsx file as rows of text, however it was made. Raises `Unreadable`."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from courses_catalog.bulk.columns import OF, Column
from home.spreadsheets import unsafe

MOST_BYTES = 50 * 1024 * 1024
# what a small compressed file may become
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_ROWS = 200_000
ZIP = b"PK\x03\x04"
Row = tuple[int, dict[str, str]]


class Unreadable(Exception):
    """The file as a whole cannot be used; says why and what to do."""


def rows(file, kind: str) -> Iterator[Row]:
    """The number of each row that is not blank, and its cells by column key."""
    file.seek(0)
    begin = file.read(4)
    file.seek(0)
    if not begin:
        raise Unreadable(_("文件是空的。请下载模板，填好再上传。"))
    lines = _of_xlsx(file) if begin == ZIP else _of_csv(file.read())
    numbered = ((n, line) for n, line in enumerate(lines, 1) if any(line))
    first = next(numbered, None)
    if first is None:
        raise Unreadable(_("文件里没有内容。请下载模板，填好再上传。"))
    columns = columns_of(first[1], kind)
    for count, (number, line) in enumerate(numbered, 1):
        if count > MOST_ROWS:
            raise Unreadable(
                _("一个文件最多 %(most)s 行，请分成几个。") % {"most": MOST_ROWS}
            )
        yield number, {c.key: cell for c, cell in zip(columns, line, strict=False) if c}


def columns_of(line: list[str], kind: str) -> list[Column | None]:
    """The column under each header; None where a cell has none and stays empty."""
    known = {}
    for column in OF[kind]:
        known[column.key] = known[str(column.header)] = column
    found = [known.get(header.strip("* ")) for header in line]
    strange = [h for h, c in zip(line, found, strict=True) if h and c is None]
    if strange:
        raise Unreadable(
            _("不认识这些列：%(names)s。请按列说明改列名，或删去这些列。")
            % {"names": "、".join(name[:30] for name in strange[:10])}
        )
    chosen = [column.key for column in found if column]
    twice = {key for key in chosen if chosen.count(key) > 1}
    missing = [c for c in OF[kind] if c.is_required and c.key not in chosen]
    for columns, sentence in (
        ([c for c in OF[kind] if c.key in twice], _("这些列有两次：%(names)s。")),
        (missing, _("缺少必填的列：%(names)s。第一行要写列名。")),
    ):
        if columns:
            names = "、".join(str(column.header) for column in columns)
            raise Unreadable(sentence % {"names": names})
    return found


def _of_csv(content: bytes) -> Iterator[list[str]]:
    words = _decoded(content)
    first = words.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(words, newline=""), delimiter=separator)
        for line in reader:
            yield [_text(cell) for cell in line]
    except csv.Error as error:
        raise Unreadable(_("这不是能读的 csv 表格。请用 Excel 另存一份。")) from error


def _decoded(content: bytes) -> str:
    """UTF-8, else what Excel writes in China."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in words:
            return words
    raise Unreadable(_("这不是表格文件。请上传 xlsx 或 csv。"))


def _of_xlsx(file) -> Iterator[list[str]]:
    book = None
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable(_("文件太大，请分成几个。"))
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong one
        for line in sheet.iter_rows(values_only=True):
            yield [_text(cell) for cell in line]
    except Unreadable:
        raise
    # openpyxl fails in many ways on what only looks like a workbook
    except Exception as error:
        raise Unreadable(
            _("这个 xlsx 文件打不开。请用 Excel 或 WPS 另存一份再上传。")
        ) from error
    finally:
        if book is not None:
            book.close()


def _text(cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    words = str(cell).replace("\r\n", "\n").replace("\0", "")
    return unsafe(words.strip())
