"""Reads a list of divisions (CSV) and says everything that is wrong with it at once.

Columns: code12, level (city, county, township, village), name, parent12. UTF-8, or
the GB 18030 that a Chinese Excel writes.
"""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from home.levels import Level

COLUMNS = ("code12", "level", "name", "parent12")
LEVELS = {
    "city": Level.CITY_CENTRE,
    "county": Level.COUNTY_COLLEGE,
    "township": Level.TOWNSHIP_SCHOOL,
    "village": Level.TEACHING_POINT,
}
LONGEST_NAME = 40


@dataclass(frozen=True)
class Division:
    line: int  # of the file, the header being line 1
    code: str
    level: Level
    name: str
    parent_code: str


@dataclass(frozen=True)
class BadRow:
    line: int
    reason: str

    def __str__(self) -> str:
        return _("第 %(line)s 行：%(reason)s") % {
            "line": self.line,
            "reason": self.reason,
        }


@dataclass
class DivisionFile:
    divisions: list[Division] = field(default_factory=list)
    bad_rows: list[BadRow] = field(default_factory=list)

    def refuse(self, line: int, reason: str) -> None:
        self.bad_rows.append(BadRow(line, reason))


def read(path: Path) -> DivisionFile:
    """The rows of the file at `path`, checked each for itself and by its code."""
    return parse(_decoded(path.read_bytes()))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def parse(text: str) -> DivisionFile:
    """As `read`, of the file's text."""
    result = DivisionFile()
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        result.refuse(1, _("缺少这些列：%(names)s") % {"names": _("、").join(missing)})
        return result
    lines: dict[str, int] = {}
    for row in reader:
        cells = {name: (row[name] or "").strip() for name in COLUMNS}
        if any(cells.values()):
            _take(cells, reader.line_num, lines, result)
    return result


def _take(cells: dict, line: int, lines: dict[str, int], result: DivisionFile) -> None:
    reasons = list(_faults(cells))
    code = cells["code12"]
    if code in lines:
        reasons.append(_("代码和第 %(line)s 行的相同。") % {"line": lines[code]})
    lines.setdefault(code, line)
    for reason in reasons:
        result.refuse(line, reason)
    if not reasons:
        level = LEVELS[cells["level"]]
        result.divisions.append(
            Division(line, code, level, cells["name"], cells["parent12"])
        )


def _faults(cells: dict):
    code, level, name, parent = (cells[column] for column in COLUMNS)
    if not _is_code(code):
        yield _("代码“%(code)s”不是 12 位数字。") % {"code": code}
    if level not in LEVELS:
        yield _("层级“%(level)s”不认识，应当是 city、county、township 或 village。") % {
            "level": level
        }
    if not name:
        yield _("没有名称。")
    if len(name) > LONGEST_NAME:
        yield _("名称超过 %(limit)s 个字。") % {"limit": LONGEST_NAME}
    if level == "city" and parent:
        yield _("市一级没有上级，parent12 应当空着。")
    elif level in LEVELS and level != "city" and not _is_code(parent):
        yield _("上级代码“%(code)s”不是 12 位数字。") % {"code": parent}


def _is_code(value: str) -> bool:
    return len(value) == 12 and value.isascii() and value.isdecimal()
