"""Words of the catalogue's metadata, a subset of LOM (GB/T 21365)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShareScope(models.TextChoices):
    """Who may see a record and take it over: each one includes those before it."""

    OWN = "own", _("只给本网点")
    SUBTREE = "subtree", _("本网点和下级网点")
    NETWORK = "network", _("全市网点")
    ALLIANCE = "alliance", _("共享联盟的成员")
    PUBLIC = "public", _("公开")


class LearningLevel(models.TextChoices):
    BEGINNER = "beginner", _("入门")
    INTERMEDIATE = "intermediate", _("提高")
    ADVANCED = "advanced", _("进阶")


class Licence(models.TextChoices):
    """Under what terms a record may be used; the codes are those of SPDX."""

    CC0 = "CC0-1.0", _("放弃版权（CC0）")
    CC_BY = "CC-BY-4.0", _("署名（CC BY 4.0）")
    CC_BY_SA = "CC-BY-SA-4.0", _("署名、相同方式共享（CC BY-SA 4.0）")
    CC_BY_NC = "CC-BY-NC-4.0", _("署名、非商业使用（CC BY-NC 4.0）")
    CC_BY_NC_ND = "CC-BY-NC-ND-4.0", _("署名、非商业使用、不改编（CC BY-NC-ND 4.0）")
    RESERVED = "reserved", _("保留所有权利")

    @property
    def url(self) -> str:
        """Where the terms can be read; empty where none are published."""
        return LICENCE_URLS.get(self.value, "")

    @property
    def may_be_passed_on(self) -> bool:
        """Whether what another platform made may be announced as one of ours too,
        with the words an editor gave it."""
        return self not in (Licence.CC_BY_NC_ND, Licence.RESERVED)


LICENCE_URLS = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/deed.zh",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/deed.zh",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/deed.zh",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/deed.zh",
    "CC-BY-NC-ND-4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/deed.zh",
}


class ResourceKind(models.TextChoices):
    VIDEO = "video", _("视频")
    AUDIO = "audio", _("音频")
    TEXT = "text", _("文章")
    EBOOK = "ebook", _("电子书")
    TEXTBOOK = "textbook", _("教材")
    SLIDES = "slides", _("课件")
    MICRO_LECTURE = "micro_lecture", _("微课")
    MOOC = "mooc", _("慕课")
    LINK = "link", _("网址")


class SeriesAward(models.TextChoices):
    MASTER_TEACHER = "master_teacher", _("名师好课")
    FIRST_CLASS = "first_class", _("金课")


class TeacherOrigin(models.TextChoices):
    POOL = "pool", _("师资库")
    NOMINATED = "nominated", _("能者为师")
