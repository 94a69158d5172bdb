"""The sheet people sign: a column for each session, as many as a page is wide."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.roster_sheets import MOST_COLUMNS, sheets
from activities.states import RegistrationStatus, SessionStatus
from tests.factories import (
    LearnerFactory,
    RegistrationFactory,
    RunFactory,
    SessionFactory,
    UserFactory,
)
from tests.factories.registration import FIRST


@pytest.mark.parametrize(
    ("count", "columns"),
    [
        (0, [0]),
        (1, [1]),
        (8, [8]),
        (9, [4, 5]),
        (12, [6, 6]),
        (17, [5, 6, 6]),
        (57, [7, 7, 7, 7, 7, 7, 7, 8]),
    ],
)
def test_sessions_are_spread_evenly_and_none_is_left_out(count, columns):
    found = sheets(list(range(count)))
    assert [len(sheet.sessions) for sheet in found] == columns
    assert [one for sheet in found for one in sheet.sessions] == list(range(count))
    assert {sheet.count for sheet in found} == {len(columns)}
    assert max(columns) <= MOST_COLUMNS


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def run(self):
        run = RunFactory()
        for week in range(12):
            SessionFactory(run=run, starts_at=FIRST + dt.timedelta(weeks=week))
        RegistrationFactory(
            run=run,
            learner=LearnerFactory(name="李桂英"),
            status=RegistrationStatus.PLACED,
        )
        return run

    @pytest.fixture
    def get(self, client, run):
        client.force_login(UserFactory(is_superuser=True))
        url = reverse("activity_roster_print", args=[run.activity_id])
        return lambda **query: client.get(url, query)

    def test_each_session_has_a_column_and_names_are_repeated(self, get):
        page = get().content.decode()
        assert page.count("李桂英") == 2
        assert page.count('class="to-sign"') == 12
        assert "12/8 周二" in page
        assert "第 2 张，共 2 张" in page
        assert "sheets--wide" in page

    def test_a_cancelled_session_has_none(self, get, run):
        last = run.sessions.order_by("starts_at").last()
        last.status = SessionStatus.CANCELLED
        last.save()
        assert get().content.decode().count('class="to-sign"') == 11

    @pytest.mark.parametrize("is_chosen", [True, False])
    @pytest.mark.parametrize("is_moved", [True, False])
    def test_a_session_in_another_room_says_where(self, get, run, is_chosen, is_moved):
        other = run.sessions.order_by("starts_at")[1]
        other.is_moved, other.venue = is_moved, "一楼大厅"
        other.save()
        page = get(**({"session": other.pk} if is_chosen else {})).content.decode()
        assert page.count("一楼大厅") == 1

    @pytest.mark.parametrize("is_chosen", [True, False])
    def test_another_hour_is_not_another_room(self, get, run, is_chosen):
        type(run.activity).objects.update(venue="二楼教室")
        run.sessions.update(venue="二楼教室", is_moved=True)
        second = run.sessions.order_by("starts_at")[1]
        page = get(**({"session": second.pk} if is_chosen else {})).content.decode()
        assert "这一次在" not in page
        assert page.count("二楼教室") == page.count("签到表：")

    def test_many_sessions_cost_no_more_queries(
        self, get, run, django_assert_max_num_queries
    ):
        get()
        with CaptureQueriesContext(connection) as of_twelve:
            get()
        for week in range(12, 30):
            SessionFactory(run=run, starts_at=FIRST + dt.timedelta(weeks=week))
        with django_assert_max_num_queries(len(of_twelve)):
            get()

    def test_one_session_can_be_chosen(self, get, run):
        second = run.sessions.order_by("starts_at")[1]
        page = get(session=second.pk).content.decode()
        assert page.count("李桂英") == 1
        assert "12月15日 周二 9:00" in page
        assert "签名" in page
        assert "sheets--wide" not in page

    @pytest.mark.parametrize("session", ["x", "0"])
    def test_a_session_of_elsewhere_is_not_found(self, get, session):
        assert get(session=session).status_code == 404
        assert get(session=SessionFactory().pk).status_code == 404

    def test_no_remark_of_the_template_is_printed(self, get):
        assert "{#" not in get().content.decode()
