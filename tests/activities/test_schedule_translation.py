"""An activity put into English in the admin shows its original's sessions."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from activities.models import ActivityPage, Session
from home.models import NetworkNodePage
from tests.factories import UserFactory, small_network
from tests.factories.activities import published_activity, republish

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def activity(net):
    return published_activity(
        net.village, title="书法班", weekly=True, whole_run=True, venue="203"
    )


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


def submit(admin, activity, english) -> ActivityPage:
    url = reverse("wagtail_localize:submit_page_translation", args=[activity.pk])
    response = admin.post(url, {"locales": [english.pk]})
    assert response.status_code == 302
    return ActivityPage.objects.get(
        translation_key=activity.translation_key, locale=english
    )


def test_submitting_makes_the_ancestors_and_nothing_else(
    admin, activity, english, net, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        submit(admin, activity, english)
    nodes = NetworkNodePage.objects.filter(locale=english)
    assert {node.title for node in nodes} == {
        net.city.title,
        net.county.title,
        net.township.title,
        net.village.title,
    }
    # their codes stay with the originals
    assert not nodes.exclude(division_code=None).exists()
    assert Page.objects.filter(locale=english).count() == 6


def test_a_translation_is_written_published_and_read_at_its_own_address(
    admin, activity, english, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = submit(admin, activity, english)
    editor = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert editor.status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        translate_title(admin, page, "Calligraphy")
    page = ActivityPage.objects.get(pk=page.pk)
    assert (page.title, page.live) == ("Calligraphy", True)
    assert page.url.startswith("/en/jiujiang/lianxi/shili/lianxi-shequ/")
    public = client_of_the_public().get(page.url)
    assert public.status_code == 200
    assert "Calligraphy" in public.content.decode()


def client_of_the_public():
    return Client(headers={"host": "localhost"})


def translate_title(admin, page, title):
    """Types one string into wagtail-localize's editor, then presses publish."""
    from wagtail_localize.models import StringSegment, Translation

    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=page.locale
    )
    segment = StringSegment.objects.get(
        source=translation.source, context__path="title"
    )
    url = reverse(
        "wagtail_localize:edit_string_translation",
        args=[translation.pk, segment.pk],
    )
    assert admin.put(
        url, f"value={title}", content_type="application/x-www-form-urlencoded"
    ).status_code in (200, 201)
    answer = admin.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {"action": "publish", "publish": "publish"},
    )
    assert answer.status_code in (200, 302)


def test_a_translation_makes_no_sessions(
    admin, activity, english, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = submit(admin, activity, english)
        translate_title(admin, page, "Calligraphy")
    page = ActivityPage.objects.get(pk=page.pk)
    assert page.original == activity
    assert not page.has_own_sessions
    assert set(Session.objects.values_list("activity", flat=True)) == {activity.pk}
    assert page.original.sessions.count() == 4


def test_unpublishing_a_translation_hides_no_session(
    admin, activity, english, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = submit(admin, activity, english)
    page.unpublish()
    assert activity.sessions.filter(is_public=True).count() == 4


def test_a_changed_schedule_stays_the_originals(
    admin, activity, english, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = submit(admin, activity, english)
        republish(activity, repeat_count=6)
    assert ActivityPage.objects.get(pk=page.pk).original.sessions.count() == 6


def test_the_translation_of_a_deleted_original_shows_no_sessions(
    admin, activity, english, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = submit(admin, activity, english)
    ActivityPage.objects.get(pk=activity.pk).delete()
    page = ActivityPage.objects.get(pk=page.pk)
    assert page.original == page
    republish(page, title="Alone")
    assert not Session.objects.exists()


def test_words_are_translated_and_facts_follow_the_original():
    from wagtail_localize.fields import get_translatable_fields

    fields = {each.field_name: each for each in get_translatable_fields(ActivityPage)}
    page = ActivityPage(title="书法班", venue="203", summary="一句", fee_note="无")
    translated = {name for name, each in fields.items() if each.is_translated(page)}
    assert translated >= {"title", "slug", "summary", "body", "teachers", "venue"}
    assert not translated & {"schedule_changes", "cancelled_reason", "starts_at"}
    overridable = {name for name, each in fields.items() if each.is_overridable(page)}
    assert not overridable & {"starts_at", "capacity", "registration_mode"}
