"""Which feeds a change makes new, and what a stored text remembers."""

import datetime as dt

import pytest

from activities.feeds import fragments, versions
from activities.models import FeedVersion, Session
from home.vocabulary import Theme
from tests.activities.feed_rows import NOW, WRITTEN, activity_at, at, session_of
from tests.factories import small_network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def net():
    return small_network()


def grown() -> set[str]:
    return set(FeedVersion.objects.values_list("scope", flat=True))


def scopes(*nodes) -> set[str]:
    return {f"node:{node.pk}" for node in nodes}


def test_a_change_reaches_the_city_every_ancestor_the_theme_and_itself(net):
    activity = activity_at(net.village, theme=Theme.SKILLS)
    versions.grow_for_activity(activity)
    assert grown() == {
        "city",
        "theme:skills",
        f"activity:{activity.pk}",
        *scopes(net.city, net.county, net.township, net.village),
    }


def test_a_change_reaches_where_the_activity_stood_before(net):
    activity = activity_at(net.village)
    versions.grow_for_activity(
        activity, node_paths=[net.other_village.path], themes=[Theme.SCIENCE]
    )
    assert grown() >= scopes(net.other_county, net.other_township, net.other_village)
    assert grown() >= {"theme:civic", "theme:science"}
    assert not grown() & scopes(net.sibling_village)


def test_every_growth_is_a_new_number_and_a_later_time(net):
    activity = activity_at(net.village)
    seen = set()
    for _time in range(3):
        versions.grow_for_activity(activity)
        row = FeedVersion.objects.get(scope="city")
        seen.add((row.number, row.modified_at))
    assert len({number for number, _at in seen}) == 3
    assert len({moment for _number, moment in seen}) == 3


def test_growing_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        versions.grow([])


def test_a_growth_costs_the_same_at_any_depth(net, django_assert_max_num_queries):
    activity = activity_at(net.village)
    versions.grow_for_activity(activity)
    # the nodes; savepoint, lock, write, release
    with django_assert_max_num_queries(5):
        versions.grow_for_activity(activity)


def test_a_learner_without_a_feed_costs_one_look(django_assert_num_queries):
    with django_assert_num_queries(1):
        versions.grow_for_learners([1, 2, 3])
    assert grown() == set()


def test_a_refresh_stores_the_text_in_few_queries(net, django_assert_max_num_queries):
    activity = activity_at(net.village)
    sessions = [session_of(activity, at(day), stored=False) for day in range(2, 22)]
    # activities, nodes, site roots and locale, write
    with django_assert_max_num_queries(8):
        fragments.refresh(sessions)
    assert all(session.ics.startswith("BEGIN:VEVENT\r\n") for session in sessions)
    assert set(Session.objects.values_list("ics", flat=True)) == {
        session.ics for session in sessions
    }


def test_a_refresh_without_news_writes_nothing(net, django_assert_max_num_queries):
    session = session_of(activity_at(net.village), at(8))
    with django_assert_max_num_queries(5) as asked:
        fragments.refresh([session])
    assert not [q for q in asked.captured_queries if q["sql"].startswith("UPDATE")]
    assert Session.objects.get().modified_at == WRITTEN


def test_news_without_a_new_time_grows_the_time(net):
    """ICSx5 looks at nothing but a growing LAST-MODIFIED."""
    activity = activity_at(net.village)
    session = session_of(activity, at(8))
    activity.title = "楷书班"
    activity.save()
    fragments.refresh([session])
    kept = Session.objects.get()
    assert kept.modified_at == session.modified_at == NOW
    assert "SUMMARY:楷书班" in kept.ics
    assert "LAST-MODIFIED:20261201T020000Z" in kept.ics
    assert "DTSTAMP:20261201T020000Z" in kept.ics


def test_a_time_the_caller_set_is_kept(net):
    session = session_of(activity_at(net.village), at(8))
    session.modified_at = WRITTEN + dt.timedelta(hours=1)
    session.starts_at = at(8, 10)
    fragments.refresh([session])
    assert session.modified_at == WRITTEN + dt.timedelta(hours=1)
    assert "DTSTART;TZID=Asia/Shanghai:20261208T100000" in session.ics


def test_a_place_with_a_new_name_renews_what_stands_below(net):
    """The way down to a place is part of where every session below is."""
    inside = session_of(activity_at(net.village), at(8))
    outside = session_of(activity_at(net.other_village), at(8))
    net.county.short_name = "濂溪新区"
    net.county.save_revision().publish()
    inside.refresh_from_db()
    outside.refresh_from_db()
    assert "濂溪新区" in inside.ics.replace("\r\n ", "")
    assert inside.modified_at == NOW
    assert outside.modified_at == WRITTEN
    assert f"activity:{inside.activity_id}" in grown()
