"""Taking something off the site: who is told, and what may not be taken off."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from activities import delivery
from activities.models import Notice, NoticeKind
from activities.schedule import SHANGHAI
from activities.states import RegistrationStatus
from home.models import NetworkNodePage, SiteSettings
from home.scheduled import publish_due
from tests.factories import (
    ActivityPageFactory,
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
    assert sum("暂时不公开" in text for _phone, text in texts) == 2
    assert Notice.objects.filter(kind=NoticeKind.HIDDEN).count() == 2


@pytest.mark.parametrize(
    ("changes", "is_told"), [({}, True), ({"cancelled_reason": "场地检修"}, False)]
)
def test_who_was_told_that_it_is_hidden_is_told_that_it_is_public_again(
    activity, texts, unpublish, django_capture_on_commit_callbacks, changes, is_told
):
    registered(activity)
    unpublish(activity)
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            republish(activity, **changes)
    said = [text for _phone, text in texts if "又公开了，照常上课" in text]
    assert len(said) == is_told
    assert all("12月8日" in text for text in said)


def test_who_registered_unaware_is_not_told_that_it_is_public_again(
    activity, texts, unpublish, django_capture_on_commit_callbacks
):
    registered(activity)
    unpublish(activity)
    other = registered(activity, phone="13900009000")
    with django_capture_on_commit_callbacks(execute=True):
        republish(activity)
    assert Notice.objects.filter(kind=NoticeKind.SHOWN).count() == 1
    assert not other.notices.exists()


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


def test_wagtail_s_own_action_does_not_hide_a_node_in_use(net, activity):
    for page in (NetworkNodePage.objects.get(pk=net.village.pk), plain(net.village)):
        with pytest.raises(ProtectedError, match="还有公开的活动，例如「书法班」"):
            UnpublishPageAction(page).execute()
        assert plain(net.village).live


def test_a_node_in_use_is_not_hidden_by_the_clock(net, activity, clock):
    plain_pages = Page.objects.filter(pk=net.village.pk)
    plain_pages.update(expire_at=NOW + dt.timedelta(hours=1))
    clock.shift(dt.timedelta(hours=2))
    assert publish_due(at=timezone.now()) == [f"wagtailcore.Page {net.village.pk}"]
    assert plain(net.village).live


def test_hiding_all_below_a_page_hides_no_node_in_use(net, activity, administrator):
    url = reverse("wagtailadmin_pages:unpublish", args=[net.home.pk])
    answer = administrator.post(url, {"include_descendants": "on"}, follow=True)
    assert answer.status_code == 200
    assert "还有公开的活动" in answer.content.decode()
    assert plain(net.city).live


def plain(page) -> Page:
    return Page.objects.get(pk=page.pk)


# --- an activity at a hidden node -----------------------------------------------------
@pytest.fixture
def draft(net):
    return ActivityPageFactory(parent=net.village, title="书法班", live=False)


def hide(node) -> None:
    NetworkNodePage.objects.filter(pk=node.pk).update(live=False)


SENTENCE = "还没有公开，它下面的活动不能公开。请先公布这个网点。"


@pytest.mark.parametrize("above", ["village", "township", "county", "city"])
def test_an_activity_is_not_published_below_a_hidden_node(net, draft, above):
    hide(getattr(net, above))
    revision = draft.save_revision()
    with pytest.raises(ValidationError, match=SENTENCE):
        revision.publish()
    with pytest.raises(ValidationError, match=SENTENCE):
        PublishPageRevisionAction(revision).execute()
    assert not plain(draft).live


def test_nor_is_one_made_there(net):
    hide(net.village)
    with pytest.raises(ValidationError, match=SENTENCE):
        ActivityPageFactory(parent=NetworkNodePage.objects.get(pk=net.village.pk))


def test_nor_is_one_moved_there(net, activity):
    assert activity.can_move_to(net.sibling_village)
    hide(net.sibling_village)
    assert not activity.can_move_to(net.sibling_village)
    activity.live = False
    assert activity.can_move_to(net.sibling_village)


@pytest.mark.parametrize("above", ["other_township", "other_county"])
def test_nor_is_the_place_of_one_moved_there(net, activity, above):
    place, other = fresh(net.village), fresh(net.other_township)
    assert place.can_move_to(other)
    hide(getattr(net, above))
    assert not place.can_move_to(other)
    assert fresh(net.sibling_village).can_move_to(other)  # nothing public goes along
    activity.unpublish()
    assert place.can_move_to(other)


def test_the_admin_says_why_a_place_is_not_moved(net, activity, administrator):
    hide(net.other_township)
    url = reverse(
        "wagtailadmin_pages:move_confirm", args=[net.village.pk, net.other_township.pk]
    )
    answer = administrator.post(url, follow=True)
    assert SENTENCE in answer.content.decode()
    assert plain(net.village).path == net.village.path


def fresh(node) -> NetworkNodePage:
    return NetworkNodePage.objects.get(pk=node.pk)


def test_a_draft_is_kept_there(net, draft):
    hide(net.village)
    draft.title = "书法班（新）"
    draft.save_revision()
    draft.save()
    assert not plain(draft).live


def test_what_is_public_already_is_saved_but_not_published_again(net, activity):
    hide(net.village)
    activity.save()
    with pytest.raises(ValidationError, match=SENTENCE):
        activity.save_revision().publish()


@pytest.mark.parametrize("is_hidden", [True, False])
def test_the_editor_is_told_in_her_form(net, draft, administrator, is_hidden):
    if is_hidden:
        hide(net.township)
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    sent = form_of(administrator, url) | {"action-publish": "on"}
    answer = administrator.post(url, sent)
    assert (SENTENCE in answer.content.decode()) is is_hidden
    assert plain(draft).live is not is_hidden


def test_the_editor_still_saves_a_draft(net, draft, administrator):
    hide(net.village)
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    sent = form_of(administrator, url) | {"title": "改过的"}
    assert administrator.post(url, sent).status_code == 302
    assert plain(draft).draft_title == "改过的"


def form_of(client, url) -> dict:
    """What the browser would send back unchanged."""
    form = client.get(url).context["form"]
    sent = nested_form_data(
        {
            "body": streamfield([]),
            "teachers": streamfield([]),
            "schedule_changes": streamfield([]),
            "comments": inline_formset([]),
        }
    )
    for name, field in form.fields.items():
        value = form[name].value()
        if name not in ("body", "teachers", "schedule_changes") and value is not None:
            sent[name] = field.prepare_value(value)
    starts_at = form.instance.starts_at.astimezone(SHANGHAI)
    return sent | {"starts_at": f"{starts_at:%Y-%m-%d %H:%M}", "audiences": []}


def test_many_pages_at_once_are_refused_with_the_sentence(net, draft, administrator):
    hide(net.village)
    other = ActivityPageFactory(parent=net.sibling_village, live=False)
    for page in (draft, other):
        page.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = administrator.post(f"{url}?id={other.pk}&id={draft.pk}", follow=True)
    assert answer.status_code == 200
    assert SENTENCE in answer.content.decode()
    assert not plain(other).live


def test_an_approval_is_refused_with_the_sentence(net, draft, administrator):
    hide(net.village)
    draft.save_revision()
    Workflow.objects.get().start(draft, None)
    state = draft.current_workflow_task_state
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk]
    )
    answer = administrator.post(url, follow=True)
    assert answer.status_code == 200
    assert SENTENCE in answer.content.decode()
    assert not plain(draft).live
