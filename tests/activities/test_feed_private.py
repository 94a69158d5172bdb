"""A private feed: one learner's own places, for whoever holds the key."""

import re

import pytest
from django.urls import reverse

from activities.feeds import tokens, versions
from activities.models import FeedToken, Registration
from activities.states import RegistrationStatus
from learners.models import LearnerAccess, Relation
from tests.activities.feed_rows import (
    NOW,
    activity_at,
    at,
    events_of,
    run_of,
    session_of,
    summaries_of,
)
from tests.factories import LearnerFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def learner():
    return LearnerFactory(name="周玉兰")


@pytest.fixture
def user(learner):
    user = UserFactory()
    LearnerAccess.objects.create(user=user, learner=learner, relation=Relation.SELF)
    return user


def run_at(node, title: str):
    activity = activity_at(node, title=title)
    return run_of(activity, session_of(activity, at(8)))


def registered(learner, run, status=RegistrationStatus.PLACED) -> Registration:
    return Registration.objects.create(
        learner=learner,
        run=run,
        status=status,
        idempotency_key=f"{learner.pk}-{run.pk}-{status}",
    )


def feed(client, token: str, **headers):
    return client.get(f"/feeds/mine/{token}.ics", headers=headers)


@pytest.mark.parametrize("status", RegistrationStatus.values)
def test_only_held_places_are_in_it(client, net, learner, status):
    registered(learner, run_at(net.village, "书法班"), status)
    shown = summaries_of(feed(client, tokens.make(learner)))
    assert shown == (["书法班"] if status == RegistrationStatus.PLACED else [])


def test_nothing_of_anybody_else_is_in_it(client, net, learner):
    registered(learner, run_at(net.village, "书法班"))
    other = LearnerFactory(name="别人")
    registered(other, run_at(net.village, "太极班"))
    run_at(net.village, "没有人报的班")
    answer = feed(client, tokens.make(learner))
    assert summaries_of(answer) == ["书法班"]
    assert "别人" not in answer.content.decode()


def test_a_hidden_activity_vanishes_from_it(client, net, learner):
    run = run_at(net.village, "书法班")
    registered(learner, run)
    run.sessions.update(is_public=False)
    assert events_of(feed(client, tokens.make(learner))) == []


def test_it_is_kept_by_nobody_and_says_no_address_of_its_own(client, learner):
    token = tokens.make(learner)
    answer = feed(client, token)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert token not in answer.content.decode()
    assert "SOURCE" not in answer.content.decode()


def test_its_304_is_private_too_and_costs_three_queries(
    client, net, learner, django_assert_max_num_queries
):
    registered(learner, run_at(net.village, "书法班"))
    token = tokens.make(learner)
    first = feed(client, token)
    with django_assert_max_num_queries(3):
        answer = feed(client, token, If_None_Match=first["ETag"])
    assert answer.status_code == 304
    assert answer["Cache-Control"] == "private, no-store"


def test_one_run_left_and_another_joined_is_a_change(client, net, learner):
    registration = registered(learner, run_at(net.village, "书法班"))
    token = tokens.make(learner)
    first = feed(client, token)
    registration.status = RegistrationStatus.WITHDRAWN
    registration.save()
    registered(learner, run_at(net.village, "太极班"))
    answer = feed(client, token, If_None_Match=first["ETag"])
    assert summaries_of(answer) == ["太极班"]


def test_it_carries_no_date_since_a_date_could_be_wrong(client, net, learner):
    """Two of its activities may change in one second; the date would not."""
    token = tokens.make(learner)
    first = feed(client, token)
    assert "Last-Modified" not in first
    asked = feed(client, token, If_Modified_Since="Tue, 01 Dec 2026 02:00:00 GMT")
    assert asked.status_code == 200


def test_a_version_of_the_learner_is_a_change_of_the_feed(client, learner):
    token = tokens.make(learner)
    first = feed(client, token)
    assert feed(client, token, If_None_Match=first["ETag"]).status_code == 304
    versions.grow_for_learners([learner.pk])
    assert feed(client, token, If_None_Match=first["ETag"]).status_code == 200


def test_a_change_of_the_activity_is_a_change_of_the_feed(client, net, learner):
    run = run_at(net.village, "书法班")
    registered(learner, run)
    token = tokens.make(learner)
    first = feed(client, token)
    versions.grow_for_activity(run.activity)
    assert feed(client, token, If_None_Match=first["ETag"]).status_code == 200


# --- The key ----------------------------------------------------------------------


def test_the_key_has_128_bits_and_the_database_only_its_hash(learner):
    token = tokens.make(learner)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token)
    row = FeedToken.objects.get()
    assert token not in (row.token_hash, row.seed)
    assert tokens.shown(row) == token


def test_a_new_key_ends_the_old_one_with_410(client, learner):
    old, new = tokens.make(learner), tokens.make(learner)
    assert old != new
    gone = feed(client, old)
    assert gone.status_code == 410
    assert gone["Content-Type"] == "text/plain; charset=utf-8"
    assert gone["Cache-Control"] == "private, no-store"
    assert feed(client, new).status_code == 200
    assert FeedToken.objects.filter(revoked_at=None).count() == 1


def test_a_revoked_key_answers_410_whatever_the_reader_has(client, learner):
    token = tokens.make(learner)
    first = feed(client, token)
    tokens.revoke(learner)
    assert feed(client, token, If_None_Match=first["ETag"]).status_code == 410


def test_under_another_server_key_the_address_is_no_longer_shown(learner, settings):
    tokens.make(learner)
    settings.FIELD_HASH_KEY = "another"
    assert tokens.shown(FeedToken.objects.get()) == ""


def test_the_log_keeps_no_key(client, learner, caplog):
    token = tokens.make(learner)
    caplog.set_level("INFO")
    feed(client, token)
    assert "/feeds/mine/…" in caplog.text
    assert token not in caplog.text


# --- The page -----------------------------------------------------------------------


def test_the_page_asks_to_sign_in(client):
    answer = client.get(reverse("my_feed"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_an_address_is_made_shown_again_changed_and_ended(client, user, learner):
    client.force_login(user)
    page = client.get(reverse("my_feed"))
    assert "还没有地址" in page.content.decode()

    address = re.compile(r"http://127\.0\.0\.1:8000/feeds/mine/([\w-]{22})\.ics")
    page = client.post(reverse("make_my_feed", args=[learner.pk]), follow=True)
    first = address.search(page.content.decode())[1]
    assert "地址好了" in page.content.decode()
    page = client.get(reverse("my_feed"))
    assert address.search(page.content.decode())[1] == first
    assert page["Cache-Control"] == "private, no-store"
    assert "webcal://127.0.0.1:8000/feeds/mine/" in page.content.decode()

    page = client.post(reverse("make_my_feed", args=[learner.pk]), follow=True)
    second = address.search(page.content.decode())[1]
    assert second != first and "旧的已经作废" in page.content.decode()

    page = client.post(reverse("revoke_my_feed", args=[learner.pk]), follow=True)
    assert not address.search(page.content.decode())
    assert feed(client, second).status_code == 410


@pytest.mark.parametrize("name", ["make_my_feed", "revoke_my_feed"])
def test_another_accounts_learner_is_not_there(client, user, name):
    stranger = LearnerFactory()
    token = tokens.make(stranger)
    client.force_login(user)
    assert client.post(reverse(name, args=[stranger.pk])).status_code == 404
    assert feed(client, token).status_code == 200


@pytest.mark.parametrize("name", ["make_my_feed", "revoke_my_feed"])
def test_an_address_is_not_made_or_ended_by_a_link(client, user, learner, name):
    client.force_login(user)
    assert client.get(reverse(name, args=[learner.pk])).status_code == 405


def test_the_page_shows_the_whole_household_in_few_queries(
    client, user, learner, django_assert_max_num_queries
):
    tokens.make(learner)
    for number in range(5):
        member = LearnerFactory(name=f"家人{number}")
        LearnerAccess.objects.create(user=user, learner=member, relation=Relation.OTHER)
        tokens.make(member)
    tokens.make(LearnerFactory(name="外人"))
    client.force_login(user)
    client.get(reverse("my_feed"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("my_feed")).content.decode()
    assert page.count("http://127.0.0.1:8000/feeds/mine/") == 6
    assert "外人" not in page


def test_nobody_registered_yet_is_led_to_the_family_page(client):
    client.force_login(UserFactory())
    page = client.get(reverse("my_feed")).content.decode()
    assert reverse("my_family") in page
