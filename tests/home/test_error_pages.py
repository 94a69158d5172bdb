"""404 where nothing ever was, 410 where something was taken down."""

import pytest
from django.test import RequestFactory
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from home.addresses import was_taken_down
from tests.factories import small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def activity(net):
    return published_activity(net.village, title="书法班")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_page_that_was_taken_down_says_so(client, activity, prefix):
    url = prefix + activity.get_url()
    assert client.get(url).status_code == 200
    activity.unpublish()
    page = client.get(url)
    assert page.status_code == 410
    assert (prefix == "") is ("这一页已经撤下" in page.content.decode())


def test_a_draft_that_never_was_public_is_not_there(client, activity):
    type(activity).objects.filter(pk=activity.pk).update(
        live=False, first_published_at=None
    )
    assert client.get(activity.get_url()).status_code == 404


@pytest.mark.parametrize("below", ["nothing-there/", "x/y/z/"])
def test_a_slip_of_the_pen_is_not_found(client, net, activity, below):
    activity.unpublish()
    assert client.get(net.village.get_url() + below).status_code == 404


@pytest.mark.parametrize("path", ["/", "/en/", "/admin/none/", "//", "/no-such/"])
def test_nothing_was_taken_down_where_nothing_was(net, path):
    request = RequestFactory().get(path)
    assert not was_taken_down(request)


def test_asking_costs_few_queries(net, activity, django_assert_max_num_queries):
    activity.unpublish()
    request = RequestFactory().get(activity.get_url())
    with django_assert_max_num_queries(3):
        assert was_taken_down(request)


@pytest.mark.parametrize("path", ["/%00", "/a%00b/", "/en/x%00/", "/en%00/"])
def test_an_address_no_database_can_hold_is_not_found(client, net, path):
    assert client.get(path).status_code == 404


def test_where_an_editor_sends_readers_on_they_are_sent_on(client, net, activity):
    url = activity.get_url()
    activity.unpublish()
    assert client.get(url).status_code == 410
    Redirect.add_redirect(url, net.village)
    answer = client.get(url)
    assert (answer.status_code, answer["Location"]) == (301, net.village.get_url())


@pytest.fixture
def english(activity):
    locale = Locale.objects.get(language_code="en")
    page = activity.copy_for_translation(locale, copy_parents=True)
    page.title, page.slug = "Calligraphy", "calligraphy"
    page.starts_at = activity.starts_at
    page.save_revision().publish()
    return type(activity).objects.get(pk=page.pk)


def test_a_translation_is_taken_down_with_its_original(client, activity, english):
    url = english.get_url()
    assert client.get(url).status_code == 200

    activity.unpublish()
    assert type(activity).objects.get(pk=english.pk).live
    assert client.get(url).status_code == 410


def test_a_translation_of_what_never_was_public_is_not_there(client, activity, english):
    type(activity).objects.filter(pk=activity.pk).update(
        live=False, first_published_at=None
    )
    assert client.get(english.get_url()).status_code == 404
