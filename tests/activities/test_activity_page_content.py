"""What the public page of an activity tells, and what it keeps to itself."""

import datetime as dt
import gzip
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import Locale

from activities.models import ActivityPage, Session
from activities.schedule import SHANGHAI
from activities.states import SessionStatus
from activities.vocabulary import Delivery, Fee, RegistrationMode, Repeat
from home.vocabulary import Audience
from tests.factories import ActivityPageFactory, small_network
from tests.factories.activities import published_activity

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 12, 2, 12, 0, tzinfo=SHANGHAI)
SOON = NOW + dt.timedelta(days=1)
WHOLE = {"registration_mode": RegistrationMode.WHOLE_RUN, "capacity": 10}


@pytest.fixture(autouse=True)
def clock():
    cache.clear()  # time stands still, and so would the pages of other tests
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def net():
    return small_network()


def full(node, **fields) -> ActivityPage:
    """An activity with every field an editor can fill."""
    return published_activity(
        node,
        **{
            "title": "书法班",
            "summary": "从握笔学起",
            "body": [("heading", "学什么"), ("paragraph", "<p>隶书《曹全碑》</p>")],
            "teachers": [("teacher", {"name": "周德明", "introduction": "教书四十年"})],
            "starts_at": SOON,
            "repeat": Repeat.WEEKLY,
            "repeat_count": 12,
            "audiences": [Audience.OLDER_PEOPLE],
            "venue": "203教室",
            "address": "十里大道1号",
            "directions": "坐5路车",
            "min_age": 55,
            "consent_from_age": 80,
            "min_to_run": 6,
            "closes_at": SOON - dt.timedelta(hours=6),
            "hours": Decimal("18.0"),
            "certificate_min_attendance": 75,
            "fee_kind": Fee.PUBLIC_BENEFIT,
            "fee_amount": Decimal("20.00"),
            "fee_note": "纸墨费",
            **WHOLE,
            **fields,
        },
    )


def page_of(client, activity) -> str:
    return client.get(activity.get_url_parts()[2]).content.decode()


@pytest.mark.parametrize(
    "said",
    [
        "书法班",
        "从握笔学起",
        "学什么",
        "隶书《曹全碑》",
        "周德明",
        "9:00–10:30",
        "每周四，共12次",
        "203教室",
        "十里大道1号",
        "坐5路车",
        "老年人",
        "满 55 岁",
        "80 岁以上请一位家人确认。",
        "满 6 人开班。",
        "记 18 学时。",
        "到课 75% 以上，发结业证书。",
        "公益收费，20 元，纸墨费",
        "报名到 12月3日 周四 6:00 为止",
        "日期，共12次",
    ],
)
def test_every_fact_is_on_the_page(client, net, said):
    activity = full(net.village, starts_at=SOON.replace(hour=9))
    assert said in page_of(client, activity)


def test_a_page_costs_at_most_twelve_queries_and_sixty_kilobytes(
    client, net, django_assert_max_num_queries
):
    activity = full(net.village, repeat=Repeat.DAILY, repeat_count=60)
    page_of(client, published_activity(net.village))  # site roots are cached for long
    with django_assert_max_num_queries(12):
        answer = client.get(activity.get_url_parts()[2])
    assert answer.status_code == 200
    assert len(gzip.compress(answer.content)) < 40_000


def test_the_page_is_public_and_touches_nobody(client, net):
    answer = client.get(full(net.village).get_url_parts()[2])
    assert answer["Cache-Control"] == "public, no-cache"
    assert not answer.cookies


def test_the_online_address_is_for_those_admitted_only(client, net):
    activity = full(
        net.village, delivery=Delivery.ONLINE, join_link="https://meet.example/secret"
    )
    assert "meet.example" not in page_of(client, activity)


def test_a_map_opens_only_where_the_place_is_known(client, net):
    activity = full(net.village)
    assert "uri.amap.com" not in page_of(client, activity)
    net.village.latitude, net.village.longitude = Decimal("29.7"), Decimal("116.0")
    net.village.save_revision().publish()
    page = page_of(client, activity)
    assert "uri.amap.com" in page
    assert "coordinate=wgs84" in page


def test_telephone_and_desk_stand_beside_the_button(client, net):
    net.village.phone = "0792-8001001"
    net.village.save_revision().publish()
    page = page_of(client, full(net.village))
    assert "tel:0792-8001001" in page
    assert "到任何一个教学点" in page


def test_calendar_programs_find_their_way(client, net):
    activity = full(net.village)
    page = page_of(client, activity)
    assert reverse("feed_activity", args=[activity.pk]) in page
    assert f"{reverse('subscribe')}?activity={activity.pk}" in page


def test_the_way_down_the_network_stands_above(client, net):
    page = page_of(client, full(net.village))
    for node in (net.city, net.county, net.township, net.village):
        assert f'href="{node.get_url_parts()[2]}"' in page


def test_what_an_editor_typed_is_escaped(client, net):
    activity = full(net.village, title="<script>x</script>", venue="<b>室</b>")
    page = page_of(client, activity)
    assert "<script>x" not in page
    assert "<b>室" not in page


def in_english(original: ActivityPage) -> ActivityPage:
    english, _created = Locale.objects.get_or_create(language_code="en")
    copy = original.copy_for_translation(english, copy_parents=True)
    copy.title, copy.starts_at = "Calligraphy", original.starts_at
    copy.slug = "calligraphy"
    copy.save_revision().publish()
    copy.refresh_from_db()
    return copy


def test_an_english_page_costs_at_most_twelve_queries(
    client, net, django_assert_max_num_queries
):
    copy = in_english(full(net.village))
    page_of(client, full(net.county))  # site roots are cached for long
    with django_assert_max_num_queries(12):
        assert client.get(copy.get_url_parts()[2]).status_code == 200


def test_an_english_page_shows_dates_and_registration_of_the_original(client, net):
    original = full(net.village)
    address = original.get_url_parts()[2]
    copy = in_english(original)
    answer = client.get(copy.get_url_parts()[2])
    page = answer.content.decode()
    assert "Calligraphy" in page
    assert answer.context["dates"].count == 12
    run = original.runs.get()
    assert f'"/en/register/{run.pk}/"' in page

    # each language's link leads to the page of that language, under its own slug
    back = {link.code: link.url for link in answer.context["language_links"]}
    assert back["zh-hans"] == address
    there = client.get(back["zh-hans"]).context["language_links"]
    assert {link.code: link.url for link in there}["en"] == copy.get_url_parts()[2]


def test_an_untranslated_page_marks_its_language_for_english_readers(client, net):
    activity = full(net.village)
    page = client.get(f"/en{activity.get_url_parts()[2]}").content.decode()
    assert '<div lang="zh-Hans"' in page


def preview(activity: ActivityPage):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    dummy = activity.make_preview_request(request, activity.default_preview_mode)
    dummy.render()
    return dummy


def test_the_preview_of_a_draft_shows_its_planned_dates(net):
    draft = ActivityPageFactory(
        parent=net.village,
        live=False,
        title="没公布的",
        starts_at=SOON,
        repeat=Repeat.WEEKLY,
        repeat_count=3,
        **WHOLE,
    )
    answer = preview(draft)
    page = answer.content.decode()
    assert "这是预览" in page
    assert "日期，共3次" in page
    assert "发布以后，这里是报名的按钮。" in page
    assert not Session.objects.exists()


def test_cancelled_dates_are_counted_apart_from_those_that_take_place(client, net):
    activity = full(net.village)
    session = activity.sessions.order_by("starts_at").last()
    session.status = SessionStatus.CANCELLED
    session.save()
    page = client.get(activity.url).content.decode()
    assert "每周四，共11次" in page
    assert "日期，共11次，另有1次取消" in page


def test_the_preview_of_a_change_shows_the_dates_as_they_would_be(net):
    activity = full(net.village)
    activity.repeat_count = 2
    assert "日期，共2次" in preview(activity).content.decode()
    assert Session.objects.count() == 12


def test_a_preview_without_a_date_says_so(net):
    draft = ActivityPageFactory(parent=net.village, live=False, starts_at=None)
    assert "日期还没有定" in preview(draft).content.decode()


def test_a_preview_is_not_kept_for_the_public(net):
    assert not hasattr(preview(full(net.village)), "public_seconds")
