"""The page of styles: every component in every state, with words as they will be.

Developers look here first; the browser tests measure it.
"""

from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from home import style_samples

ICONS = [
    "calendar",
    "place",
    "clock",
    "person",
    "group",
    "phone",
    "search",
    "speaker",
    "subscribe",
    "printer",
    "check",
    "cross",
    "warning",
    "arrow",
    "back",
    "ticket",
    "book",
    "video",
    "headphones",
    "list",
    "grid",
    "home",
    "file",
    "info",
    "lock",
    "down",
    "download",
]


@require_safe
def styles(request):
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    week = [monday + timedelta(days=number) for number in range(7)]
    return render(
        request,
        "styles.html",
        {
            "breadcrumb": [{"title": _("样式总览")}],
            "icons": ICONS,
            "themes": list(style_samples.THEMES.values()),
            "statuses": list(style_samples.STATUSES.values()),
            "places": [(6, 18, 24), (1, 23, 24), (0, 24, 24)],
            "rows": style_samples.rows(),
            "today": today,
            "leaves": [today, week[5], week[6] + timedelta(days=90)],
            "week": [
                {"day": day, "url": "#week", "count": 3, "current": day == today}
                for day in week
            ],
            "page": Paginator(range(200), 20).get_page(request.GET.get("page", 3)),
            "filter_form": style_samples.SampleFilterForm(initial={"starts": today}),
            "form": style_samples.SampleForm({"name": "王建平", "birth_year": "56"}),
            "steps": ["为谁报名", "怎么联系", "核对"],
            "choices": style_samples.choices(),
            "timeline": style_samples.timeline(),
            "facts": style_samples.FACTS,
            "lines": style_samples.LINES,
            "chips": style_samples.CHIPS,
            "facets": style_samples.FACETS,
        },
    )
