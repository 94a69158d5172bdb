"""The words in header and footer: read without writing anything."""

import pytest
from django.urls import reverse
from wagtail.models import Site

from home.models import ContentVersion, SiteSettings

pytestmark = pytest.mark.django_db


def test_every_site_has_its_settings_from_the_start():
    assert SiteSettings.objects.count() == Site.objects.count()


def test_the_first_page_read_writes_nothing(client):
    before = ContentVersion.current(), list(SiteSettings.objects.values())
    assert client.get(reverse("accessibility")).status_code == 200
    assert (ContentVersion.current(), list(SiteSettings.objects.values())) == before


@pytest.fixture
def stored():
    stored = SiteSettings.objects.get()
    stored.hotline, stored.hotline_hours = "0792-1", "周一到周五 9:00–17:00"
    stored.organiser = "市指导中心"
    stored.save()
    return stored


def page(client, prefix: str = "") -> str:
    return client.get(f"{prefix}/accessibility/").content.decode()


def test_english_pages_say_hours_and_organiser_in_english(client, stored):
    stored.hotline_hours_en = "Monday to Friday, 9:00–17:00"
    stored.organiser_en = "City Guidance Centre"
    stored.save()
    english = page(client, "/en")
    assert "Monday to Friday, 9:00–17:00" in english
    assert "City Guidance Centre" in english
    assert "市指导中心" not in english
    chinese = page(client)
    assert "周一到周五 9:00–17:00" in chinese
    assert "City Guidance Centre" not in chinese


def test_what_nobody_translated_stays_chinese_and_says_so(client, stored):
    english = page(client, "/en")
    assert '<bdi lang="zh-Hans">市指导中心</bdi>' in english
    assert '<bdi lang="zh-Hans">周一到周五</bdi> 9:00–17:00' in english
