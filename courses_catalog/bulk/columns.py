"""The columns of an import and export file: declared once, for all that use them.

`key` and `header` are both accepted in the first row; `field` is the attribute of
the record. A parser gets the cell as text and raises ValueError with a sentence.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses_catalog.models import Course, Resource
from courses_catalog.vocabulary import (
    LearningLevel,
    Licence,
    ResourceKind,
    ShareScope,
)
from home.vocabulary import Audience, Theme

KINDS = {"course": Course, "resource": Resource}
SEPARATORS = "；;、，,\n"
# the day spreadsheets count from, and the numbers that can be such a day
EPOCH = dt.date(1899, 12, 30)
SERIALS = range(20_000, 80_000)
MOST_HOURS, MOST_MINUTES = Decimal("9999.9"), 100_000


@dataclass(frozen=True)
class Column:
    key: str
    header: str
    help: str
    parse: Callable[[str], object]
    show: Callable[[object], str] = str
    example: str = ""
    is_required: bool = False


def text(most: int) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if len(cell) > most:
            raise ValueError(
                _("最多 %(most)s 个字，现在有 %(length)s 个，请缩短。")
                % {"most": most, "length": len(cell)}
            )
        return cell

    return parse


def one_of(choices) -> Callable[[str], str]:
    """By the word on the screen or by the code."""

    def parse(cell: str) -> str:
        for value, label in choices.choices:
            if cell in (value, str(label)):
                return value
        words = "、".join(str(label) for _value, label in choices.choices)
        raise ValueError(
            _("没有“%(cell)s”这一项，请从这些里面选：%(words)s。")
            % {"cell": cell[:20], "words": words}
        )

    return parse


def label_of(choices) -> Callable[[object], str]:
    labels = dict(choices.choices)
    return lambda value: str(labels.get(value, value))


def several(cell: str) -> list[str]:
    for separator in SEPARATORS[1:]:
        cell = cell.replace(separator, SEPARATORS[0])
    parts = (part.strip() for part in cell.split(SEPARATORS[0]))
    return list(dict.fromkeys(part for part in parts if part))


def audiences(cell: str) -> list[str]:
    chosen = {one_of(Audience)(part) for part in several(cell)}
    return [value for value in Audience.values if value in chosen]


def tags(cell: str) -> list[str]:
    return sorted(text(100)(part) for part in several(cell))


def hours(cell: str) -> Decimal:
    try:
        number = Decimal(cell).quantize(Decimal("0.1"))
    except InvalidOperation:
        number = Decimal(-1)
    if not 0 <= number <= MOST_HOURS:
        raise ValueError(_("请写一个数，例如 12 或 1.5。"))
    return number


def minutes(cell: str) -> int:
    number = cell.removesuffix(".0")
    if not (number.isascii() and number.isdecimal()) or int(number) > MOST_MINUTES:
        raise ValueError(_("请写整数的分钟，例如 45。"))
    return int(number)


def day(cell: str) -> dt.date:
    """Also a number of days, which is what a spreadsheet keeps of a date."""
    plain = cell.split(" ")[0].removesuffix(".0")
    if plain.isascii() and plain.isdecimal() and int(plain) in SERIALS:
        return EPOCH + dt.timedelta(days=int(plain))
    for mark in "年月/.":
        plain = plain.replace(mark, "-")
    try:
        year, month, number = map(int, plain.removesuffix("日").split("-"))
        return dt.date(year, month, number)
    except ValueError:
        raise ValueError(_("看不懂这个日期，请写成 2026-09-01。")) from None


def yes_or_no(cell: str) -> bool:
    word = cell.lower()
    if word in ("是", "免费", "yes", "true", "1"):
        return True
    if word in ("否", "收费", "no", "false", "0"):
        return False
    raise ValueError(_("请写“是”或“否”。"))


def address(cell: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(text(500)(cell))
    except ValidationError:
        raise ValueError(
            _("这不是网址，请写以 http:// 或 https:// 开头的完整网址。")
        ) from None
    return cell


def _joined(values) -> str:
    return SEPARATORS[0].join(values)


def _audience_words(values) -> str:
    return _joined(map(label_of(Audience), values))


OWNER = Column(
    "owner_node",
    gettext_lazy("所属网点"),
    gettext_lazy("网点的区划代码，或从县到村的全名；空着就是上传时选的网点。"),
    text(200),
    example="濂溪区 · 十里街道",
)
TITLE = Column(
    "title", gettext_lazy("名称"), gettext_lazy("最多 120 个字。"), text(120),
    example="零基础学书法", is_required=True,
)  # fmt: skip
SUMMARY = Column(
    "summary", gettext_lazy("一句话说明"), gettext_lazy("最多 200 个字。"), text(200),
    example="从握笔讲起。",
)  # fmt: skip
IDENTIFIER = Column(
    "identifier",
    gettext_lazy("编号"),
    gettext_lazy("同一网点里不重复；再次导入时按它更新。空着每次都当作新的。"),
    text(80),
    example="KC-0001",
)
THEME = Column(
    "theme", gettext_lazy("主题"), gettext_lazy("五个主题中的一个。"), one_of(Theme),
    label_of(Theme), example="公民素养", is_required=True,
)  # fmt: skip
SHARED = (
    IDENTIFIER,
    TITLE,
    SUMMARY,
    OWNER,
    THEME,
    Column(
        "audiences", gettext_lazy("给谁"), gettext_lazy("可以写几个，用；分开。"),
        audiences, _audience_words, example="老年人；青少年",
    ),
    Column(
        "tags", gettext_lazy("标签"), gettext_lazy("可以写几个，用；分开。"),
        tags, _joined, example="书法；毛笔",
    ),
    Column(
        "share_scope", gettext_lazy("给谁看、谁能用"),
        gettext_lazy("新记录空着就是公开。"), one_of(ShareScope),
        label_of(ShareScope), example="公开",
    ),
    Column(
        "licence", gettext_lazy("使用许可"), gettext_lazy("许可的名称或代码。"),
        one_of(Licence), label_of(Licence), example="CC-BY-4.0",
    ),
    Column(
        "level", gettext_lazy("难度"), gettext_lazy("入门、提高或进阶。"),
        one_of(LearningLevel), label_of(LearningLevel), example="入门",
    ),
    Column(
        "hours", gettext_lazy("学时"), gettext_lazy("一个数，可以有一位小数。"),
        hours, example="12",
    ),
    Column(
        "contributor", gettext_lazy("作者或主讲"), gettext_lazy("最多 120 个字。"),
        text(120), example="王老师",
    ),
    Column(
        "review_on", gettext_lazy("复审日期"), gettext_lazy("到这一天要再看一遍内容。"),
        day, example="2027-09-01",
    ),
)  # fmt: skip
COURSE = (
    *SHARED,
    Column(
        "syllabus", gettext_lazy("课程大纲"), gettext_lazy("一行写一讲。"),
        text(20_000), example="第一讲 握笔",
    ),
)  # fmt: skip
RESOURCE = (
    *SHARED,
    Column(
        "kind", gettext_lazy("种类"), gettext_lazy("视频、音频、文章、电子书等。"),
        one_of(ResourceKind), label_of(ResourceKind), example="文章", is_required=True,
    ),
    Column(
        "link", gettext_lazy("网址"),
        gettext_lazy("网址和正文至少要有一样；文件请在后台上传。"),
        address, example="https://example.com/",
    ),
    Column(
        "text", gettext_lazy("正文"), gettext_lazy("网址和正文至少要有一样。"),
        text(30_000), example="握笔有三种姿势。",
    ),
    Column("isbn", gettext_lazy("ISBN"), gettext_lazy("书号。"), text(17)),
    Column(
        "duration", gettext_lazy("时长（分钟）"), gettext_lazy("整数。"), minutes,
        example="45",
    ),
    Column(
        "is_free", gettext_lazy("免费"), gettext_lazy("是或否；新记录空着就是免费。"),
        yes_or_no, lambda value: "是" if value else "否", example="是",
    ),
)  # fmt: skip
OF = {"course": COURSE, "resource": RESOURCE}
