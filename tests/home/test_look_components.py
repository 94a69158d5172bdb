"""Every component of the look, with full, missing and hostile values."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, engines
from django.utils import translation

from home import style_page, style_samples
from home.templatetags import look
from home.vocabulary import Theme
from tests.home.look_samples import ROW, hostile, request, samples

COMPONENTS = settings.BASE_DIR / "templates" / "components"
NAMES = sorted(path.stem for path in COMPONENTS.glob("*.html"))
VOID = {"input", "br", "link", "meta", "img", "use", "rect", "circle"}

every_component = pytest.mark.parametrize("name", NAMES)


class Tags(HTMLParser):
    """Tags with their attributes, and whether each one opened is closed."""

    def __init__(self, source: str):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _tag, attrs in self.tags if attribute in attrs]


def rendered(name: str, context: dict) -> str:
    template = engines["django"].engine.get_template(f"components/{name}.html")
    bare = Context(context)
    bare.request = request()  # all that `only` leaves of the page
    return template.render(bare)


def test_every_component_has_a_sample():
    assert sorted(samples()) == NAMES


@every_component
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_component_is_sound_mark_up(name, language):
    with translation.override(language):
        html = rendered(name, samples()[name])
    tags = Tags(html)
    assert tags.tags
    assert not tags.open
    assert {n: c for n, c in Counter(tags.values("id")).items() if c > 1} == {}
    assert "style" not in {attr for _tag, attrs in tags.tags for attr in attrs}
    assert not re.search(r"\bon[a-z]+=", html)


@every_component
def test_a_component_leads_assistive_technology_to_what_exists(name):
    tags = Tags(rendered(name, samples()[name]))
    ids = set(tags.values("id"))
    named = " ".join(tags.values("aria-describedby") + tags.values("for")).split()
    assert set(named) <= ids


# A row or a field that is not there is a mistake its author should be told.
NEEDS_AN_OBJECT = {"event_row", "form_field", "filter_form"}


@pytest.mark.parametrize("name", sorted(set(NAMES) - NEEDS_AN_OBJECT))
def test_a_component_without_values_is_no_server_error(name):
    nothing = {"page": Paginator([], 20).page(1)} if name == "pagination" else {}
    assert "None" not in rendered(name, nothing)


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"form_field", "form_fields"}))
def test_what_people_wrote_stays_text(name):
    html = rendered(name, hostile(samples()[name]))
    assert "<script" not in html
    assert not Tags(html).open


# --- What single components promise -----------------------------------------------


def test_the_title_of_another_language_says_which():
    html = rendered("event_row", {"row": ROW | {"language": "en"}})
    assert '<a href="/a/" lang="en" hreflang="en">' in html
    assert "hreflang" not in rendered("event_row", {"row": ROW})


def test_a_row_says_its_time_unless_a_line_says_it_better():
    assert "9:00–10:30" in rendered("event_row", {"row": ROW})
    better = rendered("event_row", {"row": ROW | {"time_line": "每周三 9:00"}})
    assert "每周三 9:00" in better
    assert "9:00–10:30" not in better


def test_a_row_can_do_without_theme_place_and_places():
    html = rendered(
        "event_row",
        {"row": ROW | {"theme": None, "place_line": "", "places_line": ""}},
    )
    assert "theme" not in html
    assert "places" not in html


@pytest.mark.parametrize(
    ("taken", "total", "bar"), [(18, 24, True), (0, 24, True), (5, None, False)]
)
def test_a_bar_of_places_needs_their_number(taken, total, bar):
    html = rendered("places_bar", {"line": "名额", "taken": taken, "total": total})
    assert ("<svg" in html) is bar


def test_a_large_number_of_places_keeps_its_digits_together():
    html = rendered("places_bar", {"line": "名额", "taken": 1200, "total": 3000})
    assert 'viewBox="0 0 3000 1"' in html
    assert 'width="1200"' in html


def test_a_button_without_address_sends_the_form():
    assert Tags(rendered("button", {"label": "下一步"})).tags[0][0] == "button"
    assert Tags(rendered("button", {"label": "去", "url": "/"})).tags[0][0] == "a"


def test_the_last_crumb_is_the_page_itself():
    html = rendered("breadcrumb", samples()["breadcrumb"])
    assert '<li aria-current="page">书法班</li>' in html


def test_pages_keep_what_was_chosen():
    links = Tags(rendered("pagination", samples()["pagination"])).values("href")
    assert "?theme=civic&page=2" in links
    assert all("theme=civic" in link for link in links if link.startswith("?"))


def test_a_list_of_one_page_has_no_pages():
    page = Paginator(range(5), 20).page(1)
    assert "<nav" not in rendered("pagination", {"page": page})


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, [1, 2, "…", 10]), (5, [1, "…", 4, 5, 6, "…", 10]), (10, [1, "…", 9, 10])],
)
def test_the_gap_between_pages_is_elided(number, shown):
    page = Paginator(range(200), 20).page(number)
    assert list(look.page_numbers(page)) == shown


def test_nobody_to_call_leads_to_the_teaching_point():
    assert "tel:0792-8580000" in rendered("ask_by_phone", {"hotline": "0792-858 0000"})
    assert "tel:" not in rendered("ask_by_phone", {})


def test_what_came_out_of_an_act_is_announced():
    html = rendered("messages", samples()["messages"])
    assert html.count('role="status"') == 2
    assert "notice--good" in html
    assert "notice--bad" in html


# --- Words and drawings -----------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "tag"), [("zh-hans", "zh-Hans"), ("en", "en"), ("", ""), (None, "")]
)
def test_a_language_is_spelt_as_html_wants_it(code, tag):
    assert look.bcp47(code) == tag


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("0792-858 0000", "tel:0792-8580000"),
        ("+86 (792) 8580000", "tel:+867928580000"),
        ("8580000转2", "tel:85800002"),
        ('"><script>', "tel:"),
    ],
)
def test_a_phone_link_holds_nothing_but_the_number(number, address):
    assert look.tel(number) == address


def test_an_unknown_status_looks_like_one_that_is_over():
    assert look.status_tone("open") == "open"
    assert look.status_tone("no such code") == "over"


def test_every_sample_status_has_a_tone_and_every_tone_a_sample():
    assert set(style_samples.STATUSES) == set(look.STATUS_TONES)


def drawings() -> set[str]:
    source = Path(settings.BASE_DIR, "site/static/img/icons.svg").read_text()
    return set(re.findall(r'<symbol[^>]* id="([a-z_-]+)"', source))


def test_every_icon_named_in_a_template_is_drawn():
    named = {
        name
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if "wagtailadmin" not in path.parts  # the admin draws its own
        for name in re.findall(
            r"""(?:{% icon|icon=|icon_after=) ?["']([a-z_-]+)["']""", path.read_text()
        )
    }
    assert named - drawings() == set()


def test_the_page_of_styles_shows_every_drawing():
    assert set(style_page.ICONS) == drawings()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/styles/", "/styles/?page=99", "/en/styles/"])
def test_the_page_of_styles_shows_all_themes_and_states(client, address):
    html = client.get(address).content.decode()
    assert all(f"theme-{theme}" in html for theme in Theme.values)
    assert all(f"status--{tone}" in html for tone in look.STATUS_TONES.values())


def test_every_stylesheet_is_linked_once_and_exists():
    folder = settings.BASE_DIR / "site" / "static" / "css"
    there = {
        path.relative_to(folder).with_suffix("").as_posix()
        for path in folder.rglob("*.css")
    }
    assert sorted(look.STYLESHEETS) == sorted(there)
    assert str(look.stylesheets()).count("<link") == len(look.STYLESHEETS)
