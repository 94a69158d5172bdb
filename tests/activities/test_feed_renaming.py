"""What only changes the name of a feed is news for its subscribers too."""

import pytest
from wagtail.models import Locale

from activities.feeds import tokens, versions
from activities.models import Session
from home import divisions
from home.models import NetworkNodePage
from home.network_import import import_divisions
from learners import households
from tests.activities.feed_rows import (
    NOW,
    activity_at,
    at,
    events_of,
    session_of,
    summaries_of,
)
from tests.factories import LearnerFactory, small_network

pytestmark = pytest.mark.django_db

HEADER = "code12,level,name,parent12\n"
CITY = "360400000000,city,九江市,\n"
COUNTY = "360402000000,county,濂溪区,360400000000\n"
TOWNSHIP = "360402001000,township,十里街道,360402000000\n"
VILLAGE = "360402001001,village,濂溪社区居委会,360402001000\n"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def net():
    return small_network()


def name_of(answer) -> str:
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
    return next(line[5:] for line in lines if line.startswith("NAME:"))


def asked_again(client, first) -> list:
    """By tag and by date, as somebody who has `first`."""
    asked = [{"If-None-Match": first["ETag"]}]
    if "Last-Modified" in first:
        asked.append({"If-Modified-Since": first["Last-Modified"]})
    path = first.wsgi_request.path
    return [client.get(path, headers=headers) for headers in asked]


def rename(node, title: str) -> None:
    node = NetworkNodePage.objects.get(pk=node.pk)
    node.title = node.short_name = title
    node.save_revision().publish()


def test_a_renamed_place_without_sessions_is_renamed_in_the_calendar(client, net):
    first = client.get(f"/feeds/node/{net.sibling_village.pk}.ics")
    rename(net.sibling_village, "青年路学堂")
    for answer in asked_again(client, first):
        assert answer.status_code == 200
        assert name_of(answer).endswith("青年路学堂")


@pytest.mark.parametrize("feed", ["node/{}.ics", "node/{}/civic.ics"])
def test_the_name_of_a_place_above_stands_in_the_calendars_below(client, net, feed):
    first = client.get("/feeds/" + feed.format(net.sibling_village.pk))
    rename(net.township, "五里街道")
    for answer in asked_again(client, first):
        assert answer.status_code == 200
        assert "五里街道" in name_of(answer)


def test_a_moved_place_is_named_anew(client, net):
    first = client.get(f"/feeds/node/{net.sibling_village.pk}.ics")
    net.sibling_village.move(net.other_township, pos="last-child")
    for answer in asked_again(client, first):
        assert answer.status_code == 200
        assert name_of(answer).startswith("修水县")


def test_a_name_changed_past_publishing_still_changes_the_tag(client, net):
    first = client.get(f"/feeds/node/{net.village.pk}.ics")
    NetworkNodePage.objects.filter(pk=net.village.pk).update(title="濂溪学堂")
    assert asked_again(client, first)[0].status_code == 200


def test_a_place_beside_the_renamed_one_has_nothing_new(client, net):
    first = client.get(f"/feeds/node/{net.other_village.pk}.ics")
    rename(net.township, "五里街道")
    assert {each.status_code for each in asked_again(client, first)} == {304}


def test_a_renamed_learner_is_renamed_in_the_private_calendar(
    client, django_assert_max_num_queries
):
    learner = LearnerFactory(name="周玉兰")
    first = client.get(f"/feeds/mine/{tokens.make(learner)}.ics")
    with django_assert_max_num_queries(3):
        assert asked_again(client, first)[0].status_code == 304
    households.change(learner, name="周玉芝")
    answer = asked_again(client, first)[0]
    assert answer.status_code == 200
    assert name_of(answer) == "周玉芝的课"


# --- an import ------------------------------------------------------------------------
@pytest.fixture
def imported():
    small_network()
    NetworkNodePage.objects.all().delete()
    import_divisions(divisions.parse(HEADER + CITY + COUNTY + TOWNSHIP + VILLAGE))
    return NetworkNodePage.objects.get(division_code="360402001001")


def import_renamed(callbacks) -> None:
    renamed = TOWNSHIP.replace("十里街道", "五里街道")
    with callbacks(execute=True):
        import_divisions(divisions.parse(HEADER + CITY + COUNTY + renamed + VILLAGE))


@pytest.mark.parametrize("feed", ["city.ics", "node/{}.ics", "theme/civic.ics"])
def test_an_import_that_renames_a_township_is_news(
    client, imported, feed, django_capture_on_commit_callbacks
):
    activity = activity_at(imported)
    session_of(activity, at(8))
    versions.grow_for_activity(activity)
    first = client.get("/feeds/" + feed.format(imported.pk))
    assert "十里街道" in events_of(first)[0]["LOCATION"]
    import_renamed(django_capture_on_commit_callbacks)
    for answer in asked_again(client, first):
        assert answer.status_code == 200
        assert "五里街道" in events_of(answer)[0]["LOCATION"]


def test_an_import_that_renames_nothing_renders_nothing(
    imported, django_capture_on_commit_callbacks, django_assert_num_queries
):
    session = session_of(activity_at(imported), at(8))
    Session.objects.update(ics="as it was")
    more = VILLAGE.replace("001001", "001002").replace("濂溪社区", "新社区")
    with django_capture_on_commit_callbacks(execute=True):
        import_divisions(divisions.parse(HEADER + CITY + COUNTY + TOWNSHIP + more))
    session.refresh_from_db()
    assert session.ics == "as it was"


# --- a translation --------------------------------------------------------------------
def test_the_calendar_of_a_translation_is_its_originals(
    client, net, django_assert_max_num_queries
):
    activity = activity_at(net.village)
    session_of(activity, at(8))
    english = Locale.objects.get(language_code="en")
    copy = activity.copy_for_translation(english, copy_parents=True)
    copy.title, copy.starts_at = "Calligraphy", activity.starts_at
    copy.save_revision().publish()
    answer = client.get(f"/feeds/activity/{copy.pk}.ics")
    assert summaries_of(answer) == ["书法班"]
    headers = {"If-None-Match": answer["ETag"]}
    original = client.get(f"/feeds/activity/{activity.pk}.ics", headers=headers)
    assert original.status_code == 304
    versions.grow_for_activity(activity)
    assert asked_again(client, answer)[0].status_code == 200
