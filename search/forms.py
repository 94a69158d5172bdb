"""The query string of the search page, read: nothing in it can be an error."""

import re
from dataclasses import dataclass

from django import forms

from home.models import NetworkNodePage
from search.engines.base import Filters
from search.facets import CHOICES, PLACE

_NUMBER = re.compile(r"[0-9]{1,12}")
# Nobody chooses more places one by one; an address may hold thousands.
MOST_PLACES = 20


@dataclass(frozen=True)
class Asked:
    """`unknown` says that something in the address was not understood."""

    typed: str
    filters: Filters
    places: list[NetworkNodePage]
    page: int
    is_exact: bool
    unknown: bool


class KnownChoices(forms.Field):
    """Several values; those nobody knows are left out and remembered."""

    def __init__(self, choices):
        super().__init__(required=False, widget=forms.MultipleHiddenInput)
        self.known = choices

    def clean(self, value):
        return tuple(v for v in dict.fromkeys(value or ()) if v in self.known)


class SearchForm(forms.Form):
    q = forms.CharField(required=False, strip=True)

    def __init__(self, query):
        """`query` is the QueryDict of the address."""
        super().__init__(query)
        for name, choices in CHOICES.items():
            self.fields[name] = KnownChoices(choices)

    def asked(self) -> Asked:
        """What to search for; one query when places are chosen."""
        self.is_valid()
        chosen = {n: self.cleaned_data[n] for n in CHOICES if self.cleaned_data[n]}
        places, unknown = self._places()
        filters = Filters(chosen, places=tuple(place.path for place in places))
        return Asked(
            typed=self.cleaned_data.get("q", "").replace("\0", ""),
            filters=filters,
            places=places,
            page=_number(self.data.get("page", "")) or 1,
            is_exact=self.data.get("exact") == "1",
            unknown=unknown or self._has_unknown(),
        )

    def _places(self) -> tuple[list[NetworkNodePage], bool]:
        """Those chosen, in the order of the tree; and whether one is not known."""
        given = {text for text in self.data.getlist(PLACE) if text}
        numbers = [number for text in given if (number := _number(text))]
        if not numbers:
            return [], bool(given)
        nodes = NetworkNodePage.objects.originals().live().filter(pk__in=numbers)
        places = list(nodes.order_by("path")[:MOST_PLACES])
        return places, len(places) < len(given)

    def _has_unknown(self) -> bool:
        return any(set(self.data.getlist(n)) - set(CHOICES[n]) for n in CHOICES)


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None
