"""The access log says in words what was read, without naming the people."""

import datetime as dt

import pytest
from django.urls import reverse

from activities.schedule import SHANGHAI
from learners import access_log
from tests.factories import (
    LearnerFactory,
    RegistrationFactory,
    UserFactory,
    small_network,
)
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    starts_at = dt.datetime(2030, 12, 3, 9, 0, tzinfo=SHANGHAI)
    return published_activity(
        small_network().village, title="书法班", starts_at=starts_at, whole_run=True
    ).runs.get()


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("run:{}", "「书法班」的名单，2030年12月3日 周二"),
        ("phones:run:{}", "「书法班」的名单，带完整的电话，2030年12月3日 周二"),
        ("desk:run:{}", "「书法班」报名台上查到的人，2030年12月3日 周二"),
    ],
)
def test_a_roster_is_called_by_its_activity_and_day(run, subject, words):
    subject = subject.format(run.pk)
    assert access_log.in_words([subject]) == {subject: words}


def test_one_person_is_not_named(run):
    learner = LearnerFactory(name="张桂英")
    subject = f"registration:{RegistrationFactory(run=run, learner=learner).pk}"
    said = access_log.in_words([subject])[subject]
    assert said == "「书法班」名单上的一个人，2030年12月3日 周二"


@pytest.mark.parametrize(
    "subject", ["run:999999", "registration:999999", "run:", "run:x", "course:1", ""]
)
def test_what_nobody_knows_stays_as_it_is(run, subject):
    assert access_log.in_words([subject]) == {subject: subject}


def test_the_list_and_its_head_speak_chinese(client, run):
    access_log.record(UserFactory(username="li"), "read", f"run:{run.pk}", 3)
    client.force_login(UserFactory(is_superuser=True))
    page = client.get(reverse("access_log:index")).content.decode()
    for words in ("学员资料查阅记录", "「书法班」的名单", "查看", "做了什么", "人数"):
        assert words in page
    body = page.split("<tbody")[1].split("</tbody")[0]
    assert f"run:{run.pk}" not in body
    assert "read" not in body
    assert "Access entr" not in page
