"""A translation is public only while its original is, and loses nothing by it."""

import datetime as dt

import pytest
import time_machine
from django.utils import translation
from wagtail.models import Locale

from activities.models import ActivityPage
from activities.rows import pages_for_reader
from activities.schedule import SHANGHAI
from home.models import NetworkNodePage
from tests.factories import small_network
from tests.factories.activities import published_activity, republish

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def activity(net):
    return published_activity(net.village, title="书法班")


@pytest.fixture
def english(activity):
    locale = Locale.objects.get(language_code="en")
    copy = activity.copy_for_translation(locale, copy_parents=True)
    copy.title, copy.starts_at = "Calligraphy", activity.starts_at
    copy.save_revision().publish()
    return ActivityPage.objects.get(pk=copy.pk)


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def answer(client, page):
    return client.get(page.get_url_parts()[2])


def test_unpublishing_the_original_hides_the_translation(client, activity, english):
    assert answer(client, english).status_code == 200
    activity.unpublish()
    assert answer(client, english).status_code == 410


def test_publishing_the_original_again_brings_the_translation_back(
    client, activity, english
):
    draft = fresh(english).get_latest_revision_as_object()
    draft.summary = "Still being written"
    draft.save_revision()
    activity.unpublish()
    republish(activity)
    assert "Calligraphy" in answer(client, english).content.decode()
    kept = fresh(english).get_latest_revision_as_object()
    assert (kept.title, kept.summary) == ("Calligraphy", "Still being written")


def test_an_original_still_read_without_its_translation(client, activity, english):
    english.unpublish()
    assert answer(client, activity).status_code == 200
    assert answer(client, english).status_code == 410


def test_a_translation_whose_original_was_deleted_is_not_public(
    client, activity, english
):
    activity.delete()
    assert answer(client, english).status_code == 404


def test_a_translated_place_is_hidden_with_its_original(client, net):
    locale = Locale.objects.get(language_code="en")
    copy = net.county.copy_for_translation(locale, copy_parents=True)
    copy.title = "Lianxi Community College"
    copy.save_revision().publish()
    copy = NetworkNodePage.objects.get(pk=copy.pk)
    assert "Lianxi Community" in answer(client, copy).content.decode()
    fresh(net.county).unpublish()
    assert answer(client, copy).status_code == 404


def test_a_link_to_a_hidden_activity_names_no_translation(activity, english):
    with translation.override("en"):
        assert pages_for_reader([fresh(activity)], "en")[activity.pk].title == (
            "Calligraphy"
        )
        activity.unpublish()
        assert pages_for_reader([fresh(activity)], "en")[activity.pk].title == "书法班"
