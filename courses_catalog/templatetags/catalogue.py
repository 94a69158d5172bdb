"""What the pages of records show beside the record; previews show it too."""

import json

from django import template
from django.urls import reverse
from django.utils.html import _json_script_escapes as ESCAPES
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses_catalog import facts, lines, media, related, structured

register = template.Library()

for find in (
    related.around,
    related.courses_by,
    related.courses_of_series,
    related.courses_with,
    related.held_by,
    related.resources_of,
    facts.facts_of,
):
    register.simple_tag(find)

register.filter(media.medium)
register.filter(lines.kind_of)
register.filter(structured.address_of)


@register.filter
def lines_of(records) -> list[lines.CourseLine]:
    return lines.lines(records, get_language())


@register.simple_tag
def tag_chips(record) -> list[dict]:
    """What it is about, each word a search for it."""
    return [
        {"label": tag, "url": f"{reverse('search')}?{urlencode({'q': tag})}"}
        for tag in related.held_by(record).tag_names
    ]


@register.simple_tag
def json_ld(record, runs=()) -> SafeString:
    """A data block for search engines; its words cannot end the element."""
    words = json.dumps(structured.structured(record, runs), ensure_ascii=False)
    # < > and & are written as \\u003C, as Django's json_script does
    return mark_safe(  # noqa: S308
        f'<script type="application/ld+json">{words.translate(ESCAPES)}</script>'
    )
