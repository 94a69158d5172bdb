"""How many meetings are shown, and how many of them are still to come."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from activities.calendar_counts import Shown, shown
from activities.models import Session
from activities.schedule import SHANGHAI
from activities.templatetags.activities import home_counts
from activities.vocabulary import ChangeKind
from home.vocabulary import Theme
from tests.factories import small_network
from tests.factories.activities import change, published_activity

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 2, 12, 0, tzinfo=SHANGHAI)
HOUR, DAY, SECOND = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("total", "cancelled", "over", "chinese", "english"),
    [
        (4, 0, 0, "", ""),
        (4, 1, 0, "其中 1 场取消了。", "Of these, 1 is cancelled."),
        (4, 0, 2, "其中 2 场已经结束。", "Of these, 2 are over."),
        (4, 2, 1, "其中 1 场已经结束，2 场取消了。", None),
    ],
)
def test_only_what_one_cannot_go_to_is_told_apart(
    total, cancelled, over, chinese, english
):
    counts = Shown(total, cancelled, over)
    assert counts.words == chinese
    with translation.override("en"):
        assert english is None or english in counts.words
        assert "场" not in counts.words


@pytest.mark.parametrize(
    ("at", "over"),
    [(NOW - SECOND, 0), (NOW, 1), (NOW + DAY, 1)],
)
def test_a_meeting_is_over_when_it_ends(at, over):
    published_activity(small_network().village, starts_at=NOW - 90 * 60 * SECOND)
    assert shown(Session.objects.public(), at=at) == Shown(1, 0, over)


@pytest.fixture
def busy_day():
    """Today in one village: one over, one cancelled, one still to come; later one."""
    village = small_network().village
    fields = {"theme": Theme.SKILLS}
    published_activity(village, starts_at=NOW - 4 * HOUR, **fields)
    published_activity(
        village,
        weekly=True,
        starts_at=NOW + HOUR,
        schedule_changes=[change(ChangeKind.CANCEL, NOW.date())],
        **fields,
    )
    published_activity(village, starts_at=NOW + 2 * HOUR, **fields)
    return village


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("calendar", {"from": "2026-12-02", "to": "2026-12-02"}, "共 <b>3</b> 场"),
        ("calendar_week", {"week": "2026-12-02"}, "共 <b>3</b> 场"),
        ("calendar_month", {"month": "2026-12"}, "共 <b>6</b> 场"),
    ],
)
def test_every_view_says_what_is_left_of_what_it_shows(
    client, busy_day, name, query, said
):
    page = client.get(reverse(name), query).content.decode()
    assert said in page
    assert "其中 1 场已经结束，1 场取消了。" in page


def test_the_tile_of_a_theme_leads_to_as_many_as_it_says(client, busy_day):
    tile = home_counts(None).themes[1]
    counts = client.get(tile.url).context["counts"]
    assert tile.count == counts.total - counts.over - counts.cancelled == 4
