"""What the pages of the network say of themselves, to readers and search engines."""

import re

import pytest

from home.models import HomePage, NetworkNodePage
from tests.factories import small_network

pytestmark = pytest.mark.django_db
VILLAGE = "/jiujiang/lianxi/shili/lianxi-shequ/"


@pytest.fixture(autouse=True)
def net():
    return small_network()


def text(client, path) -> str:
    return client.get(path).content.decode()


def description(client, path) -> str:
    (found,) = re.findall(
        r'<meta name="description" content="([^"]*)">', text(client, path)
    )
    return found


def test_the_introduction_stands_on_the_home_page(client):
    HomePage.objects.update(introduction="学一样 <新本事>")
    assert "<p>学一样 &lt;新本事&gt;</p>" in text(client, "/")


def test_a_home_page_without_introduction_leaves_no_gap(client):
    assert "<p></p>" not in text(client, "/")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/", '七天内<br>有<span class="nb">0场活动</span></h1>'),
        ("/en/", '<span class="nb">0 sessions</span> in seven days</h1>'),
    ],
)
def test_the_number_stays_with_its_word(client, path, line):
    assert line in text(client, path)


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({}, "九江的社区教育"),
        ({"introduction": "学一样新本事"}, "学一样新本事"),
        ({"introduction": "一", "search_description": "给搜索的话"}, "给搜索的话"),
    ],
)
def test_the_home_page_describes_itself(client, values, shown):
    home = HomePage.objects.get()
    for name, value in values.items():
        setattr(home, name, value)
    home.save()
    assert description(client, "/").startswith(shown)


@pytest.mark.parametrize(
    ("written", "path", "shown"),
    [
        ("", VILLAGE, "濂溪社区教学点：离家最近的课堂，走过去就能上课、当面报名。"),
        ("", f"/en{VILLAGE}", "濂溪社区教学点: "),
        ("写 &quot; 的话", VILLAGE, "写 &amp;quot; 的话"),
    ],
)
def test_a_place_describes_itself(client, net, written, path, shown):
    NetworkNodePage.objects.filter(pk=net.village.pk).update(search_description=written)
    assert description(client, path).startswith(shown)
