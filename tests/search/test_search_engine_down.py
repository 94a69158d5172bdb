"""While a search cluster does not answer, the site does, and loses nothing."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.html import strip_tags

from home.signals import network_imported
from search import rebuild, tasks
from search.models import OutboxEntry
from tests import services
from tests.factories import ActivityPageFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def down(settings):
    """Makes nobody answer at SEARCH_URL; what is returned undoes it."""
    address = settings.SEARCH_URL

    def back():
        settings.SEARCH_URL = address

    settings.SEARCH_URL = f"opensearch://127.0.0.1:{services.free_port()}/away"
    return back


def published(**fields):
    activity = ActivityPageFactory(**fields)
    activity.save_revision().publish()
    return activity


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/search/", "搜索暂时用不了"),
        ("/en/search/", "Search cannot be used just now"),
    ],
)
def test_the_search_page_says_so_and_shows_another_way(down, client, address, sentence):
    response = client.get(address, {"q": "书法", "kind": "course"})
    html = response.content.decode()

    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "no-store" in response.headers["Cache-Control"]
    assert sentence in strip_tags(html)
    assert 'value="书法"' in html
    assert f'href="{address}?q=%E4%B9%A6%E6%B3%95&amp;kind=course"' in html
    assert "theme=health" in html


def test_it_is_not_kept_once_the_engine_is_back(down, client):
    assert client.get(reverse("search"), {"q": "书法"}).status_code == 503
    down()

    assert client.get(reverse("search"), {"q": "书法"}).status_code == 200


def test_the_elder_version_is_found_without_an_engine(down, client):
    assert "打开长者版" in client.get("/search/", {"q": "长者版"}).content.decode()


def test_nothing_is_suggested(down, client):
    response = client.get(reverse("search_suggest"), {"q": "书"})

    assert (response.status_code, json.loads(response.content)) == (
        503,
        {"suggestions": []},
    )


def test_what_is_published_meanwhile_is_found_once_the_engine_is_back(
    engine_in_use, request, client, titles_found, django_capture_on_commit_callbacks
):
    net = small_network()
    rebuild.rebuild()
    back = request.getfixturevalue("down")
    with django_capture_on_commit_callbacks(execute=True):
        activity = published(parent=net.village, title="书法班")

    assert client.get(activity.url).status_code == 200
    tasks.catch_up()
    assert OutboxEntry.objects.pending().exists()

    back()
    tasks.catch_up()
    assert titles_found("书法") == ["书法班"]
    assert not OutboxEntry.objects.pending().exists()


def test_an_import_meanwhile_is_found_once_the_engine_is_back(
    engine_in_use, request, titles_found
):
    net = small_network()
    back = request.getfixturevalue("down")
    network_imported.send(sender=type(net.city))

    back()
    tasks.catch_up()
    assert "濂溪社区教学点" in titles_found("濂溪")


@pytest.mark.parametrize("options", [{}, {"rollback": True}])
def test_the_command_says_that_nothing_was_changed(down, options):
    with pytest.raises(CommandError, match="does not answer, nothing was changed"):
        call_command("search_rebuild", **options)
