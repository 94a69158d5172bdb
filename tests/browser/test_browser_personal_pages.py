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


@pytest.fixture(params=["normal", "elder"])
def version(request) -> str:
    return request.param


@pytest.fixture
def page(new_context, version):
    page = new_context(elder=version == "elder", bypass_csp=True).new_page()
    page.add_init_script(MEASURES)
    return page


@pytest.fixture
def look(page, axe, version):
    """Notes what is wrong with the page shown; the test ends with nothing noted."""
    wrong = {}

    def looked(name: str) -> None:
        found = [*violations(page, axe), *too_small(page, version)]
        if page.evaluate("measures.sidewaysScroll()") > 0:
            found.append("scrolls sideways")
        if found:
            wrong[name] = found

    yield looked
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)


def test_nothing_is_wrong_on_the_way_to_a_place(page, look, version):
    """Code, for whom with its errors, what the rules ask for, the last look."""
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


def test_nothing_is_wrong_on_what_is_her_own(page, look):
    page.goto("/accounts/login/")
    sign_in(page, RESIDENT)
    for path in OWN:
        page.goto(path)
        look(path)
    page.goto("/my/family/")
    page.locator("main a[href*='/my/family/']:not([href$='/add/'])").first.click()
    look("a person")
    page.goto("/my/")
    links = page.locator("main a").evaluate_all("all => all.map(a => a.pathname)")
    for kind in (r"/my/\d+/$", r"/my/\d+/withdraw/$"):
        found = [path for path in links if re.search(kind, path)]
        assert found, kind
        page.goto(found[0])
        look(kind)
