from types import SimpleNamespace

import factory
from wagtail.models import Page, Site
from wagtail_factories import PageFactory

from home.levels import Level
from home.models import HomePage, NetworkNodePage


class HomePageFactory(PageFactory):
    title = "九江社区教育"
    slug = "home-tests"

    class Meta:
        model = HomePage


class NodeFactory(PageFactory):
    """A node below `parent`; its level follows from there."""

    title = factory.Sequence(lambda n: f"教学点{n}")
    slug = factory.Sequence(lambda n: f"node-{n}")
    short_name = factory.SelfAttribute("title")

    class Meta:
        model = NetworkNodePage

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        parent = kwargs.get("parent")
        above = getattr(parent, "level", None)
        kwargs.setdefault("level", Level(above).below if above else Level.CITY_CENTRE)
        return super()._create(model_class, *args, **kwargs)


def small_network() -> SimpleNamespace:
    """A site of two counties: every level once, and a sibling at each.

    Attributes: home, city, county, township, village, other_county,
    other_township, other_village (the others below `other_county`, but for
    `sibling_village`, which is beside `village`).
    """
    home = HomePage.objects.first() or _home()
    net = SimpleNamespace(home=home)
    net.city = NodeFactory(parent=home, title="九江市社区教育指导中心", slug="jiujiang")
    net.county = NodeFactory(parent=net.city, title="濂溪区社区大学", slug="lianxi")
    net.township = NodeFactory(
        parent=net.county, title="十里街道社区学校", slug="shili"
    )
    net.village = NodeFactory(
        parent=net.township, title="濂溪社区教学点", slug="lianxi-shequ"
    )
    net.sibling_village = NodeFactory(
        parent=net.township, title="青年路社区教学点", slug="qingnianlu"
    )
    net.other_county = NodeFactory(
        parent=net.city, title="修水县社区大学", slug="xiushui"
    )
    net.other_township = NodeFactory(
        parent=net.other_county, title="义宁镇社区学校", slug="yining"
    )
    net.other_village = NodeFactory(
        parent=net.other_township, title="宁红村教学点", slug="ninghong"
    )
    return net


def _home() -> HomePage:
    home = HomePageFactory(parent=Page.get_first_root_node())
    site, _created = Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    site.root_page = home
    site.save()
    return home
