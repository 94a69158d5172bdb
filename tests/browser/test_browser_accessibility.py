"""Every public screen in both versions: WCAG by axe, and what axe cannot see."""

import json
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from tests import npm_packages
from tests.browser import addresses
from tests.browser.conftest import DESKTOP, PHONE

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]},
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}
MEASURES = Path(__file__).with_name("measures.js").read_text()
SMALLEST_TARGET = {"normal": 44, "elder": 60}
SMALLEST_TEXT = {"normal": 16, "elder": 18}


@pytest.fixture(scope="module")
def axe() -> str:
    return (npm_packages.node_modules() / "axe-core" / "axe.min.js").read_text()


def public_paths(page) -> dict[str, str]:
    found = dict(addresses.STATIC)
    for name, words in addresses.ACTIVITIES.items():
        found[name] = addresses.activity(page, words)
    for path in addresses.nodes(page):
        found[f"node {path}"] = path
    found["course"] = addresses.course(page)
    for name in addresses.RECORDS:
        found[name] = addresses.record(page, name)
    found["register"] = addresses.register(page)
    return found


def violations(page, axe: str) -> list[str]:
    page.evaluate(axe)
    result = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary'][:200]}"
        for rule in result["violations"]
        for node in rule["nodes"][:3]
    ]


def too_small(page, version: str) -> list[str]:
    targets = page.evaluate("n => measures.smallTargets(n)", SMALLEST_TARGET[version])
    text = page.evaluate("n => measures.smallText(n)", SMALLEST_TEXT[version])
    return [*targets, *text]


@pytest.mark.parametrize("version", ["normal", "elder"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_any_public_page(new_context, axe, version, size):
    context = new_context(elder=version == "elder", viewport=size, bypass_csp=True)
    page = context.new_page()
    wrong = {}
    for name, path in public_paths(page).items():
        page.goto(path)
        if found := violations(page, axe):
            wrong[name] = found
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403, 404, 410, 429, 500])
@pytest.mark.parametrize("version", ["normal", "elder"])
def test_axe_finds_nothing_on_error_pages(new_context, axe, rf, status, version):
    request = rf.get("/", headers={"cookie": f"display={version}"})
    html = render_to_string(f"{status}.html", request=request)
    page = new_context(bypass_csp=True).new_page()
    page.route(
        "**/error-page/",
        lambda route: route.fulfill(body=html, content_type="text/html"),
    )
    page.goto("/error-page/")
    assert page.locator("h1").count() == 1
    assert not violations(page, axe)


def test_axe_finds_nothing_in_english(new_context, axe):
    page = new_context(bypass_csp=True).new_page()
    wrong = {}
    for name, path in public_paths(page).items():
        page.goto("/en" + path.removeprefix("/en"))
        if found := violations(page, axe):
            wrong[name] = found
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)


def test_the_content_policy_stops_nothing_the_pages_need(new_context):
    context = new_context()
    page = context.new_page()
    messages = []
    page.on("console", lambda message: messages.append((page.url, message.text)))
    page.on("pageerror", lambda error: messages.append((page.url, str(error))))
    for path in public_paths(page).values():
        page.goto(path)
    expected = "Failed to load resource: the server responded with a status of 404"
    assert not [line for line in messages if expected not in line[1]]


@pytest.mark.parametrize("version", ["normal", "elder"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_nothing_scrolls_sideways_at_320_pixels(new_context, version, language):
    context = new_context(
        elder=version == "elder", viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.add_init_script(MEASURES)
    wide = {}
    for name, path in public_paths(page).items():
        page.goto(language + path.removeprefix("/en"))
        over = page.evaluate("measures.sidewaysScroll()")
        if over > 0:
            wide[name] = over
    assert not wide


@pytest.mark.parametrize("version", ["normal", "elder"])
def test_targets_and_text_are_large_enough(new_context, version):
    page = new_context(elder=version == "elder").new_page()
    page.add_init_script(MEASURES)
    wrong = {}
    for name, path in public_paths(page).items():
        page.goto(path)
        if found := too_small(page, version):
            wrong[name] = found
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)


def test_the_body_of_the_elder_version_is_24_pixels(new_context):
    page = new_context(elder=True).new_page()
    page.goto("/")
    size = page.evaluate("getComputedStyle(document.body).fontSize")
    assert float(size.removesuffix("px")) >= 24


def test_the_first_tab_leads_past_the_header(phone):
    phone.goto("/")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.getAttribute('href')") == "#main"
