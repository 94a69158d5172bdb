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
