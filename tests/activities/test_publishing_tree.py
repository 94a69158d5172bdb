"""Moving, deleting and copying pages: what becomes of sessions and registrations."""

import datetime as dt

import pytest
import time_machine
from django.db.models import ProtectedError
from django.urls import reverse

from activities.models import ActivityPage, FeedVersion, Registration, Run, Session
from activities.schedule import SHANGHAI
from activities.vocabulary import RegistrationMode
from home.models import ContentVersion, NetworkNodePage
from tests.factories import RegistrationFactory, UserFactory, small_network
from tests.factories.activities import published_activity, republish

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def activity(net):
    return published_activity(net.village, weekly=True, whole_run=True)


@pytest.fixture
def registration(activity):
    return RegistrationFactory(run=activity.runs.get())


@pytest.fixture
def administrator(client):
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return client


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def node_paths(activity) -> set[str]:
    rows = [*Session.objects.filter(activity=activity), *activity.runs.all()]
    return {row.node_path for row in rows}


def feed(node) -> int:
    return FeedVersion.objects.get(scope=f"node:{node.pk}").number


def test_a_moved_activity_stands_under_its_new_node(net, activity):
    before = feed(net.village)
    text = activity.sessions.first().ics
    activity.move(net.other_village, pos="last-child")
    assert node_paths(activity) == {net.other_village.path}
    assert feed(net.village) > before
    assert feed(net.other_village)
    assert activity.sessions.first().ics != text
    assert activity.sessions.first().sequence == 0


def test_a_moved_township_takes_its_activities_along(net, activity):
    content = ContentVersion.current()
    old_path = net.village.path
    net.township.move(net.other_county, pos="first-child")
    new_path = fresh(net.village).path
    assert new_path != old_path
    assert node_paths(activity) == {new_path}
    assert ContentVersion.current() > content
    assert "xiushui" in activity.sessions.first().ics.replace("\r\n ", "")


def test_siblings_shifted_by_a_move_are_put_right_too(net):
    shifted = published_activity(net.other_village, whole_run=True)
    net.township.move(net.other_township, pos="left")
    assert node_paths(shifted) == {fresh(net.other_village).path}


def test_a_renamed_node_is_renamed_in_the_calendar_text(net, activity):
    node = fresh(net.village)
    node.title = "莲花洞教学点"
    node.save_revision().publish()
    assert "莲花洞" in activity.sessions.first().ics.replace("\r\n ", "")


def test_a_node_with_a_new_address_gives_its_sessions_new_links(
    net, activity, django_capture_on_commit_callbacks
):
    county = fresh(net.county)
    county.slug = "lianxi-xin"
    with django_capture_on_commit_callbacks(execute=True):
        county.save_revision().publish()
    text = activity.sessions.first().ics.replace("\r\n ", "")
    assert "/lianxi-xin/" in text


@pytest.mark.parametrize("above", ["village", "township", "county", "city"])
def test_a_node_above_registrations_is_not_deleted(net, registration, above):
    with pytest.raises(ProtectedError):
        fresh(getattr(net, above)).delete()
    assert Registration.objects.filter(pk=registration.pk).exists()
    assert NetworkNodePage.objects.filter(pk=getattr(net, above).pk).exists()


def test_a_registered_activity_refuses_to_be_deleted_with_a_sentence(
    activity, registration
):
    with pytest.raises(ProtectedError, match="已经有人报名，不能删除"):
        activity.delete()
    assert activity.sessions.count() == 4


def test_a_query_cannot_delete_registrations_either(activity, registration):
    with pytest.raises(ProtectedError):
        ActivityPage.objects.all().delete()
    assert Session.objects.count() == 4


@pytest.mark.parametrize("what", ["activity", "village"])
def test_without_registrations_sessions_and_runs_go_with_the_page(net, activity, what):
    before = feed(net.county)
    fresh(activity if what == "activity" else net.village).delete()
    assert not Session.objects.exists()
    assert not Run.objects.exists()
    assert feed(net.county) > before


def test_the_admin_says_why_it_does_not_delete(
    net, activity, registration, administrator
):
    for page in (activity, net.county):
        url = reverse("wagtailadmin_pages:delete", args=[page.pk])
        for response in (
            administrator.get(url, follow=True),
            administrator.post(url, follow=True),
        ):
            assert response.status_code == 200
            assert "已经有人报名，不能删除" in response.content.decode()
    assert ActivityPage.objects.filter(pk=activity.pk).exists()


def test_the_bulk_action_says_why_it_does_not_delete(
    net, activity, registration, administrator
):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    other = published_activity(net.village)
    response = administrator.post(f"{url}?id={other.pk}&id={activity.pk}", follow=True)
    assert response.status_code == 200
    assert "已经有人报名，不能删除" in response.content.decode()
    assert ActivityPage.objects.count() == 2


def test_the_admin_deletes_what_nobody_registered_for(net, activity, administrator):
    url = reverse("wagtailadmin_pages:delete", args=[activity.pk])
    assert administrator.post(url).status_code == 302
    assert not ActivityPage.objects.exists()


@pytest.mark.parametrize("publish", [True, False])
def test_a_copy_has_the_words_but_no_dates_sessions_or_registrations(
    net, activity, registration, administrator, publish
):
    activity = republish(activity, opens_at=NOW, summary="春季班")
    data = {
        "new_title": "书法（秋季）",
        "new_slug": "shufa-qiu",
        "new_parent_page": net.village.pk,
    }
    data |= {"publish_copies": "on"} if publish else {}
    url = reverse("wagtailadmin_pages:copy", args=[activity.pk])
    assert administrator.post(url, data).status_code == 302
    copy = ActivityPage.objects.get(slug="shufa-qiu")
    draft = copy.get_latest_revision_as_object()
    for page in (copy, draft):
        assert (page.starts_at, page.opens_at, page.live) == (None, None, False)
        assert (page.summary, page.repeat_count) == ("春季班", 4)
    assert not copy.sessions.exists()
    assert not copy.runs.exists()
    assert activity.sessions.count() == 4


def test_a_copy_of_a_node_brings_drafts_of_its_activities(net, activity):
    copy = fresh(net.village).copy(
        recursive=True,
        to=fresh(net.other_township),
        update_attrs={"slug": "copied", "title": "新教学点"},
    )
    inside = ActivityPage.objects.child_of(copy).get()
    assert not inside.live
    assert not inside.sessions.exists()


def test_a_copy_is_published_with_new_dates(net, activity):
    copy = activity.copy(update_attrs={"slug": "next-term"})
    starts_at = dt.datetime(2027, 3, 2, 9, 0, tzinfo=SHANGHAI)
    copy = republish(copy, starts_at=starts_at)
    assert copy.live
    assert copy.sessions.count() == 4
    assert copy.registration_mode == RegistrationMode.WHOLE_RUN
    assert not set(copy.runs.all()) & set(activity.runs.all())


def test_an_alias_has_no_sessions_of_its_own(net, activity):
    alias = activity.create_alias(parent=net.other_village, update_slug="alias")
    republish(activity, venue="别处")
    assert not Session.objects.filter(activity=alias).exists()
    assert fresh(alias).original == activity
