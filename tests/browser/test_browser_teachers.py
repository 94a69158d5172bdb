"""我来当老师 in both versions, from the first step to taking it back, and without
script."""

import re

import pytest

from tests.browser.looking import Look
from tests.browser.people import press_link, sign_in
from tests.browser.test_browser_accessibility import axe as axe
from tests.courses_catalog.nominating import PNG

NUMBERS = {"normal": "13700000007", "elder": "13700000008"}
WITHOUT_SCRIPT = "13700000009"
MINE = "/courses/teachers/nominate/mine/"
PHOTO = {"name": "证书.png", "mimeType": "image/png", "buffer": PNG}
WORDS = {"name": "说明.docx", "mimeType": "text/plain", "buffer": b"hello"}


def send(page) -> None:
    page.locator("main form[method=post] button[type=submit]").first.click()


def choose_a_place(page) -> None:
    for place in ("濂溪区", "十里街道"):
        page.locator("main li a", has_text=place).first.click()
    page.locator("main li", has_text="濂溪社区").first.locator("a").first.click()
    page.wait_for_url(re.compile(r"/where/\d+/"))


def fill_in(page) -> None:
    page.locator("input[name=shown_name]").fill("王老师")
    page.locator("label:has-text('公民素养')").click()
    page.locator("input[name=subjects]").fill("剪纸、窗花")
    page.locator("input[name=summary]").fill("剪了三十年纸")
    page.locator("input[name=availability]").fill("周二上午")
    page.locator("label:has-text('同意在网站上公开')").click()


@pytest.mark.parametrize("version", ["normal", "elder"])
def test_nothing_is_wrong_on_the_way_to_a_teacher(new_context, axe, version):
    page = new_context(elder=version == "elder", bypass_csp=True).new_page()
    look = Look(page, axe, version)
    page.goto("/courses/teachers/")
    press_link(page, "我来当老师")
    look("first step")
    press_link(page, "开始申请")
    sign_in(page, NUMBERS[version])
    page.wait_for_url("**/nominate/where/")
    look("where")
    page.goto("/courses/teachers/nominate/where/?q=濂溪社区")
    look("where, found")
    page.goto("/courses/teachers/nominate/where/")
    choose_a_place(page)
    look("form")
    # the browser would stop at the first empty field
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.locator("input[type=file]").set_input_files([PHOTO, WORDS])
    send(page)
    page.wait_for_selector(".errors")
    look("form refused, with a file kept")
    fill_in(page)
    send(page)
    page.wait_for_url(f"**{MINE}")
    look("mine")
    page.goto(f"{MINE}withdraw/")
    look("withdraw")
    send(page)
    page.wait_for_url(f"**{MINE}")
    look("mine, withdrawn")
    look.found_nothing()


def test_a_nomination_is_handed_in_without_script(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/courses/teachers/nominate/")
    press_link(page, "开始申请")
    sign_in(page, WITHOUT_SCRIPT)
    choose_a_place(page)
    fill_in(page)
    page.locator("input[type=file]").set_input_files([PHOTO])
    send(page)
    page.wait_for_url(f"**{MINE}")
    assert "正在审核" in page.locator("main").inner_text()
    page.goto(f"{MINE}withdraw/")
    send(page)
    page.wait_for_url(f"**{MINE}")
