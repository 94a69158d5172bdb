"""The four levels of the network, from the city down to the village."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """A node's level; it follows from the level of its parent."""

    CITY_CENTRE = "city_centre", _("市社区教育指导中心")
    COUNTY_COLLEGE = "county_college", _("县（市、区）社区大学")
    TOWNSHIP_SCHOOL = "township_school", _("乡镇（街道）社区学校")
    TEACHING_POINT = "teaching_point", _("村（社区）教学点")

    @property
    def step(self) -> int:
        """1 for the city to 4 for the village."""
        return list(Level).index(self) + 1

    @property
    def below(self) -> "Level | None":
        """The level of this one's children; None under a teaching point."""
        order = list(Level)
        return order[self.step] if self.step < len(order) else None

    @property
    def ordinal(self):
        """第一级 … 第四级, as the mark beside a node's title says it."""
        return [_("第一级"), _("第二级"), _("第三级"), _("第四级")][self.step - 1]

    @property
    def purpose(self):
        """What people find at a place of this level, in one sentence."""
        return {
            Level.CITY_CENTRE: _("为全市的社区大学、社区学校和教学点安排课程和老师。"),
            Level.COUNTY_COLLEGE: _("办全县（市、区）的课程班，帮乡镇（街道）办学。"),
            Level.TOWNSHIP_SCHOOL: _("在乡镇（街道）里开课，帮村（社区）办活动。"),
            Level.TEACHING_POINT: _("离家最近的课堂，走过去就能上课、当面报名。"),
        }[self]

    @property
    def children_heading(self):
        """Over the list of places right below; empty below a teaching point."""
        return {
            Level.CITY_CENTRE: _("各县（市、区）的社区大学"),
            Level.COUNTY_COLLEGE: _("乡镇（街道）的社区学校"),
            Level.TOWNSHIP_SCHOOL: _("村（社区）的教学点"),
            Level.TEACHING_POINT: "",
        }[self]
