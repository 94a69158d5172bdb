"""Links that do not answer any more, and records that want to be read again."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Locale

from courses_catalog.models import LinkCheck, Resource
from courses_catalog.upkeep.link_checks import gather, look, look_at_links
from home.models import NodeRole, Role
from tests.courses_catalog.fake_repository import FakeRepository, serving
from tests.factories import (
    CourseFactory,
    ResourceFactory,
    SeriesFactory,
    TeacherFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def site(settings):
    settings.BASE_URL = "https://shexue.example"
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    with serving(FakeRepository()) as repository:
        yield repository


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def linked(net, url: str, **values) -> Resource:
    values = {"kind": "link", "text": "", "owner_node": net.village} | values
    return ResourceFactory(link=url, **values)


def answers(site, *statuses: int) -> None:
    """One for each request; HEAD comes first and GET after it fails."""
    site.asked.clear()
    site.answers = [(status, {}, b"x") for status in statuses]


def looked(site, *statuses: int) -> LinkCheck:
    answers(site, *statuses)
    look()
    return LinkCheck.objects.get()


# --- Looking --------------------------------------------------------------------------


def test_a_link_is_broken_when_it_fails_twice_a_day_apart(net, site, clock):
    linked(net, site.url)
    gather()
    check = looked(site, 404, 404)
    assert (check.status, check.is_broken) == (404, False)
    assert check.failing_since == START
    clock.shift(dt.timedelta(hours=23))
    assert looked(site, 404, 404).checked_at == START
    assert not site.asked
    clock.shift(dt.timedelta(hours=2))
    assert looked(site, 404, 404).is_broken
    clock.shift(dt.timedelta(days=2))
    check = looked(site, 200)
    assert (check.is_broken, check.failing_since) == (False, None)


def test_one_bad_day_between_good_ones_is_forgotten(net, site, clock):
    linked(net, site.url)
    gather()
    for statuses in ((503, 503), (200,), (503, 503)):
        assert not looked(site, *statuses).is_broken
        clock.shift(dt.timedelta(days=8))


def test_a_sound_link_is_left_alone_for_a_week(net, site, clock):
    linked(net, site.url)
    gather()
    looked(site, 200)
    clock.shift(dt.timedelta(days=6))
    looked(site, 200)
    assert not site.asked
    clock.shift(dt.timedelta(days=2))
    looked(site, 200)
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("statuses", "is_there"),
    [
        ((200,), True),
        ((405, 200), True),
        ((404, 200), True),
        ((403,), True),
        ((429,), True),
        ((404, 404), False),
        ((410, 410), False),
        ((500, 500), False),
    ],
)
def test_what_is_there(net, site, clock, statuses, is_there):
    linked(net, site.url)
    gather()
    check = looked(site, *statuses)
    assert (check.failing_since is None) is is_there
    assert len(site.asked) == len(statuses)


def test_nobody_there_counts_as_a_failure(net, site, clock):
    linked(net, "http://127.0.0.1:9/")
    gather()
    assert looked(site).status == 0


def test_our_own_network_is_not_asked(net, site, clock, settings):
    linked(net, site.url)
    settings.FETCH_PRIVATE_HOSTS = []
    gather()
    looked(site)
    assert not site.asked


def test_a_large_page_is_not_read_whole(net, site, clock):
    linked(net, site.url)
    gather()
    site.answers = [(405, {}, b""), (200, {}, b"x" * 300_000)]
    look()
    assert LinkCheck.objects.get().failing_since is None


def test_a_host_is_asked_once_in_a_turn(net, site, clock):
    for number in range(3):
        linked(net, f"{site.url}/{number}")
    gather()
    for turn in (1, 2, 3, 3):
        answers(site, 200)
        look()
        assert LinkCheck.objects.exclude(checked_at=None).count() == turn


def test_only_what_published_resources_point_at_is_looked_at(net, site):
    linked(net, "https://a.example/")
    linked(net, "https://a.example/")
    linked(net, "https://draft.example/", live=False)
    linked(net, "https://shexue.example/ours")
    gone = linked(net, "https://gone.example/")
    gather()
    urls = set(LinkCheck.objects.values_list("url", flat=True))
    assert len(urls) == 3
    gone.delete()
    gather()
    urls = set(LinkCheck.objects.values_list("url", flat=True))
    assert urls == {"https://a.example/", "https://shexue.example/ours"}


def test_the_worker_looks_once_a_minute(net, site, monkeypatch):
    linked(net, site.url)
    cache.clear()
    look_at_links()
    assert LinkCheck.objects.get().checked_at is None
    look_at_links()
    assert not site.asked
    cache.delete("links-looked-at")
    answers(site, 200)
    look_at_links()
    assert len(site.asked) == 1


# --- Reports --------------------------------------------------------------------------


def editor(client, node, role=Role.EDITOR):
    user = UserFactory()
    if node:
        NodeRole.objects.create(user=user, node=node, role=role)
    client.force_login(user)


NAMES = [
    name + end
    for name in ("broken_links", "records_to_review")
    for end in ("", "_results")
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("role", "may_read"), [(Role.EDITOR, True), (Role.DESK, False), (None, False)]
)
def test_editors_read_the_reports(client, net, name, role, may_read):
    editor(client, net.village if role else None, role)
    status = client.get(reverse(name)).status_code
    assert (status == 200) is may_read
    assert status in (200, 302, 403)


def broken(net, title: str, node=None) -> None:
    url = f"https://gone.example/{title}"
    linked(net, url, title=title, owner_node=node or net.village)
    now = timezone.now()
    LinkCheck.objects.create(
        url=url,
        host="gone.example",
        status=404,
        is_broken=True,
        failing_since=now - dt.timedelta(days=3),
        checked_at=now,
    )


def exported(client, name: str) -> list[list[str]]:
    response = client.get(reverse(name), {"export": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_broken_links_of_her_own_subtree_are_told(client, net):
    broken(net, "甲")
    broken(net, "=乙")
    broken(net, "丙", net.other_village)
    linked(net, "https://sound.example/", title="丁")
    LinkCheck.objects.create(url="https://sound.example/", host="sound.example")
    english = Resource.objects.get(title="甲").copy_for_translation(
        Locale.objects.get(language_code="en")
    )
    english.save()
    english.save_revision().publish()
    editor(client, net.township)
    html = client.get(reverse("broken_links")).content.decode()
    assert "甲" in html and "网页没有了（404）" in html
    assert "丙" not in html and "丁" not in html
    header, *rows = exported(client, "broken_links")
    assert header[:3] == ["名称", "所属网点", "网址"]
    assert [row[0] for row in rows] == ["甲", "'=乙"]
    sheet = client.get(reverse("broken_links"), {"export": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(sheet.streaming_content)))
    assert book.active["A3"].value == "'=乙"


def test_records_whose_day_comes_are_told(client, net):
    today = timezone.localdate()
    days = {"过去": -1, "今天": 0, "快到": 30, "还早": 31}
    for factory in (CourseFactory, ResourceFactory, SeriesFactory, TeacherFactory):
        for word, shift in days.items():
            factory(
                owner_node=net.village,
                title=f"{word}{factory.__name__}",
                review_on=today + dt.timedelta(days=shift),
            )
    CourseFactory(owner_node=net.village, title="没有日期")
    CourseFactory(owner_node=net.village, title="草稿", review_on=today, live=False)
    CourseFactory(owner_node=net.other_village, title="别人的", review_on=today)
    editor(client, net.township)
    _header, *rows = exported(client, "records_to_review")
    assert [row[0][:2] for row in rows] == ["过去"] * 4 + ["今天"] * 4 + ["快到"] * 4
    assert {row[1] for row in rows} == {"课程", "资源", "系列课程", "教师"}
    assert [row[4] for row in rows] == ["过了"] * 4 + ["快到了"] * 8
    html = client.get(reverse("records_to_review")).content.decode()
    assert "过去CourseFactory" in html and "别人的" not in html
    name = Resource.snippet_viewset.get_url_name("edit")
    assert (
        reverse(name, args=[Resource.objects.get(title__startswith="今天").pk]) in html
    )


def test_the_reports_stand_in_the_menu_of_editors(client, net):
    for node, shown in ((net.village, True), (None, False)):
        editor(client, node, Role.EDITOR if node else None)
        response = client.get(reverse("wagtailadmin_home"))
        assert (reverse("broken_links") in response.content.decode()) is shown
