"""The pages of one person, in both versions: WCAG by axe, sizes and widths."""

import json
import re

import pytest

from tests.browser import addresses
from tests.browser.people import enter_code, press_link, sign_in
from tests.browser.test_browser_accessibility import MEASURES, too_small, violations
from tests.browser.test_browser_accessibility import axe as axe

NUMBERS = {"normal": "13700000003", "elder": "13700000004"}
# of the README: she has a place in one activity and waits for another
RESIDENT = "13800000001"
OWN = (
    "/my/",
    "/my/family/",
    "/my/family/add/",
    "/my/account/",
    "/my/account/erase/",
    "/my/calendar/",
)


def faults(page, axe: str, version: str) -> list[str]:
    found = [*violations(page, axe), *too_small(page, version)]
    if page.evaluate("measures.sidewaysScroll()") > 0:
        found.append("scrolls sideways")
    return found


@pytest.fixture
def new_page(new_context):
    def make(version: str):
        page = new_context(elder=version == "elder", bypass_csp=True).new_page()
        page.add_init_script(MEASURES)
        return page

    return make


@pytest.mark.parametrize("version", ["normal", "elder"])
def test_nothing_is_wrong_on_the_way_to_a_place(new_page, axe, version):
    """Code, for whom with its errors, what the rules ask for, the last look."""
    page, wrong = new_page(version), {}

    def look(name: str) -> None:
        if found := faults(page, axe, version):
            wrong[name] = found

    page.goto(addresses.register(page))
    press_link(page, "开始报名")
    page.locator("input[name=login]").fill("1370000")
    page.locator("main form button[type=submit]").first.click()
    look("sign-in refused")
    page.locator("input[name=login]").fill(NUMBERS[version])
    page.locator("main form button[type=submit]").first.click()
    look("code")
    enter_code(page)
    look("who")
    page.locator("main form button[type=submit]").first.click()
    look("who refused")
    page.locator("main label:has-text('本人')").click()
    page.locator("input[name=name]").fill("王桂兰")
    page.locator("input[name=born_on]").fill("1956年3月8日")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/for/\d+/"))
    look("last look")
    page.goto(page.url.split("/for/")[0] + "/who/")
    look("who, once known")
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)


def own_pages(page) -> list[str]:
    """Her pages, one person of her household, one registration and the way out."""
    page.goto("/my/family/")
    people = page.locator("main a[href*='/my/family/']:not([href$='/add/'])")
    person = people.first.get_attribute("href")
    page.goto("/my/")
    links = page.locator("main a").evaluate_all("all => all.map(a => a.pathname)")
    of_one = [
        next(path for path in links if re.search(kind, path))
        for kind in (r"/my/\d+/$", r"/my/\d+/withdraw/$")
    ]
    return [*OWN, person, *of_one]


def test_nothing_is_wrong_on_what_is_her_own(new_page, axe):
    """Signed in once: a number gets one code a minute."""
    page, wrong = new_page("normal"), {}
    page.goto("/accounts/login/")
    sign_in(page, RESIDENT)
    address = page.evaluate("location.origin")
    paths = own_pages(page)
    for version in ("normal", "elder"):
        page.context.add_cookies(
            [{"name": "display", "value": version, "url": address}]
        )
        for path in paths:
            page.goto(path)
            if found := faults(page, axe, version):
                wrong[f"{version} {path}"] = found
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)
