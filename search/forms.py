"""The query string of the search page, read: nothing in it can be an error."""

import re
from dataclasses import dataclass

from django import forms

from home.models import NetworkNodePage
from home.vocabulary import Audience, Theme
from search.documents import Kind
from search.engines.base import Filters, When

_CHOICES = {
    "kind": Kind.values,
    "theme": Theme.values,
    "audience": Audience.values,
    "when": list(When),
}
_NUMBER = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True)
class Asked:
    """`unknown` says that something in the address was not understood."""

    typed: str
    filters: Filters
    place: NetworkNodePage | None
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
    kind = KnownChoices(_CHOICES["kind"])
    theme = KnownChoices(_CHOICES["theme"])
    audience = KnownChoices(_CHOICES["audience"])
    when = KnownChoices(_CHOICES["when"])

    def asked(self) -> Asked:
        """What to search for; one query when a place is chosen."""
        self.is_valid()
        cleaned = self.cleaned_data
        place = self._place()
        filters = Filters(
            kinds=cleaned["kind"],
            themes=cleaned["theme"],
            audiences=cleaned["audience"],
            when=cleaned["when"][0] if cleaned["when"] else "",
            place=place.path if place else "",
        )
        return Asked(
            typed=cleaned.get("q", "").replace("\0", ""),
            filters=filters,
            place=place,
            page=self._number("page") or 1,
            is_exact=self.data.get("exact") == "1",
            unknown=self._has_unknown(place),
        )

    def _number(self, name: str) -> int | None:
        given = self.data.get(name, "")
        return int(given) if _NUMBER.fullmatch(given) else None

    def _place(self) -> NetworkNodePage | None:
        number = self._number("place")
        if number is None:
            return None
        return NetworkNodePage.objects.originals().live().filter(pk=number).first()

    def _has_unknown(self, place) -> bool:
        given = {name: self.data.getlist(name) for name in _CHOICES}
        wrong = any(set(given[name]) - set(_CHOICES[name]) for name in _CHOICES)
        return wrong or bool(self.data.get("place") and place is None)
