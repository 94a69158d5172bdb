"""我的报名: everything the account's people have, and the way out."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities import allocation
from activities.models import ActivityPage
from activities.my_list import my_list
from activities.states import RegistrationStatus, SessionStatus
from activities.vocabulary import Delivery
from learners import households
from learners.models import Relation
from tests.factories import (
    ActivityPageFactory,
    LearnerFactory,
    RegistrationFactory,
    RunFactory,
    SessionFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db

PLACED, WAITING = RegistrationStatus.PLACED, RegistrationStatus.WAITING
NOW = timezone.now()
SOON, LONG_AGO = NOW + dt.timedelta(days=10), NOW - dt.timedelta(days=100)
LINK = "https://meeting.example/room-7"


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def mother(user):
    return households.add(user, "王秀兰", Relation.PARENT)


@pytest.fixture
def signed_in(client, user):
    client.force_login(user)
    return client


def registered(learner, status=PLACED, *, starts=SOON, title=None, **fields):
    run = RunFactory(
        first_starts_at=starts, last_ends_at=starts + dt.timedelta(hours=2), **fields
    )
    if title:
        run.activity.title = title
        run.activity.save()
    SessionFactory(run=run, starts_at=starts)
    return RegistrationFactory(run=run, learner=learner, status=status, decided_at=NOW)


def page(client, name="my_registrations", *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


def test_it_asks_to_sign_in_and_comes_back(client):
    response = client.get(reverse("my_registrations"))
    assert response.url == f"{reverse('account_login')}?next=/my/"


def test_an_empty_list_says_where_to_go(signed_in):
    assert "现在没有报着的活动" in page(signed_in)


def test_what_waits_for_the_reader_comes_first(mother):
    placed = registered(mother)
    waiting = registered(mother, WAITING)
    over = registered(mother, starts=LONG_AGO)
    withdrawn = registered(mother, RegistrationStatus.WITHDRAWN)
    refused = registered(mother, RegistrationStatus.REFUSED)
    pending = registered(mother, RegistrationStatus.PENDING)
    changed = registered(mother)
    SessionFactory(
        run=changed.run,
        starts_at=SOON + dt.timedelta(days=1),
        status=SessionStatus.CANCELLED,
        modified_at=SOON,
    )
    shown = my_list([mother.pk], at=NOW)

    def keys(pile):
        return {card.registration.pk for card in pile}

    assert keys(shown.turn) == {refused.pk, pending.pk, changed.pk}
    assert keys(shown.placed) == {placed.pk}
    assert keys(shown.waiting) == {waiting.pk}
    assert keys(shown.past) == {over.pk, withdrawn.pk}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"venue": "一楼大厅"}, "的这一次换到一楼大厅。"),
        ({"is_moved": True}, "的一次改到"),
        ({"is_moved": True, "venue": "一楼大厅"}, "，换到一楼大厅。"),
        ({"status": SessionStatus.CANCELLED}, "的这一次取消了，请不要白跑一趟。"),
        ({"note": "带笔。"}, None),
    ],
)
def test_what_is_not_as_it_was_is_said_in_the_list_and_on_the_page(
    signed_in, mother, fields, said
):
    changed = registered(mother)
    changed.run.sessions.update(modified_at=SOON, **fields)
    shown = page(signed_in), page(signed_in, "my_registration", changed.pk)
    for text in shown:
        assert (said in text) if said else ("的这一次" not in text)
        assert ("原来" in text) is bool(fields.get("is_moved"))


def test_a_refusal_is_news_for_a_week(mother):
    refused = registered(mother, RegistrationStatus.REFUSED)
    refused.refusals = ["too_young"]
    refused.save()
    later = NOW + dt.timedelta(days=7)
    assert my_list([mother.pk], at=NOW).turn[0].blockers[0].code == "too_young"
    assert my_list([mother.pk], at=later).past[0].registration == refused


def test_the_place_in_the_line_is_shown(signed_in, mother):
    run = RunFactory(capacity=1, first_starts_at=SOON, last_ends_at=SOON)
    for learner in (LearnerFactory(), LearnerFactory(), LearnerFactory(), mother):
        RegistrationFactory(run=run, learner=learner)
    allocation.allocate(run.pk)
    shown = page(signed_in)
    assert "候补第 3 位" in shown
    assert "前面还有 2 位" in shown


def test_people_of_the_family_are_told_apart_and_can_be_chosen(signed_in, user, mother):
    father = households.add(user, "陈国强", Relation.PARENT)
    registered(mother, title="书法班")
    registered(father, title="太极班")
    assert "陈国强" in page(signed_in)
    chosen = page(signed_in, who=mother.pk)
    assert "书法班" in chosen
    assert "太极班" not in chosen


@pytest.mark.parametrize("who", ["", "0", "x"])
def test_an_unknown_person_shows_everybody(signed_in, mother, who):
    registered(mother, title="书法班")
    assert "书法班" in page(signed_in, who=who)


@pytest.mark.parametrize(
    ("status", "is_shown"),
    [(PLACED, True), (WAITING, False), (RegistrationStatus.WITHDRAWN, False)],
)
def test_the_way_into_an_online_class_is_for_those_with_a_place(
    signed_in, mother, status, is_shown
):
    activity = ActivityPageFactory(
        parent=small_network().village, delivery=Delivery.ONLINE, join_link=LINK
    )
    mine = registered(mother, status, activity=activity)
    assert (LINK in page(signed_in)) is is_shown
    assert (LINK in page(signed_in, "my_registration", mine.pk)) is is_shown


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("whole_run", "/feeds/activity/{activity}.ics"),
        ("single_sessions", "/feeds/session/{session}.ics"),
    ],
)
def test_what_one_registered_for_can_be_had_as_a_file(
    signed_in, mother, mode, expected
):
    registration = registered(mother)
    session, activity = registration.run.sessions.get(), registration.run.activity
    type(activity).objects.filter(pk=activity.pk).update(registration_mode=mode)
    shown = page(signed_in, "my_registration", registration.pk)
    url = expected.format(activity=activity.pk, session=session.pk)
    assert f'href="{url}"' in shown
    assert f'href="{reverse("my_feed")}"' in shown


def test_nobody_sees_the_registration_of_another_account(signed_in, mother):
    stranger = households.add(UserFactory(), "刘敏", Relation.SELF)
    theirs = registered(stranger)
    for name in ("my_registration", "my_withdraw"):
        address = reverse(name, args=[theirs.pk])
        assert signed_in.get(address).status_code == 404
        assert signed_in.post(address).status_code in (404, 405)
    theirs.refresh_from_db()
    assert theirs.status == PLACED


def test_withdrawing_asks_first(signed_in, mother):
    mine = registered(mother)
    type(mine.run).objects.filter(pk=mine.run_id).update(taken=1)
    address = reverse("my_withdraw", args=[mine.pk])
    assert "真的要退出吗" in signed_in.get(address).content.decode()
    mine.refresh_from_db()
    assert mine.status == PLACED
    response = signed_in.post(address, follow=True)
    mine.refresh_from_db()
    assert mine.status == RegistrationStatus.WITHDRAWN
    assert response.redirect_chain == [(reverse("my_registrations"), 302)]
    assert "已经退出" in response.content.decode()


def test_withdrawing_a_second_time_says_that_it_was_done(signed_in, mother):
    mine = registered(mother, RegistrationStatus.WITHDRAWN)
    address = reverse("my_withdraw", args=[mine.pk])
    assert "已经退出了" in signed_in.post(address).content.decode()


def test_after_the_last_moment_to_withdraw_a_person_is_asked(signed_in, mother):
    mine = registered(mother, withdraw_until=NOW - dt.timedelta(hours=1))
    shown = signed_in.post(reverse("my_withdraw", args=[mine.pk])).content.decode()
    mine.refresh_from_db()
    assert mine.status == PLACED
    assert "现在不能自己退出" in shown


def test_a_cancelled_date_is_said(signed_in, mother):
    mine = registered(mother)
    SessionFactory(
        run=mine.run,
        starts_at=SOON + dt.timedelta(days=7),
        status=SessionStatus.CANCELLED,
        modified_at=SOON,
    )
    assert "这一次取消了" in page(signed_in)
    assert "请不要白跑一趟" in page(signed_in, "my_registration", mine.pk)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"cancelled_reason": "报的人太少"},
            "整个取消了，请不要白跑一趟。原因：报的人太少",
        ),
        ({"live": False}, "这个活动暂时不公开了，请先不要来"),
    ],
)
@pytest.mark.parametrize("status", [PLACED, WAITING])
def test_what_does_not_take_place_is_said_and_nobody_is_asked_to_come(
    signed_in, mother, fields, said, status
):
    one = registered(mother, status)
    ActivityPage.objects.filter(pk=one.run.activity_id).update(**fields)
    for shown in (page(signed_in), page(signed_in, "my_registration", one.pk)):
        assert said in shown
        assert "到场，报姓名就行" not in shown
        assert "王秀兰报上了" not in shown
        assert "下一个空位就是您的" not in shown


def test_a_refusal_says_every_reason_and_what_would_help(signed_in, mother):
    mine = registered(mother, RegistrationStatus.REFUSED, min_age=60)
    mine.refusals = ["too_young", "full"]
    mine.save()
    shown = page(signed_in, "my_registration", mine.pk)
    assert "这个班只收满 60 岁的人。" in shown
    assert "名额满了" in shown


def test_pages_of_one_person_are_kept_by_nobody(signed_in, mother):
    mine = registered(mother)
    for name, args in (
        ("my_registrations", []),
        ("my_registration", [mine.pk]),
        ("my_withdraw", [mine.pk]),
    ):
        header = signed_in.get(reverse(name, args=args)).headers["Cache-Control"]
        assert "no-store" in header


def test_the_list_costs_the_same_however_long(
    signed_in, mother, django_assert_max_num_queries
):
    for status in (PLACED, PLACED, WAITING, WAITING, PLACED, WAITING):
        registered(mother, status)
    page(signed_in)  # the first page of all makes the row of the site's settings
    with django_assert_max_num_queries(12):
        page(signed_in)


@pytest.mark.parametrize(("waiting", "is_said"), [(0, False), (1, True)])
def test_the_next_in_line_is_named_only_where_somebody_waits(
    signed_in, mother, waiting, is_said
):
    mine = registered(mother, capacity=1)
    for _number in range(waiting):
        RegistrationFactory(run=mine.run, status=WAITING, decided_at=NOW)
    mine.run.taken, mine.run.waiting = 1, waiting
    mine.run.save()
    left = signed_in.post(reverse("my_withdraw", args=[mine.pk]), follow=True)
    said = left.content.decode()
    assert "已经退出：" in said
    assert ("名额让给候补的下一位" in said) == is_said


def test_a_change_made_before_registering_is_no_news(mother):
    mine = registered(mother)
    SessionFactory(
        run=mine.run,
        starts_at=SOON + dt.timedelta(days=1),
        status=SessionStatus.CANCELLED,
        modified_at=LONG_AGO,
    )
    shown = my_list([mother.pk], at=NOW)
    assert not shown.turn
    assert [card.changed for card in shown.placed] == [[]]
