"""Sessions asked for in the calendar's words."""

import datetime as dt

import pytest

from activities.models import Session
from activities.querysets import words_of
from activities.schedule import SHANGHAI
from activities.states import SessionStatus
from activities.vocabulary import Delivery, Repeat
from home.vocabulary import Audience, Theme
from tests.factories import SessionFactory, small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db

# the activities of these tests start on 8 December 2026, 9:00, for 90 minutes
START = dt.datetime(2026, 12, 8, 9, 0, tzinfo=SHANGHAI)
END = START + dt.timedelta(minutes=90)
SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def net():
    return small_network()


def titles(sessions) -> list[str]:
    return [session.activity.title for session in sessions.with_activity()]


def test_a_node_shows_what_is_below_it_and_nothing_else(net):
    published_activity(net.village, title="本村")
    published_activity(net.sibling_village, title="邻村")
    published_activity(net.other_village, title="外县")
    published_activity(net.county, title="县里")
    found = {
        node.slug: sorted(titles(Session.objects.under(node)))
        for node in (net.village, net.township, net.county, net.city)
    }
    assert found == {
        net.village.slug: ["本村"],
        net.township.slug: sorted(["本村", "邻村"]),
        net.county.slug: sorted(["本村", "邻村", "县里"]),
        net.city.slug: sorted(["本村", "邻村", "县里", "外县"]),
    }


@pytest.mark.parametrize(
    ("at", "is_upcoming"),
    [
        (START - DAY, True),
        (START, True),
        (END - SECOND, True),
        (END, False),
        (END + DAY, False),
    ],
)
def test_a_session_is_upcoming_until_it_ends(net, at, is_upcoming):
    published_activity(net.village)
    assert Session.objects.upcoming(at).exists() is is_upcoming


def test_a_session_of_a_whole_day_is_upcoming_until_it_ends(net):
    published_activity(net.village, duration_minutes=24 * 60)
    assert Session.objects.upcoming(START + DAY - SECOND).exists()
    assert not Session.objects.upcoming(START + DAY).exists()


@pytest.mark.parametrize(
    ("start", "end", "is_within"),
    [
        (START, START + SECOND, True),
        (START - DAY, START, False),
        (START + SECOND, START + DAY, False),
    ],
)
def test_a_span_holds_its_start_but_not_its_end(net, start, end, is_within):
    published_activity(net.village)
    assert Session.objects.between(start, end).exists() is is_within


def test_sessions_come_in_order_of_time(net):
    published_activity(net.village, title="后", starts_at=START + DAY)
    published_activity(net.village, title="先", starts_at=START)
    assert titles(Session.objects.all()) == ["先", "后"]


def test_several_themes_are_either_of_them(net):
    published_activity(net.village, title="甲", theme=Theme.CIVIC)
    published_activity(net.village, title="乙", theme=Theme.SKILLS)
    published_activity(net.village, title="丙", theme=Theme.SCIENCE)
    found = titles(Session.objects.for_theme("civic", "skills"))
    assert sorted(found) == sorted(["甲", "乙"])


def test_an_audience_is_found_among_others(net):
    older, young = Audience.OLDER_PEOPLE, Audience.YOUNG_PEOPLE
    published_activity(net.village, title="老少", audiences=[older, young])
    published_activity(net.village, title="少", audiences=[young])
    published_activity(net.village, title="大家", audiences=[])
    assert titles(Session.objects.for_audience(older)) == ["老少"]
    assert sorted(titles(Session.objects.for_audience(older, young))) == sorted(
        ["老少", "少"]
    )


def test_unpublished_activities_are_not_public(net):
    published_activity(net.village).unpublish()
    assert Session.objects.exists()
    assert not Session.objects.public().exists()


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("书法", True),
        ("隶书", True),
        ("书法 隶书", True),
        ("书法 国画", False),
        ("ＣＣＱ", True),
        ("", True),
        ("%", False),
        ("'; --", False),
    ],
)
def test_text_finds_every_word_in_title_or_summary(net, text, is_found):
    published_activity(net.village, title="书法班", summary="从隶书《ccq》学起")
    assert Session.objects.matching(text).exists() is is_found


def test_text_is_folded_and_cut_into_at_most_six_words():
    assert words_of("ＡＢ　c d e f g h") == ["AB", "c", "d", "e", "f", "g"]


def test_a_row_needs_no_further_query(net, django_assert_num_queries):
    published_activity(net.village, repeat=Repeat.WEEKLY, repeat_count=4)
    with django_assert_num_queries(1):
        for session in Session.objects.with_activity():
            assert session.activity.locale.language_code == "zh-hans"
            assert session.run is None


@pytest.mark.parametrize(
    ("delivery", "venue", "is_elsewhere"),
    [
        (Delivery.ON_SITE, "", False),
        (Delivery.ON_SITE, "二楼教室", False),
        (Delivery.ON_SITE, "一楼大厅", True),
        (Delivery.HYBRID, "一楼大厅", True),
        (Delivery.ONLINE, "一楼大厅", False),
    ],
)
@pytest.mark.parametrize(
    "fields", [{}, {"is_moved": True}, {"status": SessionStatus.CANCELLED}]
)
def test_what_is_not_as_usual_is_the_same_in_python_and_in_sql(
    delivery, venue, is_elsewhere, fields
):
    session = SessionFactory(
        run__activity__delivery=delivery,
        run__activity__venue="二楼教室",
        venue=venue,
        **fields,
    )
    assert session.other_venue == (venue if is_elsewhere else "")
    assert Session.objects.changed().exists() == (is_elsewhere or bool(fields))
