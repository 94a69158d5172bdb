"""The resident's whole path on a phone, and the same without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import press, press_link, sign_in


@pytest.mark.parametrize(
    ("elder", "javascript", "number"),
    [(False, True, "13700000001"), (True, False, "13700000002")],
    ids=["normal with script", "elder without script"],
)
def test_a_resident_finds_registers_subscribes_and_withdraws(
    new_context, elder, javascript, number
):
    page = new_context(elder=elder, java_script_enabled=javascript).new_page()
    main = page.locator("main")

    # found by pinyin
    page.goto("/search/?q=shouji")
    page.locator("main a:has-text('手机拍照')").first.click()
    expect(page.locator("h1")).to_contain_text("手机拍照")

    # signs in on the way and comes back to the same run
    press_link(page, "我要报名")
    press_link(page, "开始报名")
    sign_in(page, number)
    expect(page).to_have_url(re.compile(r"/register/\d+/who/"))

    # a form without a name keeps what was chosen and says what to do
    page.locator("main label:has-text('本人')").click()
    page.locator("input[name=name]").fill("1")
    press(page, "下一步")
    expect(page.locator("main")).to_contain_text("要改")
    expect(page.locator("main").get_by_label("本人")).to_be_checked()

    page.locator("input[name=name]").fill("王桂兰")
    press(page, "下一步")
    expect(main).to_contain_text("王桂兰")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("h1")).to_contain_text("报上")

    # it stands among her own
    page.goto("/my/")
    expect(main).to_contain_text("手机拍照")

    # subscribes: the address is there to copy, and it is a calendar
    page.goto("/subscribe/")
    address = page.locator("input[value$='.ics']").first.input_value()
    calendar = page.request.get(address)
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in calendar.text()

    # withdraws, after being asked once
    page.goto("/my/")
    page.locator("main a:has-text('手机拍照')").first.click()
    if "/my/" not in page.url:
        page.goto("/my/")
    page.locator("main a:has-text('退')").first.click()
    page.locator("main form button[type=submit]").last.click()
    expect(main).to_contain_text("已经退出")
