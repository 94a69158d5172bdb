"""Answers that are no document: services of the site asked for by name."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from home.version import ELDER
from search.query import Words

# The words people know the elder version by from other sites.
ELDER_WORDS = frozenset(
    {"长辈版", "长者版", "关怀版", "老年版", "大字版", "适老版", "敬老版", "大字"}
)


@dataclass(frozen=True)
class Pinned:
    title: str
    text: str
    url: str
    link: str


def pinned(words: Words) -> Pinned | None:
    """The service meant by the whole query; None for everything else."""
    if words.run not in ELDER_WORDS and words.run != "elderversion":
        return None
    query = urlencode({"to": ELDER, "next": reverse("search")})
    return Pinned(
        title=_("长者版（关怀版、长辈版）"),
        text=_("字更大、更清楚，内容更简单，还能读给您听。随时可以退出。"),
        url=f"{reverse('switch_version')}?{query}",
        link=_("打开长者版"),
    )
