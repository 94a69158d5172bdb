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
    def below(self) -> "Level | None":
        """The level of this one's children; None under a teaching point."""
        order = list(Level)
        following = order.index(self) + 1
        return order[following] if following < len(order) else None
