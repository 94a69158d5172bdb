"""What the demo must show; the browser tests load and walk through it."""

import csv
import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command

from activities.demo import alliance
from activities.demo.load import ACTIVITIES, DIVISIONS, SHANGHAI, first_start
from activities.demo.words import ENGLISH_SUMMARY
from activities.vocabulary import RegistrationMode
from courses_catalog.models import AllianceMember, HarvestedRecord
from home.vocabulary import Theme
from tests.factories import small_network

ROWS = json.loads(ACTIVITIES.read_text(encoding="utf-8"))


def levels() -> dict[str, str]:
    with DIVISIONS.open(encoding="utf-8") as stream:
        return {row["code12"]: row["level"] for row in csv.DictReader(stream)}


def test_every_theme_and_level_has_something_on():
    known = levels()
    assert 55 <= len(ROWS) <= 70
    assert {row["theme"] for row in ROWS} == set(Theme.values)
    assert {known[row["node"]] for row in ROWS} == set(known.values())


def test_every_state_is_there():
    assert [row for row in ROWS if row.get("cancel")]
    assert [row for row in ROWS if row.get("move")]
    assert [row for row in ROWS if row.get("fill", [0, 0])[1] > 0]
    assert [row for row in ROWS if row.get("opens", 0) > 0]
    assert [row for row in ROWS if row.get("closes", 0) < 0]
    assert {row["mode"] for row in ROWS} == set(RegistrationMode.values)
    assert [row for row in ROWS if row["weeks"] > 1]
    assert [row for row in ROWS if row["weeks"] == 1]
    assert {row["english"] for row in ROWS if "english" in row} == set(ENGLISH_SUMMARY)


def test_a_class_is_full_before_anybody_waits():
    for row in ROWS:
        placed, waiting = row.get("fill", (0, 0))
        if waiting:
            assert placed == row["capacity"], row["title"]


@pytest.mark.parametrize(
    ("first", "day"),
    [
        (0, dt.date(2026, 11, 25)),
        (3, dt.date(2026, 11, 28)),
        ([0, 0], dt.date(2026, 11, 23)),  # this week's Monday has passed
        ([6, 1], dt.date(2026, 12, 6)),
    ],
)
def test_dates_are_counted_from_today_in_shanghai(time_machine, first, day):
    time_machine.move_to(dt.datetime(2026, 11, 24, 23, 0, tzinfo=dt.UTC))
    expected = dt.datetime.combine(day, dt.time(9), SHANGHAI)
    assert first_start(first, "09:00") == expected


def test_demo_data_is_refused_on_a_real_site(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        call_command("demo_data")


@pytest.mark.django_db
def test_three_records_of_the_alliance_wait():
    small_network()
    alliance.load()
    waiting = HarvestedRecord.objects.waiting().order_by("pk")
    known = ("title", "theme", "values__model", "values__licence")
    assert list(waiting.values_list(*known)) == [
        ("八段锦跟练：坐着也能练", "health", "resource", "CC-BY-NC-4.0"),
        ("夏布绣入门：从选布到第一幅小品", "", "course", ""),
        ("手机拍照一看就会", "skills", "resource", "CC-BY-4.0"),
    ]
    summary = waiting[0].values["summary"]
    assert summary == "坐在椅子上练的八段锦，十五分钟，腿脚不便的人也能跟着练。"
    assert not AllianceMember.objects.harvested().exists()
