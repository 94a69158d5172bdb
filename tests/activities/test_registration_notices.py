"""What people are told, to which telephone, and that nobody is told it twice."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from activities import allocation, delivery, notices
from activities.models import ActivityPage, Notice, NoticeKind, NoticeWay
from activities.notice_texts import STILL_TRUE, TWO_MESSAGES, text_of
from activities.registration import withdraw
from activities.states import Channel, RegistrationStatus, SessionStatus
from tests.factories import (
    LearnerFactory,
    RegistrationFactory,
    RunFactory,
    SessionFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db

SOON = timezone.now() + dt.timedelta(days=10)


@pytest.fixture
def texts(monkeypatch):
    sent = []
    monkeypatch.setattr(
        delivery.sms, "send", lambda phone, text: sent.append((phone, text)) or True
    )
    return sent


@pytest.fixture
def run():
    run = RunFactory(capacity=1, first_starts_at=SOON, last_ends_at=SOON)
    run.activity.title = "书法班"
    run.activity.save()
    return run


def claim(run, **fields):
    fields.setdefault("learner", LearnerFactory(phone="13800008000"))
    return RegistrationFactory(run=run, **fields)


def test_placed_and_waiting_are_told_what_became_of_it(run, texts):
    SessionFactory(run=run, starts_at=SOON, venue="203教室")
    claim(run)
    claim(run, learner=LearnerFactory(phone="13800008001"))
    allocation.allocate(run.pk)
    assert [phone for phone, _text in texts] == ["13800008000", "13800008001"]
    assert "“书法班”报上了" in texts[0][1]
    assert "203教室" in texts[0][1]
    assert "候补" in texts[1][1]


def test_who_moves_up_is_told(run, texts):
    first, second = claim(run), claim(run, learner=LearnerFactory(phone="13800008001"))
    allocation.allocate(run.pk)
    texts.clear()
    withdraw(first, acted_by=first.acted_by, channel=Channel.ONLINE)
    assert [phone for phone, _text in texts] == ["13800008001"]
    assert "有空位了" in texts[0][1]
    assert second.notices.filter(kind=NoticeKind.PROMOTED, sent_at=None).count() == 0


def test_who_was_withdrawn_by_staff_is_told_and_who_withdrew_is_not(run, texts):
    one = claim(run)
    allocation.allocate(run.pk)
    texts.clear()
    withdraw(one, acted_by=UserFactory(), channel=Channel.PHONE)
    assert "由工作人员替您退出" in texts[0][1]
    other = claim(run)
    allocation.allocate(run.pk)
    texts.clear()
    withdraw(other, acted_by=other.acted_by, channel=Channel.ONLINE)
    assert texts == []


def test_a_clerk_who_registered_somebody_does_not_withdraw_for_herself(run, texts):
    one = claim(run)
    allocation.allocate(run.pk)
    texts.clear()
    withdraw(one, acted_by=one.acted_by, channel=Channel.DESK)
    assert "由工作人员替您退出" in texts[0][1]


def test_a_refusal_the_page_showed_is_not_texted_and_a_late_one_is(run, texts):
    type(run).objects.filter(pk=run.pk).update(is_open=False)
    at_once = claim(run)
    late = claim(run, learner=LearnerFactory(phone="13800008001"))
    type(late).objects.filter(pk=late.pk).update(
        created_at=timezone.now() - dt.timedelta(minutes=2)
    )
    allocation.allocate(run.pk)
    assert [phone for phone, _text in texts] == ["13800008001"]
    assert not at_once.notices.exists()


@pytest.mark.parametrize(
    ("learner_phone", "channel", "expected"),
    [
        ("13800008000", Channel.ONLINE, ["13800008000"]),
        ("", Channel.ONLINE, ["13911112222"]),
        ("13800008000", Channel.DESK, ["13800008000"]),
        ("", Channel.DESK, []),
    ],
)
def test_it_goes_to_the_learner_else_to_the_family_and_never_to_staff(
    run, texts, learner_phone, channel, expected
):
    one = claim(
        run,
        learner=LearnerFactory(phone=learner_phone),
        channel=channel,
        acted_by=UserFactory(phone="13911112222", email="staff@example.org"),
    )
    allocation.allocate(run.pk)
    assert [phone for phone, _text in texts] == expected
    assert len(mail.outbox) == (channel == Channel.ONLINE)
    told = one.notices.exclude(sent_at=None)
    assert told.filter(way=NoticeWay.SMS).count() == len(expected)
    assert told.filter(way=NoticeWay.EMAIL).count() == len(mail.outbox)
    assert not one.notices.exclude(next_try_at=None).exists()


def test_a_message_names_its_learner_and_nobody_else(run, texts):
    """One telephone may be that of two parents' daughter."""
    claim(
        run,
        learner=LearnerFactory(name="王秀兰", phone="13800008000"),
        acted_by=UserFactory(email="chen@example.org", first_name="陈静"),
    )
    allocation.allocate(run.pk)
    assert texts[0][1].startswith("【社学】王秀兰：您报的")
    assert "王秀兰：您报的" in mail.outbox[0].body
    said = texts[0][1] + mail.outbox[0].subject + mail.outbox[0].body
    assert "陈静" not in said


@pytest.fixture
def in_village(run):
    net = small_network()
    type(net.township).objects.filter(pk=net.township.pk).update(short_name="十里街道")
    type(run).objects.filter(pk=run.pk).update(node_path=net.village.path)
    run.refresh_from_db()
    return run


def test_a_message_says_which_village(in_village, texts):
    claim(in_village)
    claim(in_village, learner=LearnerFactory(phone="13800008001"))
    allocation.allocate(in_village.pk)
    for _phone, text in texts:
        assert "十里街道濂溪社区教学点“书法班”" in text


def test_who_waits_is_told_the_place_in_line(run, texts):
    for number in range(4):
        claim(run, learner=LearnerFactory(phone=f"1380000800{number}"))
    allocation.allocate(run.pk)
    said = dict(texts)
    assert "报上了" in said["13800008000"]
    for number in (1, 2, 3):
        assert f"现在候补第 {number} 位" in said[f"1380000800{number}"]


@pytest.mark.parametrize(("length", "is_whole"), [(4, True), (20, True), (255, False)])
@pytest.mark.parametrize("kind", ["placed", "waiting", "promoted", "withdrawn"])
def test_a_long_title_makes_no_third_message(in_village, kind, length, is_whole):
    in_village.activity.title = "长" * length
    SessionFactory(run=in_village, starts_at=SOON, venue="二楼203教室")
    status = STILL_TRUE[kind][0]
    learner = LearnerFactory(name="欧阳秀兰")
    one = claim(in_village, learner=learner, status=status)
    one.run = in_village
    text = text_of(Notice(registration=one, kind=kind, way=NoticeWay.SMS))
    assert len(text) <= TWO_MESSAGES
    assert ("“" + "长" * length + "”" in text) is is_whole


class TestSessions:
    @pytest.fixture
    def registered(self, run):
        run.capacity = 1
        run.save()
        statuses = (
            RegistrationStatus.PLACED,
            RegistrationStatus.WAITING,
            RegistrationStatus.WITHDRAWN,
        )
        return [
            claim(run, learner=LearnerFactory(phone=f"1380000800{n}"), status=status)
            for n, status in enumerate(statuses)
        ]

    def test_everybody_still_in_it_hears_of_a_cancelled_date(
        self, run, registered, texts
    ):
        session = SessionFactory(
            run=run,
            starts_at=SOON,
            status=SessionStatus.CANCELLED,
            note="教室停电。",
        )
        notices.session_changed([session.pk])
        assert [phone for phone, _text in texts] == ["13800008000", "13800008001"]
        assert "取消了" in texts[0][1]
        assert "原因：教室停电。" in texts[0][1] and "。。" not in texts[0][1]
        name = registered[0].learner.name
        assert texts[0][1].startswith(f"【社学】{name}：")

    def test_a_whole_activity_called_off_is_one_message_with_the_reason(
        self, run, registered, texts
    ):
        off = {"run": run, "status": SessionStatus.CANCELLED, "note": "带笔"}
        sessions = [
            SessionFactory(starts_at=SOON + dt.timedelta(weeks=n), **off)
            for n in range(3)
        ]
        ActivityPage.objects.filter(pk=sessions[0].activity_id).update(
            cancelled_reason="老师生病。"
        )
        for _ in range(2):
            notices.session_changed(each.pk for each in sessions)
        assert len(texts) == 2
        assert "整个取消了" in texts[0][1] and "原因：老师生病。" in texts[0][1]
        assert "带笔" not in texts[0][1]

    def test_many_dates_changed_at_once_are_one_message(self, run, registered, texts):
        sessions = [
            SessionFactory(run=run, starts_at=SOON + dt.timedelta(weeks=n), sequence=1)
            for n in range(12)
        ]
        notices.session_changed(each.pk for each in sessions)
        assert len(texts) == 2
        assert "有几次课改了时间、地点或者取消了" in texts[0][1]
        sessions[0].sequence = 2
        sessions[0].save()
        notices.session_changed(each.pk for each in sessions)
        assert len(texts) == 4

    def test_a_moved_date_is_named_by_the_day_it_was(self, run, registered, texts):
        session = SessionFactory(
            run=run,
            starts_at=SOON,
            original_date=dt.date(2026, 12, 17),
            is_moved=True,
            sequence=1,
        )
        notices.session_changed([session.pk])
        assert "12月17日的这一次改了，现在是" in texts[0][1]

    def test_each_change_of_a_date_is_told_once(self, run, registered, texts):
        session = SessionFactory(
            run=run, starts_at=SOON, is_moved=True, venue="一楼大厅", sequence=1
        )
        for _ in range(2):
            notices.session_changed([session.pk])
        assert len(texts) == 2
        assert "一楼大厅" in texts[0][1]
        session.sequence = 2
        session.save()
        notices.session_changed([session.pk])
        assert len(texts) == 4

    def test_no_change_enqueues_nothing(self, texts):
        notices.session_changed([])
        notices.tell_later({})
        assert texts == []
        assert not Notice.objects.exists()
