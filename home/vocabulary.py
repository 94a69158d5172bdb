"""Words that catalogue and calendar share: the five themes and the audiences."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    """The five activity themes of the community-education plan."""

    CIVIC = "civic", _("公民素养")
    SKILLS = "skills", _("职业技能")
    SCIENCE = "science", _("科学普及")
    SAFETY_HEALTH = "health", _("安全健康")
    COUNSELLING = "mind", _("心理咨询")

    @property
    def mark(self) -> str:
        """The one character that stands for the theme in its colour block."""
        return {"civic": "民", "skills": "技", "science": "科"}.get(
            self.value, "康" if self is Theme.SAFETY_HEALTH else "心"
        )


class Audience(models.TextChoices):
    """Whom an activity or a course is meant for; several may hold."""

    OLDER_PEOPLE = "older_people", _("老年人")
    YOUNG_PEOPLE = "young_people", _("青少年")
    FARMERS = "farmers", _("新型职业农民")
    RURAL_TEACHERS = "rural_teachers", _("乡村教师")
    OFFICIALS = "officials", _("干部")
    EDUCATORS = "educators", _("社区教育工作者")

    @property
    def bit(self) -> int:
        """Its bit in `Session.audience_mask`; never reorder the members."""
        return 1 << list(Audience).index(self)

    @classmethod
    def mask(cls, values) -> int:
        """The bits of `values`, joined; unknown values are left out."""
        known = set(cls.values)
        return sum(cls(value).bit for value in set(values) & known)
