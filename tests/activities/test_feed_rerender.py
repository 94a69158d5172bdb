"""Links in calendars follow the site when its address changes."""

import pytest
from django.core.management import call_command

from activities.feeds import rerender
from activities.models import FeedVersion, Session
from home import ticks
from tests.activities.feed_rows import NOW, activity_at, at, events_of, session_of
from tests.factories import small_network

pytestmark = pytest.mark.django_db
MOVED = "https://new.example"


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def session():
    session = session_of(activity_at(small_network().village), at(8))
    rerender.catch_up()
    return session


def feed(client, **headers):
    return client.get("/feeds/city.ics", headers=headers)


def test_the_next_tick_of_the_worker_renders_the_new_address(client, session, settings):
    settings.BASE_URL = MOVED
    ticks._TICKS["activities.feeds.rerender.catch_up"]()

    (event,) = events_of(feed(client))
    assert event["URL"].startswith(MOVED)
    assert event["DESCRIPTION"].endswith(event["URL"])
    assert event["LAST-MODIFIED"].dt > session.modified_at


def test_those_who_ask_by_the_date_are_told(client, session, settings, time_machine):
    Session.objects.update(modified_at=at(1, 8))
    FeedVersion.objects.create(scope="city", number=1, modified_at=at(1, 8))
    before = feed(client)
    settings.BASE_URL = MOVED
    rerender.catch_up()

    date = before.headers["Last-Modified"]
    assert feed(client, if_modified_since=date).status_code == 200
    assert feed(client, if_none_match=before.headers["ETag"]).status_code == 200


def test_a_new_domain_of_uids_is_rendered(session, settings):
    settings.UID_DOMAIN = "uid.example"

    assert rerender.catch_up()
    session.refresh_from_db()
    assert f"UID:session-{session.pk}@uid.example" in session.ics


def test_where_nothing_changed_a_tick_is_one_query(session, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not rerender.catch_up()


def test_many_sessions_are_rendered_in_batches(session, settings, monkeypatch):
    for day in (9, 10, 11):
        session_of(session.activity, at(day))
    monkeypatch.setattr(rerender, "BATCH", 2)
    settings.BASE_URL = MOVED

    assert rerender.rerender() == 4
    assert Session.objects.filter(ics__contains=MOVED).count() == 4


def test_the_command_says_how_many(session, settings, capsys):
    settings.BASE_URL = MOVED
    call_command("refresh_feeds")

    assert "1 sessions rendered" in capsys.readouterr().out
    assert not rerender.catch_up()
