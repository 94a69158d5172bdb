"""What Wagtail and Django say to an editor, in our words."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.forms import DateField, IntegerField
from django.urls import reverse
from django.utils import translation
from wagtail_localize.compat import DATE_FORMAT

from home.models import NetworkNodePage
from tests.factories import ActivityPageFactory, UserFactory, small_network


def sentence(check, value) -> str:
    with translation.override("zh-hans"), pytest.raises(ValidationError) as refused:
        check(value)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    ("check", "value", "said"),
    [
        (
            MaxLengthValidator(255),
            "长" * 300,
            "最多写 255 个字，现在是 300 个，请写短一些。",
        ),
        (MinValueValidator(1), 0, "最小写 1。"),
        (IntegerField().clean, "三十", "请写一个整数，例如 30。"),
        (DateField().clean, "下周二", "这个日期看不懂，请写成 2026-12-08 这样。"),
    ],
)
def test_what_is_typed_wrong_is_said_as_a_clerk_would(check, value, said):
    assert sentence(check, value) == said


def test_days_of_translations_are_the_same_in_both_languages():
    assert dt.date(2026, 11, 5).strftime(DATE_FORMAT) == "2026-11-05"


@pytest.fixture
def net(db):
    return small_network()


@pytest.fixture
def admin(client, net):
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_the_buttons_above_a_page_have_a_chinese_name(admin, net):
    html = admin.get(reverse("wagtailadmin_explore", args=[net.village.pk]))
    assert '<nav aria-label="操作"' in html.content.decode()


def test_many_pages_below_a_hidden_place_are_refused_with_our_sentence(admin, net):
    page = ActivityPageFactory(parent=net.village, title="书法班")
    hidden = net.sibling_village
    NetworkNodePage.objects.filter(pk=hidden.pk).update(live=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    answer = admin.post(
        f"{url}?id={page.pk}", {"chooser": hidden.pk, "move_applied": True}
    )
    html = answer.content.decode()
    assert f"「{hidden.title}」还没有公开，它下面的活动不能公开。" in html
    assert "书法班" in html
    page.refresh_from_db()
    assert page.is_child_of(net.village)
