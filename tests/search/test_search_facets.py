"""The facets and the order of hits, the same on every engine."""

import datetime as dt

import pytest
from django.db import connection

from home.vocabulary import Audience, Theme
from search.engines import BY_VENDOR
from search.engines.base import Filters
from search.facets import CHOICES, Duration, Traits
from tests.search.conftest import NOW, document, query

SECOND = dt.timedelta(seconds=1)
CITY, COUNTY, OTHER_COUNTY = "00010001", "000100010001", "000100010002"
TOWNSHIP, OTHER_TOWNSHIP = f"{COUNTY}0001", f"{COUNTY}0002"
VILLAGE = f"{TOWNSHIP}0003"


def activity(number: int, title: str, **fields):
    return document(number, title, kind="activity", **{"days": ["2026-12-01"]} | fields)


def found(engine, typed: str = "书法", *, chosen=(), places=(), **fields):
    filters = Filters(dict(chosen), places=tuple(places))
    return engine.search(query(typed, filters=filters, **fields))


def titles(engine, **asked) -> list[str]:
    return [hit.title for hit in found(engine, **asked).hits]


@pytest.fixture
def shelf(engine):
    """Two classes, a film, a book to buy, a course and a place."""
    on_site, film = ("on_site",), ("video",)
    engine.index(
        [
            activity(
                1,
                "书法班",
                node_path=VILLAGE,
                traits=Traits("teaching_point", on_site, "4h", "free", "zh-hans"),
            ),
            activity(
                2,
                "书法网课",
                node_path=OTHER_TOWNSHIP,
                theme="skills",
                traits=Traits(
                    "township_school", ("on_site", "online"), "1h", "paid", "zh-hans"
                ),
            ),
            document(
                3,
                "书法视频",
                kind="resource",
                node_path=COUNTY,
                audiences=("older_people", "farmers"),
                traits=Traits("county_college", film, "15m", "free", "zh-hans"),
            ),
            document(
                4,
                "书法教材",
                kind="resource",
                node_path=OTHER_COUNTY,
                traits=Traits("county_college", ("textbook",), "", "paid", "en"),
            ),
            document(
                5,
                "书法十二讲",
                node_path=CITY,
                traits=Traits("city_centre", (), "longer", "", "zh-hans"),
            ),
            document(6, "书法村教学点", kind="place", node_path=VILLAGE),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("facet", "values", "wanted"),
    [
        ("kind", ["course", "place"], {"书法十二讲", "书法村教学点"}),
        ("format", ["video"], {"书法视频"}),
        ("format", ["online"], {"书法网课"}),
        ("format", ["on_site"], {"书法班", "书法网课"}),
        ("format", ["video", "textbook"], {"书法视频", "书法教材"}),
        ("duration", ["15m", "longer"], {"书法视频", "书法十二讲"}),
        ("fee", ["free"], {"书法班", "书法视频"}),
        ("fee", ["free", "paid"], {"书法班", "书法视频", "书法网课", "书法教材"}),
        ("level", ["county_college"], {"书法视频", "书法教材"}),
        ("level", ["teaching_point", "city_centre"], {"书法班", "书法十二讲"}),
        ("language", ["en"], {"书法教材"}),
        ("audience", ["farmers"], {"书法视频"}),
        ("theme", ["skills"], {"书法网课"}),
    ],
)
def test_any_of_the_values_chosen_may_hold(shelf, facet, values, wanted):
    assert set(titles(shelf, chosen={facet: values})) == wanted


def test_each_facet_is_counted_with_the_other_filters_applied(shelf):
    facets = found(shelf, chosen={"fee": ["free"], "kind": ["resource"]}).facets

    # the fee of all resources; the kind of all that is free
    assert facets["fee"] == {"free": 1, "paid": 1}
    assert facets["kind"] == {"activity": 1, "resource": 1}
    # everything else of what is left
    assert facets["format"] == {"video": 1}
    assert facets["level"] == {"county_college": 1}
    assert facets["duration"] == {"15m": 1}
    assert facets["language"] == {"zh-hans": 1}
    assert facets["audience"] == {"older_people": 1, "farmers": 1}


def test_every_facet_is_counted_when_nothing_is_chosen(shelf):
    facets = found(shelf).facets

    assert facets["format"] == {"on_site": 2, "online": 1, "video": 1, "textbook": 1}
    assert facets["fee"] == {"free": 2, "paid": 2}
    assert facets["duration"] == {"4h": 1, "1h": 1, "15m": 1, "longer": 1}
    assert facets["language"] == {"zh-hans": 4, "en": 1}
    assert facets["level"]["county_college"] == 2
    assert set(facets) == {*CHOICES, "place"}


# --- places -------------------------------------------------------------------------
def test_the_places_lead_down_from_county_to_village(shelf):
    top = {"top": CITY}

    assert found(shelf, **top).facets["place"] == {COUNTY: 4, OTHER_COUNTY: 1}
    county = found(shelf, places=[COUNTY], **top)
    assert county.facets["place"] == {
        COUNTY: 4,
        OTHER_COUNTY: 1,
        TOWNSHIP: 2,
        OTHER_TOWNSHIP: 1,
    }
    assert county.total == 4
    township = found(shelf, places=[TOWNSHIP], **top)
    assert township.facets["place"] == {TOWNSHIP: 2, OTHER_TOWNSHIP: 1, VILLAGE: 2}
    assert {hit.title for hit in township.hits} == {"书法班", "书法村教学点"}


def test_several_places_may_be_chosen(shelf):
    several = found(shelf, places=[OTHER_TOWNSHIP, OTHER_COUNTY], top=CITY)

    assert {hit.title for hit in several.hits} == {"书法网课", "书法教材"}
    assert several.facets["theme"] == {"civic": 1, "skills": 1}


def test_the_places_beside_are_counted_with_the_other_filters_applied(shelf):
    asked = {"chosen": {"kind": ["resource"]}, "places": [COUNTY], "top": CITY}

    assert found(shelf, **asked).facets["place"] == {COUNTY: 1, OTHER_COUNTY: 1}


# --- can one still get in -----------------------------------------------------------
def test_what_can_be_registered_for_is_told_by_whoever_searches(shelf):
    asked = {"registrable": {"activity": {2}, "course": {5}}}

    assert found(shelf, **asked).facets["registration"] == {"open": 2}
    assert set(titles(shelf, chosen={"registration": ["open"]}, **asked)) == {
        "书法网课",
        "书法十二讲",
    }
    # the same numbers of other kinds mean nothing
    assert titles(shelf, chosen={"registration": ["open"]}) == []


@pytest.mark.parametrize(
    ("until", "comes"),
    [(NOW + SECOND, True), (NOW, False), (NOW - SECOND, False)],
)
def test_one_can_come_without_registering_until_the_last_meeting_is_over(
    engine, until, comes
):
    until = until.astimezone(dt.UTC).isoformat(timespec="seconds")
    engine.index([activity(1, "书法角", traits=Traits(walk_in_until=until))])

    assert titles(engine, chosen={"registration": ["walk_in"]}) == ["书法角"] * comes
    assert found(engine).facets["registration"] == ({"walk_in": 1} if comes else {})


# --- order --------------------------------------------------------------------------
def test_what_one_can_still_join_comes_first_and_what_is_over_last(engine):
    later = "2026-12-01T04:00:00+00:00"
    engine.index(
        [
            activity(1, "书法甲班", days=["2026-11-01"]),
            document(2, "书法乙课"),
            activity(3, "书法丙班"),
            activity(4, "书法丁角", traits=Traits(walk_in_until=later)),
            document(5, "书法戊课"),
        ]
    )
    order = titles(engine, registrable={"activity": {3}, "course": {5}})

    assert order == ["书法丙班", "书法丁角", "书法戊课", "书法乙课", "书法甲班"]


def test_a_better_fit_comes_before_what_one_can_still_join(engine):
    engine.index([activity(1, "国画与书法班"), document(2, "书法")])

    assert titles(engine, registrable={"activity": {1}}) == ["书法", "国画与书法班"]


@pytest.mark.parametrize(
    ("fresher", "older"),
    [
        ("2026-10-25", "2026-10-24"),
        ("2025-11-24", "2025-11-23"),
        ("2026-11-24", ""),
    ],
)
def test_among_equals_what_is_of_this_month_comes_first_then_of_this_year(
    engine, fresher, older
):
    engine.index(
        [
            document(1, "书法甲课", published_on=older),
            document(2, "书法乙课", published_on=fresher),
        ]
    )

    assert titles(engine) == ["书法乙课", "书法甲课"]


def test_an_activity_is_as_fresh_as_its_next_meeting_is_near(engine):
    fields = {"published_on": "2026-11-20"}
    engine.index(
        [
            activity(1, "书法甲班", days=["2027-01-05"], **fields),
            activity(2, "书法乙班", days=["2026-11-01", "2026-11-25"]),
        ]
    )
    both = {"registrable": {"activity": {1, 2}}}

    assert titles(engine, **both) == ["书法乙班", "书法甲班"]


# --- the engines side by side -------------------------------------------------------
REGISTRABLE = {"activity": set(range(0, 400, 3)), "course": set(range(1, 400, 5))}
COMBINATIONS = [
    {},
    {"chosen": {"format": ["video", "on_site"]}},
    {"chosen": {"registration": ["open"], "fee": ["free", "public_benefit"]}},
    {"chosen": {"registration": ["open", "walk_in"], "when": ["week"]}},
    {"chosen": {"level": ["township_school"], "duration": ["1h", "4h"]}},
    {"chosen": {"language": ["zh-hans"], "theme": ["civic"]}, "places": [COUNTY]},
    {"places": [TOWNSHIP, OTHER_TOWNSHIP]},
]


def varied(number: int):
    """Each with another combination of everything there is to choose."""
    kinds, formats, fees = (list(CHOICES[n]) for n in ("kind", "format", "fee"))
    until = ("", "2026-11-24T01:59:59+00:00", "2026-11-24T02:00:01+00:00")
    return document(
        number,
        f"书法{number}" if number % 3 else f"学书法{number}",
        kind=kinds[number % len(kinds)],
        theme=Theme.values[number % len(Theme.values)],
        audiences=tuple(Audience.values[: number % 4]),
        node_path=f"{CITY}000{1 + number % 2}000{1 + number % 3}",
        days=[f"2026-11-{20 + number % 10}"] if number % 4 else [],
        published_on=f"202{5 + number % 2}-1{number % 3}-11",
        traits=Traits(
            list(CHOICES["level"])[number % 4],
            tuple(formats[number % len(formats) :][:2]),
            [*Duration.values, ""][number % 5],
            [*fees, ""][number % 4],
            ["zh-hans", "en"][number % 2],
            until[number % 3],
        ),
    )


@pytest.mark.parametrize("engine_in_use", ["opensearch"], indirect=True)
@pytest.mark.parametrize("asked", COMBINATIONS)
def test_the_cluster_finds_and_counts_what_the_database_does(engine, asked):
    database = BY_VENDOR[connection.vendor]()
    documents = [varied(number) for number in range(120)]
    for each in (database, engine):
        each.index(documents)
    asked = {**asked, "registrable": REGISTRABLE, "top": CITY, "limit": 200}
    ours, theirs = (found(each, **asked) for each in (engine, database))

    assert ours.total == theirs.total > 0
    assert ours.facets == theirs.facets
    assert {h.key for h in ours.hits} == {h.key for h in theirs.hits}
