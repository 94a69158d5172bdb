"""The village editor publishes; the public pages follow at the next request."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser import addresses
from tests.browser.conftest import DESKTOP
from tests.browser.people import publish, sign_in_staff

TITLE = "毛线编织班"


@pytest.fixture
def editor(new_context) -> Page:
    page = new_context(viewport=DESKTOP).new_page()
    sign_in_staff(page, "village")
    return page


def write_weekly_class(page: Page) -> None:
    page.goto("/admin/pages/")
    page.locator("a[href$='/add_subpage/']").first.click()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=theme]").select_option("skills")
    today = dt.datetime.now(ZoneInfo("Asia/Shanghai")).date()
    page.locator("[name=starts_at]").fill(f"{today + dt.timedelta(days=2)} 09:30")
    page.keyboard.press("Escape")
    page.locator("[name=repeat]").select_option("weekly")
    page.locator("[name=repeat_count]").fill("6")
    page.locator("[name=registration_mode]").select_option("whole_run")
    page.locator("[name=capacity]").fill("12")


def test_a_weekly_class_is_public_as_soon_as_it_is_published(editor, new_context):
    public = new_context().new_page()
    public.goto(addresses.VILLAGE)
    expect(public.locator("main")).not_to_contain_text(TITLE)

    write_weekly_class(editor)
    publish(editor)

    public.goto(addresses.VILLAGE)
    public.locator(f"main a:has-text('{TITLE}')").first.click()
    expect(public.locator("h1")).to_contain_text(TITLE)
    expect(public.locator("main")).to_contain_text("共6次")
    expect(public.locator("main a.button:has-text('我要报名')")).to_be_visible()


def test_a_class_without_an_end_is_explained_and_keeps_what_was_typed(editor):
    write_weekly_class(editor)
    editor.locator("[name=repeat_count]").fill("")
    publish(editor)
    expect(editor.locator("[name=title]")).to_have_value(TITLE)
    expect(editor.locator("main")).to_contain_text("几次")


def test_the_desk_gets_no_form_where_the_editor_gets_one(new_context):
    page = new_context(viewport=DESKTOP).new_page()
    sign_in_staff(page, "desk")
    page.goto(addresses.VILLAGE)
    chosen = page.locator("a[href*='/place/set/']").first.get_attribute("href")
    village = chosen.split("/place/set/")[1].split("/")[0]
    form = f"/admin/pages/add/activities/activitypage/{village}/"
    assert 'name="starts_at"' not in page.request.get(form).text()
    editor = new_context(viewport=DESKTOP).new_page()
    sign_in_staff(editor, "village")
    assert 'name="starts_at"' in editor.request.get(form).text()
