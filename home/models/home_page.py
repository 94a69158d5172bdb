import datetime as dt
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from home.addresses import InReadersLanguage, route
from home.network import ancestors_of, count_by_level, the_city
from home.place import chosen_place
from home.public_pages import PLACES_SECONDS, AlwaysPublic

DAY = dt.timedelta(days=1)


class HomePage(AlwaysPublic, InReadersLanguage, Page):
    """The front door: search, themes, what is on near a chosen place.

    Stands once per language under the root; the city's node hangs below it. It may
    depend on one thing of the reader, the cookie of the chosen place, which is part
    of the cache's key.
    """

    introduction = models.CharField(_("一句话介绍"), max_length=120, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.NetworkNodePage"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("首页")
        verbose_name_plural = _("首页")

    @classmethod
    def can_create_at(cls, parent) -> bool:
        """Once per language: further ones come from translating the first."""
        return super().can_create_at(parent) and not cls.objects.exists()

    @cached_property
    def original(self) -> "HomePage":
        """The home page in the default language, this one where there is none."""
        translations = self.get_translations(inclusive=True)
        in_default = translations.filter(locale__language_code=settings.LANGUAGE_CODE)
        return in_default.first() or self

    def route(self, request, path_components):
        if not path_components:
            return super().route(request, path_components)
        return route(self, request, path_components)

    def get_context(self, request, *args, **kwargs):
        place = chosen_place(request)
        if place is not None:
            place.nodes_above = ancestors_of(place)  # asked once
        city = (place and place.nodes_above or [None])[0] or the_city()
        return {
            **super().get_context(request, *args, **kwargs),
            "today": timezone.localdate(),
            "city": city,
            "place": place,
            "near": place or city,
            "levels": count_by_level(),
            "chips": _quick_choices(place or city, timezone.localdate()),
        }

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        response.public_seconds = PLACES_SECONDS
        return response


def _quick_choices(place, today: dt.date) -> list[dict]:
    """The questions most people come with, one press each."""
    saturday = today + (5 - today.weekday()) * DAY
    sunday = saturday + DAY
    weekend = {"from": max(today, saturday), "to": sunday}
    return [
        {"label": _("今天"), "url": _calendar(place, **{"from": today, "to": today})},
        {"label": _("本周末"), "url": _calendar(place, **weekend)},
        {"label": _("能报名的"), "url": _calendar(place, open="on")},
    ]


def _calendar(place, **query) -> str:
    if place is not None:
        query["place"] = place.pk
    return f"{reverse('calendar')}?{urlencode(query)}"
