"""A reader of another language reads every word somebody translated."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from tests.factories import small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db

TRANSLATED = {
    "title": "Calligraphy",
    "venue": "Meet outside the village office",
    "address": "1 Lake Road",
    "fee_note": "brushes are lent",
    "directions": "Bus 5 to the lake",
}


@pytest.fixture
def activity(net):
    return published_activity(
        net.village,
        title="书法班",
        venue="村委会门口集合",
        address="湖滨路1号",
        fee_note="毛笔可借",
        directions="坐5路车到湖边",
    )


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def english(activity):
    locale = Locale.objects.get(language_code="en")
    copy = activity.copy_for_translation(locale, copy_parents=True)
    for field, words in TRANSLATED.items():
        setattr(copy, field, words)
    copy.starts_at = activity.starts_at
    copy.save_revision().publish()
    return copy


def test_the_page_says_place_fee_and_way_in_the_translator_s_words(
    client, activity, english
):
    ours, theirs = (each.get_url_parts()[2] for each in (activity, english))
    page = client.get(theirs).content.decode()
    for words in TRANSLATED.values():
        assert words in page
    for words in ("村委会门口集合", "湖滨路1号", "毛笔可借", "坐5路车"):
        assert words not in page
    original = client.get(ours).content.decode()
    assert "村委会门口集合" in original and "outside" not in original


def test_lists_say_the_place_in_the_translator_s_words(client, activity, english):
    address = reverse("calendar")
    assert TRANSLATED["venue"] in client.get(f"/en{address}").content.decode()
    assert "村委会门口集合" in client.get(address).content.decode()


def test_the_calendar_of_one_activity_is_named_in_the_reader_s_language(
    client, activity, english
):
    address = f"{reverse('subscribe')}?activity={activity.pk}"
    assert "Calligraphy" in client.get(f"/en{address}").content.decode()
    assert "书法班" in client.get(address).content.decode()
