"""The facts at the side of a record's page: lines of components/facts.html."""

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from courses_catalog.media import medium
from courses_catalog.models import Course, Resource, Teacher
from courses_catalog.related import held_by
from courses_catalog.vocabulary import LearningLevel, Licence
from home.facts import Fact


def facts_of(record) -> list[Fact]:
    """Those that are known, the ones a reader decides by first."""
    held = held_by(record)
    found = [*_of_its_kind(record, held), *_of_all(held), *_whose(held)]
    return [fact for fact in found if fact]


def _of_its_kind(record, held) -> list:
    if isinstance(held, Resource):
        known = medium(held)
        size = _("，").join(filter(None, [known.minutes, known.file_words]))
        free = _("免费") if held.is_free else _("要收费")
        return [
            size and Fact(known.icon, _("长短和大小"), size),
            Fact("ticket", _("费用"), free),
            held.isbn and Fact("book", _("书号（ISBN）"), held.isbn),
        ]
    if isinstance(held, Course):
        count = len(record.lessons)
        lessons = _("%(count)d 讲") % {"count": count} if count else ""
        words = _("，").join(filter(None, [lessons, _hours(held)]))
        return [words and Fact("clock", _("长短"), words)]
    if isinstance(held, Teacher):
        when = record.availability
        return [when and Fact("clock", _("什么时候有空"), when)]
    return [_hours(held) and Fact("clock", _("长短"), _hours(held))]


def _hours(held) -> str:
    if held.hours is None:
        return ""
    return _("%(hours)s 学时") % {"hours": floatformat(held.hours, "-1")}


def _of_all(held) -> list:
    audiences = _("、").join(held.audience_names) or _("谁都可以学")
    level = LearningLevel(held.level).label if held.level in LearningLevel else ""
    is_person = isinstance(held, Teacher)
    return [
        level and Fact("list", _("难度"), str(level)),
        held.contributor and Fact("person", _("作者或主讲"), held.contributor),
        (held.audience_names or not is_person) and Fact("group", _("适合"), audiences),
        Fact(
            "home",
            _("所属网点") if is_person else _("提供"),
            held.owner_node.title,
            url=held.owner_node.url,
            link=_("看这个网点"),
        ),
    ]


def _whose(held) -> list:
    source = getattr(held, "source", "")
    # the number another platform gave it helps nobody find it here
    number = "" if source else held.identifier
    link = _("看原页（离开本站）")
    return [
        source and Fact("arrow", _("来自"), source, url=held.source_link, link=link),
        _licence(held),
        number and Fact("info", _("编号"), number),
    ]


def _licence(held) -> Fact | None:
    if held.licence not in Licence:
        words = getattr(held, "source_rights", "")
        return Fact("info", _("使用许可"), words) if words else None
    licence = Licence(held.licence)
    # no host here: a long word is wider than the narrowest screen in large type
    link = _("看全文（离开本站）")
    return Fact("info", _("使用许可"), str(licence.label), url=licence.url, link=link)
