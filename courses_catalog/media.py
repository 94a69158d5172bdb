"""A resource as its reader meets it: how it is played, how long, how large."""

from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses_catalog.files import is_inline, type_of
from courses_catalog.vocabulary import ResourceKind

ICONS = {
    ResourceKind.VIDEO: "video",
    ResourceKind.MICRO_LECTURE: "video",
    ResourceKind.MOOC: "video",
    ResourceKind.AUDIO: "headphones",
    ResourceKind.TEXT: "file",
    ResourceKind.SLIDES: "file",
    ResourceKind.LINK: "arrow",
}
PLAYERS = ("video", "audio", "image")
VERBS = {"video": gettext_lazy("看"), "audio": gettext_lazy("听")}


@dataclass(frozen=True)
class Medium:
    """`player` is video, audio, image or ""; `size` None where the file is missing."""

    icon: str
    verb: str
    player: str
    media_type: str
    file_url: str
    file_words: str
    is_inline: bool
    size: int | None
    minutes: str
    host: str

    @property
    def words(self) -> str:
        """What to know before opening it: minutes, format and size, whose site."""
        return _("，").join(filter(None, [self.minutes, self.file_words, self.host]))


def medium(resource) -> Medium:
    """Reads the size from the disk; no query."""
    file = resource.file
    media_type = type_of(file.name) if file else ""
    player = media_type.partition("/")[0]
    size = _size(file) if file else None
    return Medium(
        icon=icon_of(resource.kind),
        verb=str(_verb(resource, player)),
        player=player if player in PLAYERS else "",
        media_type=media_type,
        file_url=reverse("resource_file", args=[resource.pk]) if resource.pk else "",
        file_words=_file_words(file.name, size) if file else "",
        is_inline=is_inline(media_type),
        size=size,
        minutes=minutes_of(resource),
        host=urlsplit(resource.link).hostname or "",
    )


def icon_of(kind: str) -> str:
    return ICONS.get(kind, "book")


def minutes_of(resource) -> str:
    count = resource.duration
    if not count:
        return ""
    return ngettext("%(count)d 分钟", "%(count)d 分钟", count) % {"count": count}


def _verb(resource, player: str):
    if resource.file:
        return VERBS.get(player, _("打开"))
    return _("打开") if resource.link and not resource.text else _("看")


def _file_words(name: str, size: int | None) -> str:
    suffix = PurePath(name).suffix.removeprefix(".").upper()
    return suffix if size is None else f"{suffix} {filesizeformat(size)}"


def _size(file) -> int | None:
    try:
        return file.size
    except OSError:
        return None
