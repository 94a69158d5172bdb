"""The picture of an activity: on its page, and with its link wherever it is sent."""

import datetime as dt
import gc
import re

import pytest
import time_machine
from django.core.files.storage import default_storage
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from activities.models import ActivityPage
from activities.schedule import SHANGHAI
from home.models import ContentVersion
from tests.factories import small_network
from tests.factories.activities import published_activity, republish

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the file it makes a size in to the garbage collector
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]

NOW = dt.datetime(2026, 12, 2, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NOW, tick=False):
        yield
    gc.collect()


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def image():
    return get_image_model().objects.create(
        title="教室一角",
        description="八个人围着长桌写字",
        file=get_test_image_file(size=(1600, 1200)),
    )


@pytest.fixture
def activity(net, image):
    return published_activity(net.village, title="书法班", image=image)


def page_of(client, activity) -> str:
    return client.get(activity.get_url()).content.decode()


def picture_in(page: str) -> dict[str, str]:
    (element,) = re.findall(r"<img [^>]*>", page)
    return dict(re.findall(r'(\w+)="([^"]*)"', element))


def test_the_picture_is_shown_with_room_kept_for_it(client, activity):
    shown = picture_in(page_of(client, activity))
    assert shown["alt"] == "八个人围着长桌写字"
    assert (shown["width"], shown["height"]) == ("960", "720")
    assert shown["loading"] == "lazy" and "100vw" in shown["sizes"]
    assert re.fullmatch(r"/media/\S+ 960w, /media/\S+ 480w", shown["srcset"])
    assert shown["src"].endswith(".webp")
    assert default_storage.exists(shown["src"].removeprefix("/media/"))


def test_a_picture_nobody_described_is_named_by_its_title(client, activity, image):
    image.description = ""
    image.save()
    assert picture_in(page_of(client, activity))["alt"] == "教室一角"


def test_its_address_goes_with_the_link(client, activity, settings):
    page = page_of(client, activity)
    (address,) = re.findall(r'<meta property="og:image" content="([^"]*)">', page)
    assert address.startswith(f"{settings.BASE_URL}/media/")
    assert address.endswith(".jpg")
    assert default_storage.exists(address.partition("/media/")[2])


def test_a_page_without_a_picture_has_none(client, activity):
    page = page_of(client, republish(activity, image=None))
    assert "<img" not in page and "og:image" not in page


def test_a_page_whose_file_is_lost_stands_without_it(client, activity, image):
    default_storage.delete(image.file.name)
    assert "<img" not in page_of(client, activity)


def test_the_translation_shows_the_picture_of_its_original(client, activity):
    english = Locale.objects.get(language_code="en")
    copy = activity.copy_for_translation(english, copy_parents=True)
    copy.title, copy.starts_at, copy.image = "Writing", activity.starts_at, None
    copy.save_revision().publish()
    assert picture_in(page_of(client, ActivityPage.objects.get(pk=copy.pk)))


def test_a_changed_description_is_there_at_the_next_request(client, activity, image):
    page_of(client, activity)
    before = ContentVersion.current()
    image.description = "六个人在练字"
    image.save()
    assert ContentVersion.current() > before
    assert picture_in(page_of(client, activity))["alt"] == "六个人在练字"


def test_a_picture_that_is_deleted_is_gone_at_the_next_request(client, activity, image):
    page_of(client, activity)
    image.delete()
    assert "<img" not in page_of(client, activity)


def test_a_page_with_a_picture_asks_few_queries(
    client, net, activity, django_assert_max_num_queries
):
    page_of(client, activity)
    ContentVersion.grow()
    with django_assert_max_num_queries(12):
        page_of(client, activity)


def test_the_title_and_description_for_search_engines_are_used(client, activity):
    assert "<title>书法班 - " in page_of(client, activity)
    page = page_of(
        client,
        republish(activity, seo_title="濂溪书法班", search_description="学写隶书"),
    )
    assert "<title>濂溪书法班 - " in page and "<h1>书法班</h1>" in page
    assert '<meta name="description" content="学写隶书">' in page
