"""What every list and record of the JSON API has in common."""

import re
from collections.abc import Callable
from typing import Annotated, Generic, Literal, TypeVar

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from pydantic import BeforeValidator, ConfigDict, Field

from home import keys
from home.addresses import TakenDown
from home.api_access import problem
from home.languages import foreign
from home.models import NetworkNodePage
from home.public_pages import PLACES_SECONDS
from home.templatetags.look import bcp47

MOST_PER_PAGE = 100
PER_PAGE = 20
LAST_PAGE = 10_000

T = TypeVar("T")


def _written_plainly(value):
    """Without it "1.0", " 1" and "+1" would be numbers too."""
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,30}", value):
        raise ValueError("not a whole number")
    return value


# the bounds come first: behind the validator they are left out of the description
Key = Annotated[int, Field(ge=1, le=keys.MOST), BeforeValidator(_written_plainly)]
PageNumber = Annotated[
    int, Field(ge=1, le=LAST_PAGE), BeforeValidator(_written_plainly)
]
PageLength = Annotated[
    int, Field(ge=1, le=MOST_PER_PAGE), BeforeValidator(_written_plainly)
]
Language = Literal["zh-Hans", "en"]
PlaceValue = Annotated[str, Field(pattern=r"^([0-9]{1,9}|[0-9]{12})$")]


class Problem(Schema):
    """An error: what was wrong, in one sentence."""

    detail: str


ONE = {404: Problem, 410: Problem, 422: Problem, 429: Problem}
MANY = {404: Problem, 422: Problem, 429: Problem}


class LanguageQuery(Schema):
    model_config = ConfigDict(extra="forbid")

    lang: Language = Field("zh-Hans", description="Language of names and words.")


class ListQuery(LanguageQuery):
    place: PlaceValue | None = Field(
        None,
        description="A place and all below it: its id, or its 12-digit division code.",
    )
    page: PageNumber = Field(1, description="Which page, from 1.")
    per_page: PageLength = Field(
        PER_PAGE, description="How many on a page, 100 at most."
    )


class Listing(Schema, Generic[T]):
    count: int = Field(description="How many there are on all pages.")
    next: str | None = Field(description="The address of the next page; null at last.")
    results: list[T]


class Named(Schema):
    """A word of a vocabulary: `code` for programs, `label` for people."""

    code: str
    label: str


class PlaceRef(Schema):
    id: int
    name: str = Field(description="With the way down to it, the city left out.")


class PublicAPI(NinjaAPI):
    """Answers are kept as pages are, and carry their ETag; see `public_pages`."""

    def create_response(self, request, data, **kwargs):
        response = super().create_response(request, data, **kwargs)
        if response.status_code == 200:
            response.public_seconds = PLACES_SECONDS
        return response


def handle_errors(api: NinjaAPI) -> None:
    """Every error of `api` becomes one sentence."""
    api.add_exception_handler(ValidationError, _bad_filter)
    api.add_exception_handler(Http404, _missing)


def _bad_filter(request, error):
    names = (_name_of(each["loc"]) for each in error.errors)
    words = {"name": next(names, "")}
    return problem(_("看不懂参数 %(name)s：它能写什么，说明里有。") % words, 422)


def _name_of(location) -> str:
    """The parameter, which stands last but for the place in a list."""
    return next((str(part) for part in reversed(location) if isinstance(part, str)), "")


def _missing(request, error):
    if isinstance(error, TakenDown):
        return problem(_("这一条已经撤下。"), 410)
    return problem(str(error) or _("没有这一条。"), 404)


def check_names(request, query: Schema) -> None:
    """Refuses what no filter is called, and a single value written twice."""
    known = {
        field.alias or name: isinstance(getattr(query, name), list)
        for name, field in type(query).model_fields.items()
    }
    for name, values in request.GET.lists():
        if name not in known or (len(values) > 1 and not known[name]):
            raise ValidationError([{"loc": ("query", name), "msg": ""}])


def listing(request, query: ListQuery, found, show: Callable) -> dict:
    """One page of the sorted `found`, made into dictionaries by `show`."""
    first = (query.page - 1) * query.per_page
    count = found.count()
    more = first + query.per_page < count and query.page < LAST_PAGE
    return {
        "count": count,
        "next": _next_page(request, query) if more else None,
        "results": show(list(found[first : first + query.per_page])),
    }


def _next_page(request, query: ListQuery) -> str:
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name != "page"
    ]
    pairs = urlencode([*kept, ("page", query.page + 1)])
    return absolute(f"{request.path}?{pairs}")


def place_of(value: str) -> NetworkNodePage:
    """The published place of a filter. Raises Http404 with a sentence."""
    named = Q(division_code=value) if len(value) == 12 else Q(pk=value)
    found = NetworkNodePage.objects.originals().live().filter(named).first()
    if found is None:
        raise Http404(_("没有 place=%(place)s 这个地方。") % {"place": value})
    return found


def within(path: str) -> tuple[str, str]:
    """The range of tree paths at `path` and below."""
    return (path, f"{path}ZZZZ")


def absolute(address: str) -> str:
    """With the host of this site; empty stays empty."""
    if not address.startswith("/"):
        return address
    return settings.BASE_URL.rstrip("/") + address


def written_in(language: str) -> str:
    """The code of the language a text is written in, given what `foreign` says."""
    return language or bcp47(get_language())


def language_of(record) -> str:
    return written_in(foreign(record.locale.language_code, get_language()))


def named(vocabulary, value: str) -> dict | None:
    """The word for `value`; null where it is empty or unknown."""
    if value not in vocabulary.values:
        return None
    return {"code": value, "label": str(vocabulary(value).label)}


def all_named(vocabulary, values) -> list[dict]:
    return [named(vocabulary, each) for each in vocabulary.values if each in values]
