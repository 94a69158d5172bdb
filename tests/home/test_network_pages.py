"""Rules of placement, the page's level, aliases and translations of a node."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale, Page

from home.levels import Level
from home.models import ContentVersion, HomePage, NetworkNodePage
from tests.factories import NodeFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def english():
    return Locale.objects.get(language_code="en")


def new_node(**fields):
    return NetworkNodePage(title="新网点", short_name="新", **fields)


@pytest.mark.parametrize(
    ("parent", "level"),
    [
        ("home", Level.CITY_CENTRE),
        ("city", Level.COUNTY_COLLEGE),
        ("county", Level.TOWNSHIP_SCHOOL),
        ("township", Level.TEACHING_POINT),
    ],
)
def test_the_level_follows_from_the_parent(net, parent, level):
    page = getattr(net, parent).add_child(instance=new_node())
    assert page.level == level
    assert NetworkNodePage.can_create_at(getattr(net, parent))


def test_nothing_of_the_network_hangs_below_a_teaching_point(net):
    assert not NetworkNodePage.can_create_at(net.village)
    with pytest.raises(ValidationError, match="最后一级"):
        net.village.add_child(instance=new_node())


def test_a_node_hangs_only_in_the_network():
    assert not NetworkNodePage.can_create_at(Page.get_first_root_node())


@pytest.mark.parametrize(
    ("moved", "target", "allowed"),
    [
        ("village", "other_township", True),
        ("township", "other_county", True),
        ("village", "other_county", False),
        ("village", "city", False),
        ("township", "other_township", False),
        ("county", "home", False),
    ],
)
def test_a_node_moves_only_to_a_parent_of_the_same_level(net, moved, target, allowed):
    assert getattr(net, moved).can_move_to(getattr(net, target)) is allowed


def test_a_level_changed_behind_the_rules_is_noticed_on_the_next_save(net):
    net.village.move(net.other_county, pos="last-child")
    village = NetworkNodePage.objects.get(pk=net.village.pk)
    with pytest.raises(ValidationError, match="高一级"):
        village.save()


def test_a_functional_zone_is_a_county_level_node_without_a_code(net):
    zone = net.city.add_child(instance=new_node(division_code=None))
    other = net.city.add_child(instance=new_node(division_code=None, slug="b"))
    assert {zone.level, other.level} == {Level.COUNTY_COLLEGE}


@pytest.mark.parametrize("code", ["36040", "36040200100a", "３６０４０２００１００１"])
def test_a_division_code_has_twelve_digits(net, code):
    with pytest.raises(ValidationError, match="12 位数字"):
        net.city.add_child(instance=new_node(division_code=code))


def test_a_node_without_an_address_of_its_own_is_spelt_in_pinyin(net):
    zone = net.city.add_child(
        instance=NetworkNodePage(title="八里湖新区社区大学", short_name="八里湖新区")
    )
    assert zone.slug == "ba-li-hu-xin-qu"


def with_code(page):
    page.division_code = "360400000000"
    page.save()
    return page


def test_an_alias_carries_no_code_and_survives_updates(net, english):
    city = with_code(net.city)
    alias = city.copy_for_translation(english, copy_parents=True, alias=True)
    assert alias.specific.division_code is None
    city.title = "新的名字"
    city.save_revision().publish()
    alias = NetworkNodePage.objects.get(pk=alias.pk)
    assert (alias.title, alias.division_code) == ("新的名字", None)
    assert NetworkNodePage.objects.get(pk=city.pk).division_code == "360400000000"


def test_a_translation_and_a_copy_carry_no_code(net, english):
    city = with_code(net.city)
    translated = city.copy_for_translation(english, copy_parents=True)
    copied = city.copy(update_attrs={"slug": "copy"})
    assert translated.specific.division_code is None
    assert copied.specific.division_code is None


def test_each_place_counts_once_however_many_languages_show_it(net, english):
    before = set(NetworkNodePage.objects.originals())
    net.village.copy_for_translation(english, copy_parents=True, alias=True)
    assert set(NetworkNodePage.objects.originals()) == before


def test_a_translation_knows_its_original(net, english):
    translated = net.village.copy_for_translation(english, copy_parents=True)
    assert translated.specific.original == net.village
    assert net.village.original == net.village


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.save_revision().publish(),
        lambda page: page.unpublish(),
        lambda page: page.delete(),
        lambda page: page.move(
            NetworkNodePage.objects.get(slug="yining"), pos="last-child"
        ),
        lambda page: page.save(),
        lambda page: page.copy(update_attrs={"slug": "another"}),
    ],
)
def test_whatever_the_public_reads_grows_the_content_version(net, change):
    page = NetworkNodePage.objects.get(pk=net.village.pk)
    before = ContentVersion.current()
    change(page)
    assert ContentVersion.current() > before


def test_a_draft_leaves_cached_pages_alone(net):
    page = NetworkNodePage.objects.get(pk=net.village.pk)
    before = ContentVersion.current()
    page.address = "还没想好"
    page.save_revision()
    assert ContentVersion.current() == before


def test_site_settings_grow_the_content_version(net):
    from wagtail.models import Site

    from home.models import SiteSettings

    before = ContentVersion.current()
    SiteSettings.for_site(Site.objects.get()).save()
    assert ContentVersion.current() > before


def test_the_tree_stays_sound_whatever_is_built(net):
    NodeFactory(parent=net.township)
    assert not any(Page.find_problems())
    assert HomePage.objects.count() == 1
