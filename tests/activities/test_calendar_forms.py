"""What an address of the calendar asks for, and what of it made no sense."""

import datetime as dt

import pytest
from django.http import QueryDict

from activities.calendar_forms import CalendarForm, iso_day, iso_month, iso_week
from activities.calendar_places import choose
from activities.models import Session
from activities.schedule import SHANGHAI
from home.levels import Level
from home.vocabulary import Audience
from tests.factories import small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)


def read(query: str) -> CalendarForm:
    form = CalendarForm(QueryDict(query), at=NOW)
    assert isinstance(form.filters, list)
    return form


@pytest.mark.parametrize(
    ("parse", "text", "day"),
    [
        (iso_day, "2026-12-08", dt.date(2026, 12, 8)),
        (iso_day, "2026-2-9", dt.date(2026, 2, 9)),
        (iso_day, "2026-02-30", None),
        (iso_day, "2026-12", None),
        (iso_day, "明天", None),
        (iso_month, "2026-12", dt.date(2026, 12, 1)),
        (iso_month, "2026-13", None),
        (iso_month, "2026-12-08", None),
        (iso_week, "2026-W50", dt.date(2026, 12, 7)),
        (iso_week, "2026-12-08", dt.date(2026, 12, 8)),
        (iso_week, "2026-W60", None),
        (iso_week, "W50", None),
    ],
)
def test_dates_of_addresses_are_read(parse, text, day):
    assert parse(text) == day


def test_an_empty_address_asks_for_nothing():
    form = read("")
    assert (form.filters, form.notices, form.kept()) == ([], [], [])
    assert (form.first, form.last, form.month, form.week) == (None,) * 4


@pytest.mark.parametrize(
    "query",
    [
        "theme=unknown",
        "theme=civic&theme=unknown",
        "audience=everybody",
        "place=999999999",
        "place=没有",
        "place=123456789012",
        "from=2026-13-01",
        "from=1026-01-01",
        "from=9999-12-31",
        "month=abc",
        "week=2026-W99",
        "from=2026-12-09&to=2026-12-08",
    ],
)
def test_what_makes_no_sense_is_said_once_and_left_out(query):
    assert len(read(query).notices) == 1


def test_known_themes_stay_beside_unknown_ones():
    form = read("theme=civic&theme=unknown&theme=skills")
    assert form.kept() == [("theme", "civic"), ("theme", "skills")]


def test_every_condition_narrows():
    net = small_network()
    published_activity(net.village, title="书法", audiences=[Audience.OLDER_PEOPLE])
    published_activity(net.village, title="国画", audiences=[Audience.OLDER_PEOPLE])
    published_activity(net.other_village, title="书法", theme="skills")
    query = f"place={net.county.pk}&theme=civic&audience=older_people&q=书法"
    form = read(query)
    found = form.narrowed(Session.objects.public())
    assert found.count() == 1
    said = [each.words for each in form.filters]
    assert said == [net.county.short_name, "公民素养", "老年人", "“书法”"]


@pytest.mark.parametrize("text", ["\0", "%00", "x" * 500, "  "])
def test_odd_text_is_harmless(text):
    form = read(f"q={text}")
    assert list(form.narrowed(Session.objects.public())) == []
    assert len(form.text) <= 60


def test_a_place_may_be_named_by_its_division_code():
    net = small_network()
    net.county.division_code = "360402000000"
    net.county.save()
    assert choose(["360402000000"]).node == net.county


def test_the_deepest_place_of_the_chooser_counts():
    net = small_network()
    chain = [str(node.pk) for node in (net.county, net.township, net.village)]
    assert choose(chain).node == net.village
    assert choose([*chain[:2], ""]).node == net.township
    assert choose([chain[2]]).chain == [net.city, net.county, net.township, net.village]


def test_changing_the_county_forgets_the_township_of_the_old_one():
    net = small_network()
    values = [str(net.other_county.pk), str(net.township.pk)]
    assert choose(values).node == net.other_county


def test_taking_the_county_back_is_the_whole_city():
    net = small_network()
    assert choose(["", str(net.township.pk)]).node is None


def test_the_chooser_offers_one_level_more_than_is_chosen():
    net = small_network()
    steps = choose([str(net.county.pk)]).selects()
    assert [step.id for step in steps] == [
        f"place-{Level.COUNTY_COLLEGE}",
        f"place-{Level.TOWNSHIP_SCHOOL}",
    ]
    chosen = [option.label for option in steps[0].options if option.selected]
    offered = [option.value for option in steps[1].options]
    assert chosen == [net.county.short_name]
    assert offered == ["", str(net.township.pk)]


def test_the_chooser_costs_three_queries(django_assert_num_queries):
    net = small_network()
    with django_assert_num_queries(3):
        assert len(choose([str(net.village.pk)]).selects()) == 3
