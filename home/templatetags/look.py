"""The words of the look in templates: icons, dates as people say them, form parts.

Registered as a template builtin: no ``{% load %}`` is needed.
"""

import re

from django import template
from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from home.dates import (
    clock,
    day_number,
    full_date,
    full_date_time,
    is_rest_day,
    is_today,
    iso_date,
    lunar_date,
    lunar_short,
    month_day,
    month_short,
    month_year,
    solar_term,
    time_range,
    weekday,
    weekday_long,
)
from home.qr import qr_drawing
from home.site_names import site_name

register = template.Library()

STRETCH = re.compile(r"\d{1,2}:\d\d–\d{1,2}:\d\d")

# Linked in this order; no rule needs more than that (no layers, no build step).
STYLESHEETS = (
    "tokens",
    "base",
    "components/button",
    "components/header",
    "components/breadcrumb",
    "components/tag",
    "components/event",
    "components/facts",
    "components/fold",
    "components/form",
    "components/notice",
    "components/table",
    "components/timeline",
    "components/calendar",
    "components/registration",
    "components/subscribe",
    "components/home",
    "components/footer",
    "components/suggest",
)

# Eight states of a run and the states of a person in it share six shapes of label.
STATUS_TONES = {
    "open": "open",
    "admitted": "open",
    "full": "wait",
    "waiting": "wait",
    "moved": "wait",
    "turn": "wait",
    "draw": "draw",
    "walk_in": "soon",
    "not_yet": "soon",
    "closed": "over",
    "finished": "over",
    "cancelled": "off",
}


@register.simple_tag
def stylesheets():
    """The links to every stylesheet of the site, in order."""
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((static(f"css/{name}.css"),) for name in STYLESHEETS),
    )


@register.simple_tag
def icon(name):
    """One drawing of img/icons.svg. A word always stands beside it."""
    return format_html(
        '<svg class="icon" width="24" height="24" aria-hidden="true">'
        '<use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def paper_code(address):
    """The address as a code of some three centimetres, for the foot of paper."""
    return qr_drawing(address, scale=3)


@register.simple_tag(name="site_name")
def site_name_tag():
    """The name of the site where no context is at hand (the 500 page)."""
    return site_name()


for words_of_a_date in (
    clock,
    day_number,
    full_date,
    full_date_time,
    is_rest_day,
    is_today,
    iso_date,
    lunar_date,
    lunar_short,
    month_day,
    month_short,
    month_year,
    solar_term,
    time_range,
    weekday,
    weekday_long,
):
    register.filter(words_of_a_date)

# --- Words and numbers ------------------------------------------------------------


@register.filter
def bcp47(code):
    """zh-hans → zh-Hans: the spelling HTML and feeds want."""
    return to_locale(code).replace("_", "-") if code else ""


@register.filter
def tel(number):
    """The address of a phone link: 0792-858 0000 → tel:0792-8580000."""
    return f"tel:{re.sub(r'[^0-9+*#-]', '', str(number))}"


@register.filter(needs_autoescape=True)
def unbroken(text, autoescape=True):
    """Keeps each stretch of time of a sentence, 9:00–10:30, on one line."""
    safe = conditional_escape(text) if autoescape else str(text)
    # escaped above, where the template asks for it
    return mark_safe(STRETCH.sub(r'<span class="nb">\g<0></span>', safe))  # noqa: S308


@register.filter
def status_tone(code):
    return STATUS_TONES.get(code, "over")


@register.filter
def page_numbers(page):
    """Pages worth a link; the gap is a … ."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


# --- Forms ------------------------------------------------------------------------


@register.filter
def field_kind(field):
    """choices (radio buttons, boxes), checkbox or input."""
    widget = field.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "choices"
    return "checkbox" if isinstance(widget, CheckboxInput) else "input"


@register.simple_tag
def field_input(field):
    """The control itself: our class, no placeholder (the label says it all)."""
    attrs = {"placeholder": False}
    if field_kind(field) == "input":
        given = field.field.widget.attrs.get("class", "")
        attrs["class"] = f"input {given}".strip()
    return field.as_widget(attrs=attrs)


@register.filter
def choices(field):
    """The options of a bound field as choice_list.html wants them."""
    return [
        {
            "id": option.id_for_label,
            "value": option.data["value"],
            "label": option.choice_label,
            "checked": option.data["selected"],
            "disabled": option.data["attrs"].get("disabled", False),
        }
        for option in field.subwidgets
    ]


@register.filter
def choice_kind(field):
    multiple = isinstance(field.field.widget, CheckboxSelectMultiple)
    return "checkbox" if multiple else "radio"


@register.filter
def errors_of(form):
    """What error_summary.html lists: [{"text", "href"}] in the form's order."""
    found = [{"text": text, "href": ""} for text in form.non_field_errors()]
    for field in form:
        target = field.id_for_label or f"{field.auto_id}_0"
        label = str(field.label).rstrip("？?：:")
        found += [
            {
                "text": _("%(field)s：%(error)s") % {"field": label, "error": text},
                "href": f"#{target}",
            }
            for text in field.errors
        ]
    return found
