"""A preview shows the draft, even while the published page is in the cache."""

import pytest
from django.test import Client

from courses_catalog.models import Course
from tests.factories import (
    ActivityPageFactory,
    CourseFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db
DRAFT = "还没有发布的名字"


@pytest.fixture(autouse=True)
def real_host(settings):
    """Behind a wild card the preview would ask under a host of its own."""
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.fixture
def reader():
    return Client()


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.fixture
def net():
    return small_network()


def node(net):
    net.village.title = DRAFT
    net.village.save_revision()
    return net.village, f"/admin/pages/{net.village.pk}/view_draft/"


def activity(net):
    page = ActivityPageFactory(parent=net.village)
    page.save_revision().publish()
    page.title = DRAFT
    page.save_revision()
    return page, f"/admin/pages/{page.pk}/view_draft/"


def course(net):
    snippet = CourseFactory(owner_node=net.village)
    snippet.save_revision().publish()
    snippet.title = DRAFT
    revision = snippet.save_revision()
    listing = f"/admin/snippets/{Course._meta.app_label}/course"
    return snippet, f"{listing}/history/{snippet.pk}/revisions/{revision.pk}/view/"


@pytest.mark.parametrize("make", [node, activity, course])
def test_a_preview_is_not_answered_by_the_page_in_the_cache(net, reader, editor, make):
    shown, preview = make(net)
    url = getattr(shown, "url", None) or shown.get_absolute_url()
    # what is no page asks for its preview under the address of the home page
    for address in (url, "/"):
        assert DRAFT not in reader.get(address).content.decode()
    assert DRAFT in editor.get(preview).content.decode()


@pytest.mark.parametrize("make", [node, activity, course])
def test_a_preview_is_not_kept_for_readers(net, reader, editor, make):
    shown, preview = make(net)
    url = getattr(shown, "url", None) or shown.get_absolute_url()
    assert DRAFT in editor.get(preview).content.decode()
    assert DRAFT not in reader.get(url).content.decode()
