"""The query of the two pages that list places: a word, a node to look below."""

from dataclasses import dataclass

from django import forms
from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home import keys
from home.models import NetworkNodePage
from home.network import ancestors_of, children_of, the_city, with_places

PER_PAGE = 30
LONGEST_WORD = 40


@dataclass
class PlaceList:
    """Where we look and what stands there; `found` is None while browsing."""

    under: NetworkNodePage | None
    ancestors: list[NetworkNodePage]
    children: list[NetworkNodePage]
    found: Leaf | None
    notices: list[str]


class PlaceSearchForm(forms.Form):
    """Whatever the query says, there is an answer; what was ignored is told."""

    q = forms.CharField(
        label=gettext_lazy("找一个村、社区、乡镇或街道"),
        max_length=LONGEST_WORD,
        required=False,
    )
    under = forms.IntegerField(min_value=1, max_value=keys.MOST, required=False)
    page = forms.IntegerField(min_value=1, required=False)

    def places(self) -> PlaceList:
        """At most five queries, whatever was asked."""
        self.is_valid()
        notices = []
        under = self._under(notices)
        word = self.cleaned_data.get("q", "")
        if "q" in self.errors:
            notices.append(_("要找的词太长，请写短一些。"))
        ancestors = ancestors_of(under) if under else []
        if word:
            return PlaceList(under, ancestors, [], self._found(word, under), notices)
        children = children_of(under) if under else []
        return PlaceList(under, ancestors, children, None, notices)

    def _under(self, notices: list[str]) -> NetworkNodePage | None:
        asked = self.data.get("under", "")
        if not asked:
            return the_city()
        pk = self.cleaned_data.get("under")
        nodes = NetworkNodePage.objects.originals().live()
        found = nodes.filter(pk=pk).first() if pk else None
        if found is None:
            notices.append(_("没有找到这个地方，请从头选。"))
        return found or the_city()

    def _found(self, word: str, under) -> Leaf:
        nodes = NetworkNodePage.objects.originals().live()
        if under:
            nodes = nodes.descendant_of(under, inclusive=True)
        named = Q(title__icontains=word) | Q(short_name__icontains=word)
        pages = Paginator(nodes.filter(named).order_by("depth", "path"), PER_PAGE)
        leaf = pages.get_page(self.cleaned_data.get("page") or 1)
        leaf.object_list = with_places(leaf.object_list)
        return leaf
