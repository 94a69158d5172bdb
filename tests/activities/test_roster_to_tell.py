"""Whom no message reaches stands on the roster until somebody has told her."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities import allocation, delivery, notices
from activities.by_hand import to_tell, told
from activities.models import Notice, NoticeKind, NoticeWay, Session
from activities.registration import withdraw
from activities.start_page import coming
from activities.states import Channel, SessionStatus
from home.models import NodeRole, Role
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
        delivery.sms, "send", lambda phone, text: sent.append(phone) or True
    )
    return sent


@pytest.fixture
def staff(client):
    staff = UserFactory(is_superuser=True)
    client.force_login(staff)
    return staff


@pytest.fixture
def run(texts):
    run = RunFactory(capacity=3, first_starts_at=SOON, last_ends_at=SOON)
    people = {"有手机": "13800008000", "有座机": "07928580000", "没电话": ""}
    for name, phone in people.items():
        learner = LearnerFactory(name=name, phone=phone)
        RegistrationFactory(run=run, learner=learner, channel=Channel.DESK)
    allocation.allocate(run.pk)
    texts.clear()
    return run


@pytest.fixture
def session(run):
    return SessionFactory(run=run, starts_at=SOON, venue="203教室")


def cancel(session):
    session.status = SessionStatus.CANCELLED
    session.sequence += 1
    session.save()
    notices.session_changed([session.pk])


def names(run):
    return [one.registration.learner.name for one in to_tell(run)]


def roster_of(client, run, **query):
    url = reverse("activity_roster", args=[run.activity_id])
    return client.get(url, query).content.decode()


def told_url(one):
    args = [one.registration.run.activity_id, one.registration.pk]
    return reverse("activity_roster_told", args=args)


def test_no_text_goes_to_a_landline_and_its_owner_is_told_by_hand(run, session, texts):
    assert names(run) == []
    cancel(session)
    assert texts == ["13800008000"]
    assert names(run) == ["有座机", "没电话"]
    assert "这一次取消了" in to_tell(run)[0].texts[0]
    assert not to_tell(run)[0].texts[0].startswith("【")


def test_the_same_task_again_asks_nobody_twice(run, session):
    cancel(session)
    notices.session_changed([session.pk])
    assert Notice.objects.filter(way=NoticeWay.HAND).count() == 2


def test_the_roster_counts_and_names_them(client, staff, run, session):
    assert "需电话或上门通知" not in roster_of(client, run)
    cancel(session)
    page = roster_of(client, run)
    assert "需电话或上门通知 2 人" in page
    assert "079****0000" in page
    assert "07928580000" not in page
    assert "07928580000" in roster_of(client, run, phones=1)


def test_who_was_told_leaves_the_list_and_it_is_known_who_told_her(
    client, staff, run, session
):
    cancel(session)
    one = to_tell(run)[0]
    response = client.post(told_url(one), {"notice": one.notices})
    assert "您已经告诉有座机" in client.get(response.url).content.decode()
    assert names(run) == ["没电话"]
    notice = Notice.objects.get(pk=one.notices[0])
    assert notice.told_by == staff
    assert notice.sent_at is not None


def test_what_came_after_the_page_was_read_is_still_to_be_told(
    client, staff, run, session
):
    cancel(session)
    read = to_tell(run)[0]
    later = SessionFactory(
        run=run,
        starts_at=SOON - dt.timedelta(days=1),
        original_date=SOON.date() - dt.timedelta(days=1),
    )
    cancel(later)
    client.post(told_url(read), {"notice": [*read.notices, "x"]})
    assert [len(one.texts) for one in to_tell(run)] == [1, 2]


def test_nobody_is_named_whom_it_no_longer_concerns(staff, run, session):
    cancel(session)
    withdraw(to_tell(run)[0].registration, acted_by=staff, channel=Channel.DESK)
    assert names(run) == ["没电话"]
    Session.objects.update(sequence=9)
    assert names(run) == []
    Session.objects.update(sequence=1)
    assert names(run) == ["没电话"]
    past = timezone.now() - dt.timedelta(days=2)
    Session.objects.update(starts_at=past, ends_at=past)
    assert names(run) == []


def test_moving_up_from_the_waiting_list_has_to_arrive(staff, run):
    waiting = RegistrationFactory(
        run=run, learner=LearnerFactory(name="候补的"), channel=Channel.PHONE
    )
    allocation.allocate(run.pk)
    assert names(run) == []
    withdraw(run.registrations.first(), acted_by=staff, channel=Channel.DESK)
    assert names(run) == ["候补的"]
    assert waiting.notices.get().kind == NoticeKind.PROMOTED


def test_what_a_provider_never_took_is_left_to_the_desk(run, session, monkeypatch):
    def refuses(phone, text):
        raise OSError

    monkeypatch.setattr(delivery.sms, "send", refuses)
    monkeypatch.setattr(delivery, "MOST_TRIES", 1)
    cancel(session)
    assert names(run) == ["有手机", "有座机", "没电话"]


def test_it_takes_no_more_queries_for_many(run, session, django_assert_max_num_queries):
    for _ in range(5):
        RegistrationFactory(run=run, status="placed", channel=Channel.DESK)
    cancel(session)
    # people, sessions, and the name of the place in the one sentence
    with django_assert_max_num_queries(3):
        assert len(to_tell(run)) == 7


def test_the_start_page_says_on_whose_roster_somebody_is_to_be_told(
    client, run, session
):
    node = small_network().village
    Session.objects.update(node_path=node.path)
    SessionFactory(
        run=run,
        starts_at=SOON + dt.timedelta(days=1),
        original_date=SOON.date() + dt.timedelta(days=1),
        node_path=node.path,
    )
    clerk = UserFactory()
    NodeRole.objects.create(user=clerk, node=node, role=Role.DESK)
    assert [row.has_to_tell for row in coming(clerk, at=timezone.now())] == [False]
    cancel(session)
    assert [row.has_to_tell for row in coming(clerk, at=timezone.now())] == [True]
    client.force_login(clerk)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "有人要电话或上门通知" in page
    for one in to_tell(run):
        told(one.registration, one.notices, acted_by=clerk)
    assert [row.has_to_tell for row in coming(clerk, at=timezone.now())] == [False]
