"""What people look for is counted, without persons, and read by who plans."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from home.models import NodeRole, Role
from search import searched
from search.models import SearchedWords
from search.query import read
from tests.factories import UserFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    searched._counts.clear()
    yield
    searched._counts.clear()


def asked(typed: str, times: int = 1, found: int = 0) -> None:
    for _each in range(times):
        searched.note(read(typed), found)


def rows(**fields) -> list[tuple]:
    return list(searched.looked_for(30).values_list("words", "times", "results"))


def test_a_search_writes_nothing_until_a_minute_is_over(client, monkeypatch):
    client.get("/search/", {"q": "书法"})
    assert not SearchedWords.objects.exists()
    monkeypatch.setattr(searched, "_written_at", float("-inf"))
    client.get("/search/", {"q": "太极"})
    assert set(SearchedWords.objects.values_list("words", "asked")) == {
        ("书法", 1),
        ("太极", 1),
    }


def test_counts_of_processes_and_days_are_added():
    asked("書法", times=3, found=7)
    searched.write_down()
    asked("书法", times=4, found=8)
    searched.write_down()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    SearchedWords.objects.create(day=yesterday, words="书法", asked=2, found=1)
    assert rows() == [("书法", 9, 8)]


def test_what_few_looked_for_is_not_shown():
    asked("张三丰", times=searched.FEWEST - 1)
    asked("陶艺", times=searched.FEWEST)
    searched.write_down()
    assert rows() == [("陶艺", searched.FEWEST, 0)]


@pytest.mark.parametrize(
    "typed", ["13800001234", "138 0000 1234", "mei@example.cn", "编号 12345", "！？"]
)
def test_what_may_name_a_person_is_never_counted(typed):
    asked(typed, times=9)
    searched.write_down()
    assert not SearchedWords.objects.exists()


def test_a_year_or_a_number_of_a_course_is_counted():
    asked("2026 年", times=9)
    searched.write_down()
    assert rows() == [("2026 年", 9, 0)]


def test_what_is_old_is_forgotten():
    today = timezone.localdate()
    for days in (searched.KEPT_DAYS, searched.KEPT_DAYS + 1):
        day = today - dt.timedelta(days=days)
        SearchedWords.objects.create(day=day, words="书法", asked=1, found=1)
    searched.forget_old()
    assert SearchedWords.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "status"), [(Role.EDITOR, 200), (Role.DESK, 200), (None, 403)]
)
def test_whoever_has_a_role_reads_the_report(client, role, status):
    net = small_network()
    user = UserFactory()
    if role:
        NodeRole.objects.create(user=user, node=net.village, role=role)
    client.force_login(user)
    for name in ("searched_words", "searched_words_results"):
        assert client.get(reverse(name)).status_code == status


def test_the_report_shows_what_was_not_found(client):
    asked("陶艺", times=9)
    asked("书法", times=8, found=3)
    searched.write_down()
    client.force_login(UserFactory(is_superuser=True))
    page = client.get(reverse("searched_words")).content.decode()
    assert page.index("陶艺") < page.index("书法")
    missed = client.get(
        reverse("searched_words"), {"found": "nothing"}
    ).content.decode()
    assert "陶艺" in missed
    assert "书法" not in missed
    sheet = client.get(reverse("searched_words"), {"export": "csv"})
    assert "陶艺" in b"".join(sheet.streaming_content).decode()
