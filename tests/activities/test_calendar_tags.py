"""What other templates show of the calendar."""

import datetime as dt

import pytest
import time_machine

from activities.schedule import SHANGHAI
from activities.templatetags.activities import (
    coming_activities,
    home_counts,
    week_strip,
)
from activities.vocabulary import Repeat
from home.vocabulary import Theme
from tests.factories import small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 2, 12, 0, tzinfo=SHANGHAI)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    return small_network()


def test_the_next_activities_of_a_place_and_below(net, django_assert_num_queries):
    published_activity(net.village, title="村里", starts_at=NOW + DAY)
    published_activity(net.county, title="县里", starts_at=NOW + 2 * DAY)
    published_activity(net.other_village, title="外县", starts_at=NOW + DAY)
    published_activity(net.village, title="过去", starts_at=NOW - DAY)
    coming_activities(net.county, 3)
    with django_assert_num_queries(2):
        lines = coming_activities(net.county, 3)
    assert [line.title for line in lines] == ["村里", "县里"]


def test_only_as_many_as_asked_for(net):
    published_activity(
        net.village, starts_at=NOW + DAY, repeat=Repeat.DAILY, repeat_count=9
    )
    assert len(coming_activities(net.city, 4)) == 4


def test_without_a_place_the_whole_city(net):
    published_activity(net.other_village, title="外县", starts_at=NOW + DAY)
    assert [line.title for line in coming_activities(None)] == ["外县"]


def test_the_week_counts_each_of_seven_days(net, django_assert_num_queries):
    late = dt.datetime(2026, 12, 3, 23, 59, tzinfo=SHANGHAI)
    published_activity(net.village, starts_at=late)
    published_activity(net.village, starts_at=late + dt.timedelta(minutes=1))
    published_activity(net.village, starts_at=NOW + 7 * DAY)
    with django_assert_num_queries(1):
        days = week_strip(net.county)
    assert [day.count for day in days] == [0, 1, 1, 0, 0, 0, 0]
    assert [day.current for day in days] == [True] + [False] * 6
    assert f"place={net.county.pk}&from=2026-12-03&to=2026-12-03" in days[1].url


def test_themes_are_all_there_with_their_counts(net, django_assert_num_queries):
    published_activity(net.village, theme=Theme.SKILLS, starts_at=NOW + DAY)
    published_activity(net.village, theme=Theme.SKILLS, starts_at=NOW + 40 * DAY)
    with django_assert_num_queries(1):
        themes = home_counts(None).themes
    counts = {theme.slug: theme.count for theme in themes}
    assert counts == {"civic": 0, "skills": 1, "science": 0, "health": 0, "mind": 0}
    assert themes[1].url.endswith("?theme=skills&to=2026-12-31")


def test_a_week_and_the_themes_around_it_are_one_question(
    net, django_assert_num_queries
):
    published_activity(net.village, theme=Theme.CIVIC, starts_at=NOW + DAY)
    published_activity(net.sibling_village, theme=Theme.CIVIC, starts_at=NOW + DAY)
    published_activity(net.other_village, theme=Theme.CIVIC, starts_at=NOW + DAY)
    with django_assert_num_queries(1):
        found = home_counts(net.village, net.township)
    assert [day.count for day in found.days] == [0, 1, 0, 0, 0, 0, 0]
    assert found.days == week_strip(net.village)
    assert found.themes[0].count == 2
    assert f"place={net.township.pk}&theme=civic" in found.themes[0].url
