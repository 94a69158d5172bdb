"""Addresses that can be read out: a Chinese title in pinyin."""

from django.utils.text import slugify

from home.readings import syllables

# A longer one no longer fits the line in which it is printed under a poster.
LONGEST = 60


def slug_of(title: str) -> str:
    """太极拳 24 式 → tai-ji-quan-24-shi; "activity" where nothing can be read."""
    words = slugify(" ".join(syllables(title))).split("-")
    slug = ""
    for word in filter(None, words):
        if len(slug) + 1 + len(word) > LONGEST:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or "activity"


def free_slug(title: str, parent) -> str:
    """`slug_of(title)`, numbered where a page below `parent` has it already."""
    slug, number = slug_of(title), 1
    taken = set(parent.get_children().values_list("slug", flat=True))
    free = slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
