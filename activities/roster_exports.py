"""The roster as a file that opens in Excel and WPS, and runs nothing there."""

import csv
import io
import re
from collections.abc import Iterable
from urllib.parse import quote

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from activities.models import Run
from activities.roster import RosterRow
from activities.slugs import slug_of
from home.network import names_of
from home.spreadsheets import BOM, safe

# What Windows, Android or a header will not have in the name of a file.
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')


def disposition(run: Run, kind: str) -> str:
    """A name that still says what it is in a folder of a hundred: 名单 太极拳 十里….

    RFC 6266: `filename*` for those who read it, pinyin for the others.
    """
    name = names_of([run.node_path]).get(run.node_path, "").replace(" · ", "")
    day = timezone.localdate(run.first_starts_at or timezone.now())
    words = _("名单"), run.activity.title, name, f"{day:%Y-%m-%d}"
    full = " ".join(filter(None, (NOT_IN_NAMES.sub(" ", word) for word in words)))
    full = " ".join(full.split())
    plain = f"roster-{slug_of(f'{run.activity.title} {name}')}-{day:%Y-%m-%d}"
    return (
        f'attachment; filename="{plain}.{kind}"; '
        f"filename*=UTF-8''{quote(full, safe='')}.{kind}"
    )


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
