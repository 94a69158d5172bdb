"""The editor's form: what is enough, what is refused, and with which sentence."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from activities.models import ActivityPage, Run
from activities.schedule import SHANGHAI
from activities.states import RegistrationStatus
from activities.vocabulary import ChangeKind
from tests.factories import RegistrationFactory, UserFactory, small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def village():
    return small_network().village


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


def form(*changes, **fields) -> dict:
    """What the browser sends when only title, theme and start are filled in."""
    blocks = streamfield([("change", row) for row in changes])
    data = {
        "title": "书法讲座",
        "theme": "civic",
        "kind": "talk",
        "starts_at": "2026-12-08 09:00",
        "duration_minutes": "90",
        "repeat": "none",
        "interval": "1",
        "skip_public_holidays": "on",
        "delivery": "on_site",
        "registration_mode": "none",
        "fee_kind": "free",
        "body": streamfield([]),
        "teachers": streamfield([]),
        "schedule_changes": blocks,
        "slug": "",
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        **fields,
    }
    data["comments-TOTAL_FORMS"] = data["comments-INITIAL_FORMS"] = 0
    data.pop("comments")
    weekdays = data.pop("weekdays", [])
    return nested_form_data(data) | {"weekdays": weekdays}


def change(kind, date, **fields) -> dict:
    row = {"new_date": "", "new_time": "", "venue": "", "note": ""}
    return {"kind": kind, "date": date, **row, **fields}


def create(admin, village, data, *, publish=True):
    url = reverse(
        "wagtailadmin_pages:add", args=["activities", "activitypage", village.pk]
    )
    return admin.post(url, data | ({"action-publish": "1"} if publish else {}))


def edit(admin, page, data, *, publish=True):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return admin.post(url, data | ({"action-publish": "1"} if publish else {}))


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 200, "it was accepted"
    return dict(response.context["form"].errors)


def test_a_talk_needs_a_title_a_theme_and_a_start(admin, village):
    assert create(admin, village, form()).status_code == 302
    page = ActivityPage.objects.get()
    assert page.live
    assert page.slug == "shu-fa-jiang-zuo"
    assert [s.starts_at for s in page.sessions.all()] == [
        dt.datetime(2026, 12, 8, 9, 0, tzinfo=SHANGHAI)
    ]


def test_the_same_title_twice_gets_another_address(admin, village):
    create(admin, village, form())
    create(admin, village, form())
    slugs = set(ActivityPage.objects.values_list("slug", flat=True))
    assert slugs == {"shu-fa-jiang-zuo", "shu-fa-jiang-zuo-2"}


def test_a_draft_may_lack_everything_but_a_title(admin, village):
    data = form(starts_at="", theme="")
    assert create(admin, village, data, publish=False).status_code == 302
    page = ActivityPage.objects.get()
    assert (page.live, page.starts_at) == (False, None)
    assert not page.sessions.exists()


def test_publishing_without_theme_and_start_says_which(admin, village):
    found = errors(create(admin, village, form(starts_at="", theme="")))
    assert set(found) == {"starts_at", "theme"}


OMITTED = {
    "repeat without an end": (
        {"repeat": "weekly"},
        "repeat_until",
        "重复的活动要有一个结束：请填「到哪一天为止」，或者「一共几次」。",
    ),
    "a fee without an amount": (
        {"fee_kind": "paid"},
        "fee_amount",
        "请填要交多少元。",
    ),
    "online without a link": (
        {"delivery": "online"},
        "join_link",
        "线上的活动请填线上地址。",
    ),
    "more than the most": (
        {"repeat": "daily", "repeat_until": "2028-12-31"},
        "repeat_until",
        "这样排会超过 400 次。请把结束的日期提前，或者少排几次。",
    ),
    "a first date long past": (
        {"starts_at": "2025-11-20 09:00"},
        "starts_at",
        "这个时间已经过去一年多了，请检查年份。",
    ),
}


@pytest.mark.parametrize(("fields", "field", "sentence"), OMITTED.values(), ids=OMITTED)
def test_what_is_missing_matters_on_publishing_only(
    admin, village, fields, field, sentence
):
    found = errors(create(admin, village, form(**fields)))
    assert found == {field: [sentence]}
    assert create(admin, village, form(**fields), publish=False).status_code == 302


WEEKLY = {"repeat": "weekly", "repeat_count": "4"}
WHOLE_RUN = {"registration_mode": "whole_run"}
CONTRADICTIONS = {
    "the end is before the start": (
        {"repeat": "weekly", "repeat_until": "2026-12-07"},
        "repeat_until",
        "结束的日期在第一次（2026年12月8日 周二）以前。",
    ),
    "the first day is not among the weekdays": (
        {**WEEKLY, "weekdays": ["3"]},
        "weekdays",
        "第一次是2026年12月8日 周二，可是这里没有勾周二。请勾上，或者改第一次的日期。",
    ),
    "registration closes before it opens": (
        {**WHOLE_RUN, "opens_at": "2026-12-05 08:00", "closes_at": "2026-12-05 08:00"},
        "closes_at",
        "截止报名要在开始报名以后。",
    ),
    "registration closes after the first date": (
        {**WHOLE_RUN, "closes_at": "2026-12-08 09:01"},
        "closes_at",
        "截止报名不能晚于第一次开始的时间。",
    ),
    "registration opens with the first date": (
        {**WHOLE_RUN, "opens_at": "2026-12-08 09:00"},
        "opens_at",
        "开始报名要在第一次开始以前。",
    ),
    "the oldest is younger than the youngest": (
        {"min_age": "60", "max_age": "59"},
        "max_age",
        "最大年龄比最小年龄还小。",
    ),
    "more to run than places": (
        {**WHOLE_RUN, "capacity": "10", "min_to_run": "11"},
        "min_to_run",
        "开班人数不能比名额多。",
    ),
    "more places than any hall has": (
        {**WHOLE_RUN, "capacity": "999999999"},
        "capacity",
        "最多写 10000 人。不限人数请留空。",
    ),
    "a year beyond reason": (
        {"starts_at": "9999-12-31 23:59"},
        "starts_at",
        "请检查年份。",
    ),
}


@pytest.mark.parametrize("publish", [True, False])
@pytest.mark.parametrize(
    ("fields", "field", "sentence"), CONTRADICTIONS.values(), ids=CONTRADICTIONS
)
def test_a_contradiction_is_refused_beside_its_field(
    admin, village, fields, field, sentence, publish
):
    found = errors(create(admin, village, form(**fields), publish=publish))
    assert found == {field: [sentence]}


def test_registration_may_close_the_moment_it_begins(admin, village):
    data = form(**WHOLE_RUN, closes_at="2026-12-08 09:00")
    assert create(admin, village, data).status_code == 302


CHANGES = {
    "a date that is not in the schedule": (
        [change(ChangeKind.CANCEL, "2026-12-09")],
        "2026年12月9日 周三：这一天本来没有排课。请改日期，或者删去这一条。",
    ),
    "a move to nowhere": (
        [change(ChangeKind.MOVE, "2026-12-15")],
        "2026年12月15日 周二：请填改到哪一天、几点或者哪里，至少填一样。",
    ),
    "a move into the past": (
        [change(ChangeKind.MOVE, "2026-12-15", new_date="2026-11-30")],
        "2026年12月15日 周二：不能改到已经过去的日子。",
    ),
    "the same date twice": (
        [
            change(ChangeKind.SKIP, "2026-12-15"),
            change(ChangeKind.CANCEL, "2026-12-15"),
        ],
        "2026年12月15日 周二：这一天写了两次，请只留一次。",
    ),
    "an extra date where there is one": (
        [change(ChangeKind.EXTRA, "2026-12-15")],
        "2026年12月15日 周二：这一天已经有课，不用再加。",
    ),
    "an extra date in the wrong field": (
        [change(ChangeKind.EXTRA, "2026-12-12", new_date="2026-12-13")],
        "2026年12月12日 周六：加一次时，请把新的日期写在第一个日期里，"
        "「改到哪一天」留空。",
    ),
}


@pytest.mark.parametrize(("changes", "sentence"), CHANGES.values(), ids=CHANGES)
def test_a_change_that_cannot_be_is_named_by_its_date(
    admin, village, changes, sentence
):
    found = errors(create(admin, village, form(*changes, **WEEKLY)))
    assert found == {"schedule_changes": [sentence]}


def test_a_skipped_date_stays_a_date_one_may_speak_of(admin, village):
    data = form(change(ChangeKind.SKIP, "2026-12-15"), **WEEKLY)
    assert create(admin, village, data).status_code == 302
    page = ActivityPage.objects.get()
    assert page.sessions.count() == 4
    assert not page.sessions.filter(original_date=dt.date(2026, 12, 15)).exists()


@pytest.fixture
def full(village):
    """A weekly run with three people in it."""
    activity = published_activity(village, weekly=True, whole_run=True)
    run = activity.runs.get()
    for _ in range(3):
        RegistrationFactory(run=run, status=RegistrationStatus.PLACED)
    Run.objects.filter(pk=run.pk).update(taken=3)
    return activity


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        (
            {**WHOLE_RUN, "capacity": "2"},
            "capacity",
            "已经报上 3 人，名额不能少于 3。",
        ),
        (
            {"registration_mode": "none"},
            "registration_mode",
            "已经有人报名，报名方式不能再改。可以另建一个活动。",
        ),
    ],
)
def test_what_hurts_the_registered_is_refused(admin, full, fields, field, sentence):
    data = form(**WEEKLY, **fields)
    assert errors(edit(admin, full, data)) == {field: [sentence]}


def test_capacity_may_be_what_is_taken(admin, full):
    data = form(**WEEKLY, **WHOLE_RUN, capacity="3", slug=full.slug)
    assert edit(admin, full, data).status_code == 302
    assert full.runs.get().capacity == 3


def test_the_editor_reads_over_the_dates(admin, village):
    page = published_activity(
        village,
        starts_at=dt.datetime(2026, 9, 23, 9, 0, tzinfo=SHANGHAI),
        weekly=True,
    )
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = admin.get(url).content.decode()
    for part in (
        "一共 4 次",
        "2026年9月23日 周三 09:00–10:30",
        "2026年10月21日 周三 09:00–10:30",
        "不上课的日子：2026年10月7日 周三",
    ):
        assert part in html


def test_the_editor_hears_of_holidays_not_yet_published(admin, village):
    page = published_activity(
        village,
        starts_at=dt.datetime(2098, 12, 30, 9, 0, tzinfo=SHANGHAI),
        weekly=True,
    )
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "2099 年的放假安排还没有公布" in html.content.decode()


def test_a_repeat_without_an_end_shows_its_first_dates_only(admin, village):
    create(admin, village, form(repeat="weekly"), publish=False)
    page = ActivityPage.objects.get()
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    html = html.content.decode()
    assert "还没有写到什么时候为止，先列出开头几次：" in html
    assert "2026年12月15日 周二 09:00–10:30" in html
    assert "2028 年" not in html


def test_a_new_activity_shows_an_empty_form(admin, village):
    url = reverse(
        "wagtailadmin_pages:add", args=["activities", "activitypage", village.pk]
    )
    html = admin.get(url).content.decode()
    order = ["做什么", "什么时候", "在哪里", "给谁，谁来教", "多少人，怎么报名"]
    headings = re.findall(r"data-panel-heading-text[^>]*>\s*([^<]+?)\s*<", html)
    assert [each for each in headings if each in order] == order
    assert "填好「第一次什么时候开始」并保存" in html
