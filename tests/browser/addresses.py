"""Which pages a reader can meet, by the name of the screen."""

import re

from playwright.sync_api import Page

STATIC = {
    "home": "/",
    "calendar": "/calendar/",
    "month": "/calendar/month/",
    "week": "/calendar/week/",
    "filtered": "/calendar/?theme=civic&theme=health&open=1",
    "nothing found": "/calendar/?q=没有这样的活动",
    "search": "/search/?q=shufa",
    "search in vain": "/search/?q=qqqqzzzz",
    "courses": "/courses/",
    "resources": "/courses/resources/",
    "series list": "/courses/series/",
    "teachers": "/courses/teachers/",
    "become a teacher": "/courses/teachers/nominate/",
    "subscribe": "/subscribe/",
    "choose a place": "/place/",
    "find a place": "/places/",
    "accessibility": "/accessibility/",
    "privacy": "/privacy/",
    "sign in": "/accounts/login/",
    "password": "/accounts/login/password/",
    "styles": "/styles/",
    "not found": "/nowhere/",
}

# each kind of activity page by a word of its title in the demo
ACTIVITIES = {
    "open run": "书法入门",
    "full run": "二胡小组",
    "cancelled date": "太极拳",
    "just come": "象棋角",
    "online": "乡村教师心理支持",
}

# the demo editor's own; another township has a village of the same name
VILLAGE = "/jiu-jiang-shi/lian-xi-qu/shi-li-jie-dao/lian-xi-she-qu/"


def first_link(page: Page, address: str, text: str) -> str:
    """The path of the first link on `address` whose words hold `text`."""
    page.goto(address)
    link = page.locator(f"main a:has-text('{text}')").first
    href = link.get_attribute("href") or ""
    return re.sub(r"^https?://[^/]+", "", href)


def course(page: Page) -> str:
    return first_link(page, "/courses/", "入门")


# each kind of record of the catalogue by a word of its title in the demo
RECORDS = {
    "film": ("/courses/resources/", "横画"),
    "article": ("/courses/resources/", "握笔"),
    "document": ("/courses/resources/", "练习纸"),
    "elsewhere": ("/courses/resources/", "国家老年大学"),
    "series": ("/courses/series/", "窗花"),
    "teacher": ("/courses/teachers/", "周德明"),
}


def record(page: Page, name: str) -> str:
    return first_link(page, *RECORDS[name])


def activity(page: Page, words: str) -> str:
    return first_link(page, f"/search/?q={words}", words)


def register(page: Page) -> str:
    """The public first step of registering for a run with free places."""
    page.goto(activity(page, ACTIVITIES["open run"]))
    link = page.locator("main a[href*='/register/']").first
    return link.get_attribute("href") or ""


def nodes(page: Page) -> list[str]:
    """Paths of a teaching point and of everything above it."""
    page.goto(VILLAGE)
    crumbs = page.locator(".breadcrumb a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return [VILLAGE, *(crumb for crumb in crumbs if crumb not in ("/", VILLAGE))]
