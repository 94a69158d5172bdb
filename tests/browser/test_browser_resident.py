"""The resident's whole path on a phone, and the same without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import addresses

CODE = re.compile(r"\b(\d{6})\b")


def newest_code(page: Page, phone_number: str) -> str:
    """The last code the demo's inbox shows for this number."""
    inbox = page.context.new_page()
    inbox.goto("/demo/inbox/")
    text = inbox.locator("main").inner_text()
    inbox.close()
    found = CODE.search(text)
    assert found, text
    return found.group(1)


def sign_in(page: Page, phone_number: str) -> None:
    page.locator("main input:not([type=hidden])").first.fill(phone_number)
    page.locator("main form button[type=submit]").first.click()
    page.locator("main input[autocomplete=one-time-code]").fill(
        newest_code(page, phone_number)
    )
    page.locator("main form button[type=submit]").first.click()


@pytest.mark.parametrize(
    ("elder", "javascript", "number"),
    [(False, True, "13700000001"), (True, False, "13700000002")],
    ids=["normal with script", "elder without script"],
)
def test_a_resident_finds_registers_subscribes_and_withdraws(
    new_context, elder, javascript, number
):
    page = new_context(elder=elder, java_script_enabled=javascript).new_page()

    # found by pinyin
    page.goto("/search/?q=shouji")
    page.locator("main a:has-text('手机拍照')").first.click()
    expect(page.locator("h1")).to_contain_text("手机拍照")

    # registers: signs in on the way and comes back to the same run
    page.locator("main a:has-text('我要报名')").first.click()
    page.locator("main a.button, main button").first.click()
    if page.locator("input[autocomplete*=tel], input[name=login]").count():
        sign_in(page, number)
    register_oneself(page, "王桂兰")
    expect(page.locator("main")).to_contain_text(re.compile("报上|候补"))

    # it stands among her own
    page.goto("/my/")
    expect(page.locator("main")).to_contain_text("手机拍照")

    # subscribes: the address is there to copy, and it is a calendar
    page.goto("/subscribe/")
    address = page.locator("input[value$='.ics']").first.input_value()
    calendar = page.request.get(address)
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in calendar.text()

    # withdraws
    page.goto("/my/")
    page.locator("main a:has-text('退')").first.click()
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("退")


def register_oneself(page: Page, name: str) -> None:
    """From the question for whom to the answer."""
    if page.locator("input[name$=name]").count():
        page.locator("input[name$=name]").first.fill(name)
    page.locator("main form button[type=submit]").first.click()
    page.locator("main form button[type=submit]").last.click()


def test_an_editor_publishes_a_weekly_class_and_a_resident_sees_it(new_context):
    """The village editor works in the admin; the public page follows at once."""
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    public = new_context().new_page()
    village = addresses.nodes(public)[0]
    public.goto(village)
    expect(public.locator("main")).not_to_contain_text("毛线编织班")

    page.goto("/admin/")
    assert "login" in page.url
