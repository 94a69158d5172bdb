"""The public page of an activity: its one action, and what it says in each state."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from activities.models import Run
from activities.schedule import SHANGHAI
from activities.vocabulary import ChangeKind, RegistrationMode, Repeat
from tests.factories import small_network
from tests.factories.activities import change, published_activity, republish

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 2, 12, 0, tzinfo=SHANGHAI)
DAY = dt.timedelta(days=1)
SOON = NOW + DAY
WHOLE = {"registration_mode": RegistrationMode.WHOLE_RUN, "capacity": 10}


@pytest.fixture(autouse=True)
def clock():
    cache.clear()  # time stands still, and so would the pages of other tests
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def village():
    return small_network().village


def page_of(client, activity) -> str:
    answer = client.get(activity.get_url_parts()[2])
    assert answer.status_code == 200
    return answer.content.decode()


def register_link(activity) -> str:
    return reverse("register", args=[Run.objects.get(activity=activity).pk])


def test_one_can_register(client, village):
    activity = published_activity(village, title="书法班", starts_at=SOON, **WHOLE)
    page = page_of(client, activity)
    assert register_link(activity) in page
    assert "我要报名" in page
    assert "还有 10 个名额，共 10 个" in page


def test_the_action_comes_before_the_facts(client, village):
    page = page_of(client, published_activity(village, starts_at=SOON, **WHOLE))
    assert page.index("我要报名") < page.index('class="facts')


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        ({"opens_at": SOON}, "还没有开始报名"),
        ({"closes_at": NOW}, "报名已经在"),
        ({"taken": 10, "waiting_capacity": 0}, "名额满了"),
        ({"is_open": False}, "现在不接受报名"),
    ],
)
def test_why_one_cannot_register_is_said_instead_of_a_button(
    client, village, difference, said
):
    activity = published_activity(village, starts_at=SOON, **WHOLE)
    Run.objects.update(**difference)
    page = page_of(client, activity)
    assert said in page
    assert register_link(activity) not in page


def test_every_reason_is_said_at_once(client, village):
    activity = published_activity(village, starts_at=SOON, **WHOLE)
    Run.objects.update(closes_at=NOW, taken=10, waiting_capacity=0)
    page = page_of(client, activity)
    assert "报名已经在" in page
    assert "这个活动不设候补" in page


def test_a_full_run_offers_the_waiting_list(client, village):
    activity = published_activity(village, starts_at=SOON, **WHOLE)
    Run.objects.update(taken=10, waiting=2)
    page = page_of(client, activity)
    assert "我要候补" in page
    assert "10 个名额已满，2 人候补" in page
    assert register_link(activity) in page


def test_where_nobody_registers_one_just_comes(client, village):
    page = page_of(client, published_activity(village, starts_at=SOON))
    assert "不用报名，直接来" in page
    assert "最近一次：" in page
    assert "我要报名" not in page


def test_a_past_activity_leads_on(client, village):
    activity = published_activity(village, starts_at=NOW - DAY, **WHOLE)
    page = page_of(client, activity)
    assert "这个活动已经结束了" in page
    assert f"{reverse('calendar')}?place={village.pk}" in page
    assert register_link(activity) not in page


def test_a_cancelled_activity_says_why(client, village):
    activity = published_activity(village, starts_at=SOON, **WHOLE)
    activity = republish(activity, cancelled_reason="场地检修")
    page = page_of(client, activity)
    assert "这个活动取消了" in page
    assert "场地检修" in page
    assert register_link(activity) not in page


def test_an_unpublished_activity_is_gone(client, village):
    activity = published_activity(village, starts_at=SOON)
    address = activity.get_url_parts()[2]
    activity.unpublish()
    assert client.get(address).status_code == 410


def test_a_draft_change_does_not_reach_the_public(client, village):
    activity = published_activity(village, title="书法班", starts_at=SOON)
    draft = activity.get_latest_revision_as_object()
    draft.title, draft.starts_at = "国画班", SOON + 3 * DAY
    draft.save_revision()
    page = page_of(client, activity)
    assert "国画班" not in page
    assert "12月3日 周四" in page


def test_single_sessions_have_a_button_each(client, village):
    activity = published_activity(
        village,
        starts_at=SOON,
        repeat=Repeat.WEEKLY,
        repeat_count=3,
        registration_mode=RegistrationMode.SINGLE_SESSIONS,
        capacity=5,
    )
    page = page_of(client, activity)
    links = [reverse("register", args=[run.pk]) for run in Run.objects.all()]
    assert len(links) == 3
    assert all(link in page for link in links)


def test_the_box_of_single_sessions_takes_the_first_that_is_open(client, village):
    activity = published_activity(
        village,
        starts_at=SOON,
        repeat=Repeat.WEEKLY,
        repeat_count=3,
        registration_mode=RegistrationMode.SINGLE_SESSIONS,
        capacity=5,
        waiting_capacity=0,
    )
    first, second, _third = activity.sessions.all()
    Run.objects.filter(pk=first.run_id).update(taken=5)
    answer = client.get(activity.get_url_parts()[2])
    assert answer.context["box"].run_id == second.run_id
    assert reverse("register", args=[first.run_id]) not in answer.content.decode()


def test_changed_dates_are_marked(client, village):
    activity = published_activity(
        village, starts_at=SOON, venue="203教室", repeat=Repeat.WEEKLY, repeat_count=4
    )
    days = [session.original_date for session in activity.sessions.all()]
    changes = [
        change(ChangeKind.CANCEL, days[0], note="老师开会"),
        change(ChangeKind.MOVE, days[1], new_time=dt.time(15)),
        change(ChangeKind.MOVE, days[2], venue="图书馆"),
        change(ChangeKind.NOTE, days[3], note="带毛笔"),
    ]
    page = page_of(client, republish(activity, schedule_changes=changes))
    for word in ("已取消", "老师开会", "改了时间", "换地方：图书馆", "带毛笔"):
        assert word in page


def test_dates_that_are_over_are_folded(client, village, clock):
    activity = published_activity(
        village, starts_at=SOON, repeat=Repeat.WEEKLY, repeat_count=4
    )
    clock.move_to(NOW + 9 * DAY)
    answer = client.get(activity.get_url_parts()[2])
    dates = answer.context["dates"]
    assert (len(dates.past), len(dates.coming)) == (2, 2)
    assert "已经过去的2次" in answer.content.decode()
