"""What an editor confirms before it is public: a slip would reach many people."""

import datetime as dt
import re

import pytest
import time_machine

from activities.models import ActivityPage, Notice
from activities.schedule import SHANGHAI
from activities.states import RegistrationStatus, SessionStatus
from activities.vocabulary import ChangeKind, RegistrationMode
from tests.activities.test_schedule_editor import (
    WEEKLY,
    WHOLE_RUN,
    change,
    create,
    edit,
    form,
)
from tests.factories import (
    LearnerFactory,
    RegistrationFactory,
    UserFactory,
    small_network,
)
from tests.factories.activities import change as date_change
from tests.factories.activities import published_activity, republish

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)
ON_15TH = dt.date(2026, 12, 15)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def village():
    return small_network().village


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.fixture
def weekly(village):
    """Published, from 8 December on; two people have a place and one waits."""
    activity = published_activity(village, weekly=True, whole_run=True)
    for status in ("PLACED", "PLACED", "WAITING", "WITHDRAWN"):
        RegistrationFactory(
            run=activity.runs.get(), status=getattr(RegistrationStatus, status)
        )
    return activity


def asked(response) -> list[str]:
    assert response.status_code == 200, "it was accepted"
    return response.context["form"].asked


def tick(response) -> dict:
    html = response.content.decode()
    return {"meant": re.search(r'name="meant" value="(\w+)"', html)[1]}


def of_weekly(*changes, slug="", **fields) -> dict:
    return form(*changes, **WEEKLY, **WHOLE_RUN, **fields)


def status_of_15th(activity) -> str:
    return activity.sessions.get(original_date=ON_15TH).status


SKIP = change(ChangeKind.SKIP, "2026-12-15")


def test_taking_a_date_from_people_who_registered_is_asked_of(admin, weekly):
    response = edit(admin, weekly, of_weekly(SKIP))
    (sentence,) = asked(response)
    assert "2026年12月15日 周二已经公布过" in sentence
    assert "报上 2 人，候补 1 人" in sentence
    assert "请选「这天改时间或地点」" in sentence
    html = response.content.decode()
    assert sentence in html
    assert "2026-12-15" in html
    assert status_of_15th(weekly) == SessionStatus.SCHEDULED
    assert not Notice.objects.exists()


def test_once_confirmed_it_is_published(admin, weekly):
    data = of_weekly(SKIP)
    meant = tick(edit(admin, weekly, data))
    assert edit(admin, weekly, data | meant).status_code == 302
    assert status_of_15th(weekly) == SessionStatus.CANCELLED


def test_another_date_is_asked_of_anew(admin, weekly):
    meant = tick(edit(admin, weekly, of_weekly(SKIP)))
    more = of_weekly(SKIP, change(ChangeKind.SKIP, "2026-12-22"))
    (sentence,) = asked(edit(admin, weekly, more | meant))
    assert "2026年12月22日 周二" in sentence


@pytest.mark.parametrize(
    "changed",
    [
        change(ChangeKind.CANCEL, "2026-12-15"),
        change(ChangeKind.MOVE, "2026-12-15", new_date="2026-12-16"),
        change(ChangeKind.NOTE, "2026-12-15", note="带笔"),
    ],
)
def test_what_says_itself_that_people_are_told_needs_no_question(
    admin, weekly, changed
):
    assert edit(admin, weekly, of_weekly(changed)).status_code == 302


def test_a_draft_is_not_asked_of(admin, weekly):
    assert edit(admin, weekly, of_weekly(SKIP), publish=False).status_code == 302


def test_a_date_nobody_registered_for_is_not_asked_of(admin, village):
    activity = published_activity(village, weekly=True, whole_run=True)
    assert edit(admin, activity, of_weekly(SKIP)).status_code == 302


LATER = {"starts_at": "2026-12-08 14:00"}


@pytest.mark.parametrize(
    "fields", [LATER, {"venue": "一楼大厅"}, {"duration_minutes": "120"}]
)
def test_moving_all_dates_of_people_who_registered_is_asked_of(admin, weekly, fields):
    response = edit(admin, weekly, of_weekly(**fields))
    (sentence,) = asked(response)
    assert "2026年12月8日 周二、" in sentence
    assert "已经有人报名：报上 2 人，候补 1 人" in sentence
    assert "时间或地点变了，发布以后马上通知他们" in sentence
    assert not Notice.objects.exists()
    meant = of_weekly(**fields) | tick(response)
    assert edit(admin, weekly, meant).status_code == 302


def test_once_confirmed_they_move_and_everybody_is_told(
    admin, weekly, django_capture_on_commit_callbacks
):
    data = of_weekly(**LATER)
    data |= tick(edit(admin, weekly, data))
    with django_capture_on_commit_callbacks(execute=True):
        assert edit(admin, weekly, data).status_code == 302
    hours = {s.starts_at.astimezone(SHANGHAI).hour for s in weekly.sessions.all()}
    assert hours == {14}
    assert weekly.sessions.count() == 4
    assert Notice.objects.values("registration").distinct().count() == 3


def test_a_date_that_is_over_is_neither_moved_nor_asked_of(admin, weekly, clock):
    clock.shift(dt.timedelta(days=10))
    admin.force_login(UserFactory(is_superuser=True))  # the session ended meanwhile
    data = of_weekly(**LATER)
    (sentence,) = [one for one in asked(edit(admin, weekly, data)) if "变了" in one]
    assert "2026年12月8日" not in sentence
    data |= tick(edit(admin, weekly, data))
    assert edit(admin, weekly, data).status_code == 302
    first = weekly.sessions.get(original_date=dt.date(2026, 12, 8))
    assert first.starts_at.astimezone(SHANGHAI).hour == 9


def test_of_single_sessions_only_those_with_people_are_named(admin, village):
    activity = published_activity(
        village, weekly=True, registration_mode=RegistrationMode.SINGLE_SESSIONS
    )
    ana = LearnerFactory()
    for day in (15, 22):
        run = activity.sessions.get(original_date=dt.date(2026, 12, day)).run
        RegistrationFactory(run=run, learner=ana, status=RegistrationStatus.PLACED)
    skipped = [change(ChangeKind.SKIP, f"2026-12-{day}") for day in (15, 22, 29)]
    fields = WEEKLY | WHOLE_RUN | {"registration_mode": "single_sessions"}
    (sentence,) = asked(edit(admin, activity, form(*skipped, **fields)))
    assert "12月15日 周二、2026年12月22日 周二已经公布过" in sentence
    assert "29日" not in sentence
    assert "报上 1 人，候补 0 人" in sentence


PAST = {"starts_at": "2026-11-24 09:00"}


def test_a_first_date_in_the_past_is_asked_of(admin, village):
    response = create(admin, village, form(**PAST))
    (sentence,) = asked(response)
    assert "第一次（2026年11月24日 周二 09:00）已经过去了" in sentence
    assert "书法讲座" in response.content.decode()
    assert not ActivityPage.objects.exists()
    data = form(**PAST) | tick(response)
    assert create(admin, village, data).status_code == 302
    assert ActivityPage.objects.get().live


def test_a_running_class_is_not_asked_again(admin, village, clock):
    assert create(admin, village, form(**WEEKLY)).status_code == 302
    clock.shift(dt.timedelta(days=10))
    page = ActivityPage.objects.get()
    data = form(**WEEKLY, summary="带笔来", slug=page.slug)
    assert edit(admin, page, data).status_code == 302


def test_the_question_is_not_there_without_a_reason(admin, village):
    response = create(admin, village, form(title=""))
    assert "发布以前请确认" not in response.content.decode()


def test_a_dropped_date_does_not_keep_the_note_of_a_date_that_takes_place(weekly):
    noted = republish(weekly, schedule_changes=[_of_15th(ChangeKind.NOTE, "带笔")])
    dropped = republish(noted, schedule_changes=[_of_15th(ChangeKind.SKIP)])
    session = dropped.sessions.get(original_date=ON_15TH)
    assert (session.status, session.note) == (SessionStatus.CANCELLED, "")


def _of_15th(kind: ChangeKind, note: str = ""):
    return date_change(kind, ON_15TH, note=note)


def test_no_past_date_is_promised_to_what_was_public_already(admin, village):
    assert create(admin, village, form(**WEEKLY)).status_code == 302
    page = ActivityPage.objects.get()
    data = form(**WEEKLY | PAST, slug=page.slug)
    (sentence,) = asked(edit(admin, page, data))
    assert "过去的日子不会补上" in sentence
    data |= tick(edit(admin, page, data))
    assert edit(admin, page, data).status_code == 302
    assert not page.sessions.filter(starts_at__lt=NOW).exists()
