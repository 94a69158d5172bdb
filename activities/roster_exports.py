"""The roster as a file that opens in Excel and WPS, and runs nothing there."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from openpyxl import Workbook

from activities.roster import RosterRow

# A cell that begins so is a formula to a spreadsheet (OWASP: CSV injection).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Without it Excel takes the file for GBK and shows Chinese as noise.
BOM = "\ufeff"


def header() -> list[str]:
    return [
        _("序号"),
        _("姓名"),
        _("年龄"),
        _("电话"),
        _("状态"),
        _("怎么报的"),
        _("谁报的"),
        _("报名时间"),
        _("确认的家人"),
    ]


def as_csv(rows: Iterable[RosterRow]) -> bytes:
    """UTF-8 with a byte-order mark, lines ended as RFC 4180 says."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header())
    writer.writerows(_cells(row) for row in rows)
    return (BOM + out.getvalue()).encode()


def as_xlsx(rows: Iterable[RosterRow]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("名单"))
    sheet.append(header())
    for row in rows:
        sheet.append(_cells(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe(value) -> str:
    """Text a spreadsheet takes for text: an apostrophe before what it would run.

    Control characters, which no spreadsheet file may hold, are left out.
    """
    text = str(value if value is not None else "")
    if text.lstrip(" ").startswith(DANGEROUS):
        text = f"'{text}"
    return "".join(letter for letter in text if letter.isprintable() or letter == "\t")


def _cells(row: RosterRow) -> list[str]:
    return [
        safe(value)
        for value in (
            row.number,
            row.name,
            row.age,
            row.phone,
            row.status,
            row.channel,
            row.acted_by,
            row.created_at,
            row.consented_by,
        )
    ]
