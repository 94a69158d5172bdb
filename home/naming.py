"""What a division's school is called, and how its address is spelt.

The rules are those of the network itself: the centre, college, school or teaching
point carries the name of its division; a village's name loses the committee in it.
"""

import re

from django.utils.text import slugify

from home.levels import Level
from home.readings import syllables

ENDINGS = {
    Level.CITY_CENTRE: "社区教育指导中心",
    Level.COUNTY_COLLEGE: "社区大学",
    Level.TOWNSHIP_SCHOOL: "社区学校",
    Level.TEACHING_POINT: "教学点",
}

# 村民委员会, 村委会, 村民委会: the committee of a village. What stands before it may
# already end in 村 (柳村村委会 is of 柳村).
VILLAGE = re.compile(r"村(民)?(委员?会|委会)$")
# 社区居民委员会, 社区居委会, 社区居员会, 社区委员会, 居委会: of residents
RESIDENTS = re.compile(r"(居民委员会|居委会|居员会|委员会)$")


def short_name(official: str, level: Level) -> str:
    """What people call the division: 濂溪区, 十里街道, 东山村, 濂溪社区.

    "虚拟" (virtual) is a word of the statistics office for places without a
    committee; nobody lives in a "virtual community", so it goes.
    """
    name = official.strip()
    if level != Level.TEACHING_POINT:
        return name
    name = name.replace("虚拟", "")
    if VILLAGE.search(name):
        base = VILLAGE.sub("", name)
        return base if base.endswith("村") else f"{base}村"
    return RESIDENTS.sub("", name) or name


def title(official: str, level: Level) -> str:
    """The full name: 濂溪区社区大学, 十里街道社区学校, 濂溪社区教学点."""
    return f"{short_name(official, level)}{ENDINGS[level]}"


def slug(name: str) -> str:
    """`name` in pinyin, a hyphen between syllables: 长乐 → chang-le."""
    return slugify("-".join(syllables(name))) or "place"


def free_slug(name: str, taken: set[str]) -> str:
    """The slug of `name`, numbered from 2 when `taken` already holds it."""
    base = slug(name)
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
