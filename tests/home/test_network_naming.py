"""Names of schools and spellings of addresses, by the rules of the network."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from home import divisions, naming
from home.levels import Level

REAL = Path(divisions.__file__).parent / "demo" / "jiujiang_divisions.csv"
VILLAGE = Level.TEACHING_POINT


@pytest.mark.parametrize(
    ("official", "level", "title"),
    [
        ("九江市", Level.CITY_CENTRE, "九江市社区教育指导中心"),
        ("濂溪区", Level.COUNTY_COLLEGE, "濂溪区社区大学"),
        ("十里街道", Level.TOWNSHIP_SCHOOL, "十里街道社区学校"),
        ("新洲垦殖场", Level.TOWNSHIP_SCHOOL, "新洲垦殖场社区学校"),
        ("濂溪社区居委会", VILLAGE, "濂溪社区教学点"),
        ("东山村委会", VILLAGE, "东山村教学点"),
        ("泉塘村民委员会", VILLAGE, "泉塘村教学点"),
        ("茅店村民委会", VILLAGE, "茅店村教学点"),
        ("柳村村委会", VILLAGE, "柳村教学点"),
        ("杨梅山社区居民委员会", VILLAGE, "杨梅山社区教学点"),
        ("浔西社区委员会", VILLAGE, "浔西社区教学点"),
        ("文联社区居员会", VILLAGE, "文联社区教学点"),
        ("木樨社区", VILLAGE, "木樨社区教学点"),
        ("老街居委会", VILLAGE, "老街教学点"),
        ("一分场生活区", VILLAGE, "一分场生活区教学点"),
        ("庐山生态文化新城虚拟社区", VILLAGE, "庐山生态文化新城社区教学点"),
        (" 居委会 ", VILLAGE, "居委会教学点"),
    ],
)
def test_a_place_is_named_after_its_division(official, level, title):
    assert naming.title(official, level) == title


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("长乐村", "chang-le-cun"),
        ("濂溪社区", "lian-xi-she-qu"),
        ("七〇七所社区", "qi-ling-qi-suo-she-qu"),
        ("ABC 街道", "abc-jie-dao"),
        ("！！", "place"),
    ],
)
def test_addresses_are_spelt_in_pinyin(name, slug):
    assert naming.slug(name) == slug


def test_a_taken_address_is_numbered():
    assert naming.free_slug("东山村", {"dong-shan-cun", "dong-shan-cun-2"}) == (
        "dong-shan-cun-3"
    )


def test_every_real_division_has_a_name_of_its_own_beside_its_siblings():
    names, slugs = defaultdict(list), defaultdict(set)
    for row in csv.DictReader(REAL.read_text(encoding="utf-8-sig").splitlines()):
        level, parent = divisions.LEVELS[row["level"]], row["parent12"]
        short = naming.short_name(row["name"], level)
        assert short
        assert level != VILLAGE or not short.endswith(("委会", "委员会"))
        names[parent].append(short)
        slugs[parent].add(naming.free_slug(short, slugs[parent]))
    for parent, siblings in names.items():
        assert len(slugs[parent]) == len(siblings)
        assert len(set(siblings)) == len(siblings)
