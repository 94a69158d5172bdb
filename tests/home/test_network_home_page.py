"""The front door as the migrations leave it."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale, Page, Site

from home.models import HomePage

pytestmark = pytest.mark.django_db


def test_a_fresh_database_has_one_home_page_at_the_default_site():
    home = HomePage.objects.get()
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert home.locale.language_code == "zh-hans"
    assert set(Page.objects.values_list("depth", flat=True)) == {1, 2}


def test_a_fresh_tree_is_sound():
    assert not any(Page.find_problems())


def test_both_languages_are_there():
    assert set(Locale.objects.values_list("language_code", flat=True)) == {
        "zh-hans",
        "en",
    }


@pytest.mark.parametrize("name", ["网点编辑", "报名台"])
def test_the_groups_of_the_roles_may_enter_the_admin(name):
    permissions = Group.objects.get(name=name).permissions
    assert permissions.filter(codename="access_admin").exists()


def test_a_second_home_page_comes_only_from_translating():
    assert not HomePage.can_create_at(Page.get_first_root_node())
