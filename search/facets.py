"""The facets a search can be narrowed by, and the values each one can have."""

from dataclasses import dataclass, fields
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.vocabulary import Delivery, Fee
from courses_catalog.vocabulary import ResourceKind
from home.levels import Level
from home.vocabulary import Audience, Theme


class Kind(models.TextChoices):
    ACTIVITY = "activity", _("活动")
    COURSE = "course", _("课程")
    RESOURCE = "resource", _("资源")
    SERIES = "series", _("系列课程")
    TEACHER = "teacher", _("教师")
    PLACE = "place", _("教学点")


class Registration(models.TextChoices):
    """How one can still get in, at the moment somebody searches."""

    OPEN = "open", _("还能报名")
    WALK_IN = "walk_in", _("不用报名，直接来")


class When(models.TextChoices):
    TODAY = "today", _("今天")
    WEEK = "week", _("本周")
    MONTH = "month", _("本月")
    LATER = "later", _("下个月以后")


class Duration(models.TextChoices):
    """Of one meeting of an activity, or of all there is to learn."""

    QUARTER = "15m", _("15 分钟以内")
    HOUR = "1h", _("15 分钟到 1 小时")
    HALF_DAY = "4h", _("1 到 4 小时")
    LONGER = "longer", _("4 小时以上")

    @classmethod
    def of(cls, minutes: float | None) -> str:
        """Empty where nobody said how long it takes."""
        if not minutes:
            return ""
        limits = (15, cls.QUARTER), (60, cls.HOUR), (240, cls.HALF_DAY)
        found = (duration for limit, duration in limits if minutes <= limit)
        return str(next(found, cls.LONGER))


# How an activity is held, or what a resource is. Hybrid is both on site and online.
FORMATS = {
    str(Delivery.ON_SITE): Delivery.ON_SITE.label,
    str(Delivery.ONLINE): Delivery.ONLINE.label,
    **dict(ResourceKind.choices),
}
FEES = {
    str(Fee.FREE): Fee.FREE.label,
    str(Fee.PUBLIC_BENEFIT): Fee.PUBLIC_BENEFIT.label,
    str(Fee.PAID): _("要收费"),
}

# By its name in the address. The facet of places has no fixed values.
CHOICES: dict[str, dict] = {
    "kind": dict(Kind.choices),
    "registration": dict(Registration.choices),
    "when": dict(When.choices),
    "theme": dict(Theme.choices),
    "audience": dict(Audience.choices),
    "format": FORMATS,
    "duration": dict(Duration.choices),
    "fee": FEES,
    "level": dict(Level.choices),
    "language": dict(settings.LANGUAGES),
}
PLACE = "place"


@dataclass(frozen=True)
class Traits:
    """The facets of a document that are stored as one text: thousands of documents
    share a few dozen of them, and are counted together."""

    level: str = ""
    formats: tuple[str, ...] = ()
    duration: str = ""
    fee: str = ""
    language: str = ""
    # the end of the last meeting one can come to without registering, UTC, ISO
    walk_in_until: str = ""

    def __str__(self) -> str:
        values = (getattr(self, field.name) for field in fields(self))
        return BETWEEN.join(v if isinstance(v, str) else ",".join(v) for v in values)


BETWEEN = ";"


@lru_cache(maxsize=4096)
def traits_of(stored: str) -> Traits:
    """From its text; an index made before there were traits has an empty one."""
    if not stored:
        return Traits()
    level, formats, duration, fee, language, until = stored.split(BETWEEN)
    formats = tuple(filter(None, formats.split(",")))
    return Traits(level, formats, duration, fee, language, until)
