"""The pages of one person, in both versions: WCAG by axe, sizes and widths."""

import re

import pytest

from tests.browser import addresses
from tests.browser.looking import Look
from tests.browser.people import enter_code, press_link, sign_in
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


@pytest.mark.parametrize("version", ["normal", "elder"])
def test_nothing_is_wrong_on_the_way_to_a_place(new_context, axe, version):
    """Code, for whom with its errors, what the rules ask for, the last look."""
    page = new_context(elder=version == "elder", bypass_csp=True).new_page()
    look = Look(page, axe, version)
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
    look.found_nothing()


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


def test_nothing_is_wrong_on_what_is_her_own(new_context, axe):
    """Signed in once: a number gets one code a minute."""
    page = new_context(bypass_csp=True).new_page()
    look = Look(page, axe, "normal")
    page.goto("/accounts/login/")
    sign_in(page, RESIDENT)
    address = page.evaluate("location.origin")
    paths = own_pages(page)
    for look.version in ("normal", "elder"):
        chosen = {"name": "display", "value": look.version, "url": address}
        page.context.add_cookies([chosen])
        for path in paths:
            page.goto(path)
            look(path)
    look.found_nothing()
