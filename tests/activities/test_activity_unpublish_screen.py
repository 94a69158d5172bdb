"""Before an activity is taken off the site: who is told, and what less would do."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from activities.schedule import SHANGHAI
from activities.states import RegistrationStatus
from home.models import NodeRole, Role
from tests.factories import RegistrationFactory, UserFactory, small_network
from tests.factories.activities import published_activity

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
    return published_activity(net.village, title="书法班", weekly=True, whole_run=True)


@pytest.fixture
def editor(client, net):
    user = UserFactory()
    NodeRole.objects.create(user=user, node=net.village, role=Role.EDITOR)
    client.force_login(user)
    return client


def confirmation(client, activity) -> str:
    url = reverse("wagtailadmin_pages:unpublish", args=[activity.pk])
    return client.get(url).content.decode()


def of_many(client, *activities) -> str:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    ids = "&".join(f"id={each.pk}" for each in activities)
    return client.get(f"{url}?{ids}").content.decode()


def test_it_says_how_many_come_and_wait(activity, editor):
    for status in ("PLACED", "PLACED", "WAITING", "REFUSED", "WITHDRAWN"):
        RegistrationFactory(
            run=activity.runs.get(), status=getattr(RegistrationStatus, status)
        )
    for page in (confirmation(editor, activity), of_many(editor, activity)):
        assert "已经报上 2 人，候补 1 人。撤下以后马上给他们发消息" in page


def test_it_leads_to_cancelling_dates_or_the_whole(activity, editor):
    RegistrationFactory(run=activity.runs.get())
    page = confirmation(editor, activity)
    form_url = reverse("wagtailadmin_pages:edit", args=[activity.pk])
    form = editor.get(form_url).content.decode()
    targets = [part.split('"')[0] for part in page.split(f'href="{form_url}#')[1:]]
    assert len(targets) == 2
    for target, field in zip(
        targets, ("schedule_changes", "cancelled_reason"), strict=True
    ):
        section = form.split(f'id="{target}"')[1].split("<section")[0]
        assert field in section


def test_it_keeps_quiet_where_nobody_is_told(activity, editor, clock):
    assert "已经报上" not in confirmation(editor, activity)
    RegistrationFactory(run=activity.runs.get())
    clock.move_to(NOW + dt.timedelta(days=60))
    assert "已经报上" not in confirmation(editor, activity)
    assert "已经报上" not in of_many(editor, activity)


def test_a_node_s_confirmation_is_as_before(client, net):
    client.force_login(UserFactory(is_superuser=True))
    assert "已经报上" not in confirmation(client, net.other_village)
