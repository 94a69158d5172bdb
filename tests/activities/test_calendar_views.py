"""The calendar's three public pages."""

import datetime as dt
import gzip

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from activities.calendar_lists import heading
from activities.models import Session
from activities.schedule import SHANGHAI
from activities.vocabulary import ChangeKind, RegistrationMode, Repeat
from home.vocabulary import Theme
from tests.factories import small_network
from tests.factories.activities import change, published_activity, republish

pytestmark = pytest.mark.django_db

# a Wednesday
NOW = dt.datetime(2026, 12, 2, 12, 0, tzinfo=SHANGHAI)
VIEWS = ("calendar", "calendar_month", "calendar_week")
DAY = dt.timedelta(days=1)

each_view = pytest.mark.parametrize("view", VIEWS)


@pytest.fixture(autouse=True)
def clock():
    cache.clear()  # time stands still, and so would the pages of other tests
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def net():
    return small_network()


def get(client, view: str, query: str = "", **headers):
    return client.get(f"{reverse(view)}?{query}", **headers)


def text(response) -> str:
    return response.content.decode()


def many(node, count: int, **fields) -> None:
    for number in range(count):
        published_activity(node, title=f"活动甲{number:02}", **fields)


@each_view
def test_a_page_shows_what_is_on(client, net, view):
    published_activity(net.village, title="书法班", starts_at=NOW + DAY)
    assert "书法班" in text(get(client, view))


@each_view
def test_a_page_costs_at_most_twelve_queries_and_sixty_kilobytes(
    client, net, view, django_assert_max_num_queries
):
    for node in (net.village, net.sibling_village, net.other_village):
        many(
            node,
            10,
            repeat=Repeat.DAILY,
            repeat_count=8,
            starts_at=NOW - 2 * DAY,
            registration_mode=RegistrationMode.WHOLE_RUN,
            capacity=20,
        )
    query = f"place={net.county.pk}&theme=civic&open=1&q=活动"
    get(client, view)  # site roots are cached for long
    with django_assert_max_num_queries(12):
        answer = get(client, view, query)
    assert answer.status_code == 200
    assert len(gzip.compress(answer.content)) < 40_000


@each_view
def test_a_page_is_public_and_touches_nobody(client, net, view):
    answer = get(client, view)
    assert answer["Cache-Control"] == "public, no-cache"
    assert not answer.cookies


@each_view
def test_a_page_is_new_as_soon_as_something_is_published(client, net, view):
    assert "书法班" not in text(get(client, view))
    published_activity(net.village, title="书法班", starts_at=NOW + DAY)
    assert "书法班" in text(get(client, view))


@each_view
@pytest.mark.parametrize(
    "query",
    [
        "place=99999999&place=x",
        "theme=x&audience=y",
        "from=2026-99-99",
        "month=x",
        "week=x",
        "from=0001-01-01",
        "month=9999-12",
        "q=%00%ff",
        "place=" + "9" * 400,
    ],
)
def test_nonsense_in_the_address_never_breaks_a_page(client, net, view, query):
    answer = get(client, view, query)
    assert answer.status_code == 200


@each_view
def test_an_unknown_place_is_said(client, net, view):
    assert "没有找到这个地方" in text(get(client, view, "place=99999999"))


@each_view
def test_writing_is_refused(client, net, view):
    assert client.post(reverse(view)).status_code == 405


@each_view
def test_the_chosen_filters_go_along_to_the_other_views(client, net, view):
    page = text(get(client, view, f"place={net.county.pk}&theme=civic"))
    others = [name for name in VIEWS if name != view]
    for other in others:
        assert f'href="{reverse(other)}?place={net.county.pk}&amp;theme=civic' in page


def test_the_list_pages_in_sql(client, net):
    many(net.village, 21, starts_at=NOW + DAY)
    first, second = get(client, "calendar"), get(client, "calendar", "page=2")
    assert len(first.context["page"].object_list) == 20
    assert len(second.context["page"].object_list) == 1
    assert "活动甲20" in text(second)


@pytest.mark.parametrize("page", ["0", "-1", "3", "abc", "9" * 60])
def test_a_page_that_is_not_there_is_said(client, net, page):
    many(net.village, 2, starts_at=NOW + DAY)
    answer = get(client, "calendar", f"page={page}")
    assert answer.status_code == 200
    assert answer.context["notices"]


def test_the_list_begins_with_what_is_not_over(client, net):
    published_activity(net.village, title="昨天的", starts_at=NOW - DAY)
    published_activity(net.village, title="正在上", starts_at=NOW - DAY / 24)
    page = text(get(client, "calendar"))
    assert "昨天的" not in page
    assert "正在上" in page


def test_the_list_can_look_back(client, net):
    published_activity(net.village, title="昨天的", starts_at=NOW - DAY)
    page = text(get(client, "calendar", "from=2026-12-01&to=2026-12-01"))
    assert "昨天的" in page


def test_the_last_day_asked_for_is_shown_whole(client, net):
    late = dt.datetime(2026, 12, 5, 23, 30, tzinfo=SHANGHAI)
    published_activity(net.village, title="夜里的", starts_at=late)
    assert "夜里的" in text(get(client, "calendar", "from=2026-12-05&to=2026-12-05"))
    assert "夜里的" not in text(get(client, "calendar", "to=2026-12-04"))


def test_nothing_found_says_so_and_leads_on(client, net):
    page = text(get(client, "calendar", "q=没有这个"))
    assert "没有找到活动" in page
    assert "“没有这个”" in page


def test_only_what_one_can_register_for(client, net):
    published_activity(net.village, title="直接来的", starts_at=NOW + DAY)
    published_activity(
        net.village,
        title="要报名的",
        starts_at=NOW + DAY,
        registration_mode=RegistrationMode.WHOLE_RUN,
        capacity=5,
    )
    page = text(get(client, "calendar", "open=1"))
    assert "要报名的" in page
    assert "直接来的" not in page


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((2026, 12, 2), "今天 · 12月2日 周三"),
        ((2026, 12, 3), "这一周 · 12月3日到12月6日"),
        ((2026, 12, 6), "这一周 · 12月3日到12月6日"),
        ((2026, 12, 7), "下一周 · 12月7日到12月13日"),
        ((2026, 12, 13), "下一周 · 12月7日到12月13日"),
        ((2026, 12, 14), "2026年12月"),
        ((2026, 12, 1), "2026年12月"),
        ((2027, 1, 4), "2027年1月"),
    ],
)
def test_days_stand_under_the_words_people_use(day, said):
    assert heading(dt.date(*day), dt.date(2026, 12, 2)) == said


def test_the_last_day_of_a_week_is_named_alone():
    saturday = dt.date(2026, 12, 5)
    assert heading(dt.date(2026, 12, 6), saturday) == "这一周 · 12月6日 周日"


def test_a_full_day_of_the_month_shows_three_and_the_rest_by_a_link(client, net):
    many(net.village, 5, starts_at=NOW + DAY)
    page = text(get(client, "calendar_month"))
    assert page.count("活动甲") == 5
    assert page.count("u-print") - page.count('<div class="u-print">') == 2
    assert "还有 2 场" in page
    assert "from=2026-12-03&amp;to=2026-12-03" in page


def test_a_month_has_its_neighbours_and_today(client, net):
    page = text(get(client, "calendar_month", "month=2026-12"))
    assert "month=2026-11" in page
    assert "month=2027-01" in page
    assert page.count("<tr>") == 6


@pytest.mark.parametrize(
    ("moment", "is_shown"),
    [
        ((2026, 11, 30, 23, 59), False),
        ((2026, 12, 1, 0, 0), True),
        ((2026, 12, 31, 23, 59), True),
        ((2027, 1, 1, 0, 0), False),
    ],
)
def test_a_month_ends_at_midnight_in_shanghai(client, net, moment, is_shown):
    starts_at = dt.datetime(*moment, tzinfo=SHANGHAI)
    published_activity(net.village, title="边上的", starts_at=starts_at)
    page = text(get(client, "calendar_month", "month=2026-12"))
    assert ("边上的" in page) is is_shown


def test_a_cancelled_date_stays_and_is_marked(client, net):
    activity = published_activity(net.village, title="书法班", starts_at=NOW + DAY)
    day = (NOW + DAY).date()
    republish(activity, schedule_changes=[change(ChangeKind.CANCEL, day)])
    for view in VIEWS:
        page = text(get(client, view))
        assert "书法班" in page
        assert "已取消" in page


def test_a_week_goes_from_monday_to_sunday_with_links_to_both_sides(client, net):
    published_activity(net.village, title="周日的", starts_at=NOW + 4 * DAY)
    published_activity(net.village, title="下周一的", starts_at=NOW + 5 * DAY)
    page = text(get(client, "calendar_week", "week=2026-W49"))
    assert "周日的" in page
    assert "下周一的" not in page
    assert "week=2026-W48" in page
    assert "week=2026-W50" in page


def test_the_year_of_a_week_may_differ_from_that_of_its_day(client, net):
    page = text(get(client, "calendar_week", "week=2027-01-02"))
    assert "week=2026-W52" in page
    assert "week=2027-W01" in page


def test_a_subtree_is_chosen_step_by_step_without_script(client, net):
    page = text(get(client, "calendar", f"place={net.county.pk}"))
    assert page.count('<select class="input" name="place"') == 2
    assert net.other_village.title not in page


def test_the_elder_version_and_english_answer(client, net):
    published_activity(net.village, title="书法班", starts_at=NOW + DAY)
    client.cookies["display"] = "elder"
    for view in VIEWS:
        assert 'class="elder"' in text(get(client, view))
    english = client.get(f"/en{reverse('calendar')}")
    assert 'lang="zh-Hans"' in text(english)


def test_themes_are_told_apart_by_a_word(client, net):
    for theme in Theme:
        published_activity(net.village, theme=theme, starts_at=NOW + DAY)
    page = text(get(client, "calendar_week"))
    assert all(f"</span>{theme.label}</span>" in page for theme in Theme)
    assert Session.objects.count() == len(Theme)
