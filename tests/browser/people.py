"""What people do on the demo: sign in by code or password, register, publish."""

import re

from playwright.sync_api import Page

PASSWORD = "shexue-demo"
CODE = re.compile(r"\b(\d{6})\b")


def newest_code(page: Page) -> str:
    """The last code that the demo's inbox shows."""
    inbox = page.context.new_page()
    inbox.goto("/demo/inbox/")
    text = inbox.locator("main").inner_text()
    inbox.close()
    found = CODE.search(text)
    assert found, text
    return found.group(1)


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words).first.click()


def press_link(page: Page, words: str) -> None:
    page.locator(f"main a.button:has-text('{words}')").first.click()


def sign_in(page: Page, number: str) -> None:
    page.locator("input[name=login]").fill(number)
    press(page, "发验证码")
    enter_code(page)


def enter_code(page: Page) -> None:
    """On the page that asks for it."""
    page.locator("input[autocomplete=one-time-code]").fill(newest_code(page))
    page.locator("main form button[type=submit]").first.click()


def sign_in_staff(page: Page, username: str) -> None:
    """By password, from the admin's door."""
    page.goto("/admin/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/admin/")


def publish(page: Page) -> None:
    """From the form of a page in the admin: the button of its footer."""
    with page.expect_navigation():
        page.locator("button[name=action-publish]").click()
