"""Taking something off the site: who is told, and what may not be taken off."""

import datetime as dt

import pytest
import time_machine
from django.db.models import ProtectedError
from django.urls import reverse

from activities import delivery
from activities.models import Notice, NoticeKind
from activities.schedule import SHANGHAI
from activities.states import RegistrationStatus
from home.models import NetworkNodePage, SiteSettings
from tests.factories import (
    LearnerFactory,
    RegistrationFactory,
    UserFactory,
    small_network,
)
from tests.factories.activities import published_activity, republish

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)
OVER = dt.datetime(2026, 12, 31, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def activity(net):
    return published_activity(net.village, title="书法班", weekly=True, whole_run=True)


@pytest.fixture
def texts(monkeypatch):
    sent = []
    monkeypatch.setattr(
        delivery.sms, "send", lambda phone, text: sent.append((phone, text)) or True
    )
    return sent


@pytest.fixture
def unpublish(django_capture_on_commit_callbacks):
    def unpublished(page):
        with django_capture_on_commit_callbacks(execute=True):
            type(page).objects.get(pk=page.pk).unpublish()

    return unpublished


def registered(activity, status=RegistrationStatus.PLACED, phone="13800008000"):
    learner = LearnerFactory(phone=phone)
    return RegistrationFactory(run=activity.runs.get(), learner=learner, status=status)


@pytest.mark.parametrize(
    ("status", "is_told"),
    [
        (RegistrationStatus.PENDING, True),
        (RegistrationStatus.PLACED, True),
        (RegistrationStatus.WAITING, True),
        (RegistrationStatus.REFUSED, False),
        (RegistrationStatus.WITHDRAWN, False),
    ],
)
def test_who_was_to_come_is_told_once_that_it_is_hidden(
    activity, texts, unpublish, status, is_told
):
    registered(activity, status)
    unpublish(activity)
    assert len(texts) == is_told
    for phone, text in texts:
        assert phone == "13800008000"
        assert "“书法班”暂时不公开了，请先不要来，打电话问一问。" in text


@pytest.mark.parametrize(
    ("of_the_place", "hotline", "said"),
    [
        ("0792-8001001", "0792-12345", "打电话 0792-8001001 问一问"),
        ("", "0792-12345", "打电话 0792-12345 问一问"),
        ("", "", "打电话问一问"),
    ],
)
def test_the_notice_says_whom_to_ask(
    net, activity, texts, unpublish, of_the_place, hotline, said
):
    NetworkNodePage.objects.filter(pk=net.village.pk).update(phone=of_the_place)
    SiteSettings.objects.update_or_create(
        site=net.home.get_site(), defaults={"hotline": hotline}
    )
    registered(activity)
    unpublish(activity)
    assert said in texts[0][1]


def test_hidden_a_second_time_is_told_a_second_time(activity, texts, unpublish, clock):
    registered(activity)
    unpublish(activity)
    clock.move_to(NOW + dt.timedelta(days=1), tick=False)
    republish(activity)
    unpublish(activity)
    assert len(texts) == 2
    assert Notice.objects.filter(kind=NoticeKind.HIDDEN).count() == 2


def test_hiding_what_is_over_tells_nobody(activity, texts, unpublish, clock):
    registered(activity)
    clock.move_to(OVER, tick=False)
    unpublish(activity)
    assert texts == []


def test_hiding_what_was_cancelled_tells_nobody_again(
    activity, texts, unpublish, django_capture_on_commit_callbacks
):
    registered(activity)
    with django_capture_on_commit_callbacks(execute=True):
        republish(activity, cancelled_reason="场地检修")
    told = list(texts)
    unpublish(activity)
    assert told and texts == told


# --- a node with activities -----------------------------------------------------------
@pytest.mark.parametrize("above", ["village", "township", "county", "city"])
def test_a_node_above_live_activities_is_not_unpublished(net, activity, above):
    node = NetworkNodePage.objects.get(pk=getattr(net, above).pk)
    with pytest.raises(ProtectedError, match="还有公开的活动，例如「书法班」"):
        node.unpublish()
    assert NetworkNodePage.objects.get(pk=node.pk).live


@pytest.mark.parametrize("beside", ["sibling_village", "other_county"])
def test_a_node_without_live_activities_is(net, activity, beside):
    node = NetworkNodePage.objects.get(pk=getattr(net, beside).pk)
    node.unpublish()
    assert not NetworkNodePage.objects.get(pk=node.pk).live


def test_once_the_activities_are_hidden_the_node_may_be_too(net, activity, unpublish):
    unpublish(activity)
    unpublish(net.village)
    assert not NetworkNodePage.objects.get(pk=net.village.pk).live


@pytest.fixture
def administrator(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.mark.parametrize("with_all_below", [{}, {"include_descendants": "on"}])
def test_the_admin_says_why_it_does_not_unpublish(
    net, activity, administrator, with_all_below
):
    one = reverse("wagtailadmin_pages:unpublish", args=[net.township.pk])
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    for url in (one, f"{many}?id={net.sibling_village.pk}&id={net.township.pk}"):
        response = administrator.post(url, with_all_below, follow=True)
        assert response.status_code == 200
        assert "请先撤下这些活动，再撤下网点。" in response.content.decode()
    assert NetworkNodePage.objects.filter(live=False).count() == 0


def test_the_admin_unpublishes_an_activity_as_before(activity, administrator):
    url = reverse("wagtailadmin_pages:unpublish", args=[activity.pk])
    assert administrator.post(url).status_code == 302
    assert not type(activity).objects.get(pk=activity.pk).live


def test_a_node_is_not_given_an_hour_to_disappear_at(net, activity, administrator):
    for page, is_offered in ((activity, True), (net.village, False)):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        fields = administrator.get(url).context["form"].fields
        assert ("expire_at" in fields) == is_offered
