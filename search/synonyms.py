"""What else is searched with a word: the table that administrators edit."""

from collections import defaultdict

from django.core.cache import caches

from search import analysis
from search.models import SynonymGroup
from search.query import Synonyms

KEY = "search-synonyms"
# Where processes share no cache, each of them learns of a change this late.
SECONDS = 60


def synonyms() -> Synonyms:
    """By folded word all others of its groups. No query where it is cached."""
    return caches["default"].get_or_set(KEY, _read, SECONDS)


def forget(sender, **kwargs) -> None:
    """To be called when a group changes: the next search reads the table anew."""
    caches["default"].delete(KEY)


def _read() -> dict[str, tuple[str, ...]]:
    found = defaultdict(dict)
    for group in SynonymGroup.objects.values_list("words", flat=True):
        words = [analysis.fold(word) for word in group.split()]
        for word in words:
            found[word] |= dict.fromkeys(other for other in words if other != word)
    return {word: tuple(others) for word, others in found.items()}
