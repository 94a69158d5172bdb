"""How titles are read, and the addresses that are made from that."""

import subprocess
import sys

import pytest

from activities.slugs import slug_of
from home import naming
from search import pinyin


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("都昌声乐班", "du-chang-sheng-yue-ban"),
        ("长乐民乐行书班", "chang-le-min-yue-xing-shu-ban"),
        ("太极拳 24 式", "tai-ji-quan-24-shi"),
        ("绿丝带", "lv-si-dai"),
    ],
)
def test_addresses_and_search_read_alike(title, slug):
    assert naming.slug(title) == slug
    assert slug_of(title) == slug
    assert "-".join(pinyin.syllables(title)) == slug


@pytest.mark.parametrize("first", ["home.naming", "activities.slugs", "search.pinyin"])
def test_an_address_does_not_depend_on_what_was_read_first(first):
    reads = {
        "home.naming": "naming.slug('书法')",
        "activities.slugs": "slugs.slug_of('书法')",
        "search.pinyin": "pinyin.syllables('书法')",
    }[first]
    package, module = first.split(".")
    code = (
        f"from {package} import {module}; {reads}; "
        "from activities import slugs as s; from home import naming as n; "
        "print(s.slug_of('都昌声乐班'), n.slug('都昌声乐班'))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert printed.stdout.split() == ["du-chang-sheng-yue-ban"] * 2
