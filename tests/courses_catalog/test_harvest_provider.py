"""Two platforms of this very software, one harvesting the other over HTTP.

Both live in one database: while it answers, the site is the source by name, and while
it reads the answer it is itself.
"""

import pytest
import time_machine

from courses_catalog.fetching import fetch
from courses_catalog.harvesting import repository, running
from courses_catalog.harvesting.curating import Decision, accept
from courses_catalog.harvesting.running import begin_now, go_on
from courses_catalog.models import (
    AllianceMember,
    AnnouncedRecord,
    Course,
    Harvest,
    HarvestedRecord,
    HarvestState,
    Resource,
)
from courses_catalog.oai import provider
from courses_catalog.vocabulary import Licence, ResourceKind, ShareScope
from home.vocabulary import Audience, Theme
from tests.factories import (
    CourseFactory,
    ResourceFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
HERE, THERE = "https://here.example", "https://there.example"
PAST, NOW = "2026-05-01T12:00:00Z", "2026-05-03T08:00:00Z"


class Site:
    """`name` is what the site takes itself for; `other` what it harvests."""

    def __init__(self, settings, monkeypatch, url: str):
        self.settings, self.url = settings, url
        self.name, self.other = HERE, THERE
        settings.BASE_URL = HERE
        settings.FETCH_PRIVATE_HOSTS = ["localhost", "127.0.0.1"]
        monkeypatch.setattr(repository, "fetch", self.fetch)
        monkeypatch.setattr(provider, "PAGE", 3)

    def fetch(self, url, **more):
        self.settings.BASE_URL = self.other
        try:
            return fetch(url, **more)
        finally:
            self.settings.BASE_URL = self.name

    def harvest(self, member) -> Harvest:
        run = begin_now(member)
        go_on(run.pk)
        run.refresh_from_db()
        assert run.state == HarvestState.DONE, run.reason
        return run


@pytest.fixture
def site(settings, monkeypatch, site_url):
    return Site(settings, monkeypatch, site_url)


@pytest.fixture
def net():
    with time_machine.travel(PAST, tick=False):
        yield small_network()


@pytest.fixture
def member(site, net):
    return AllianceMember.objects.create(
        name="那边的平台", harvest_url=f"{site.url}/oai", harvest_node=net.city
    )


@pytest.fixture
def decision(net):
    return Decision(UserFactory(is_superuser=True), net.village)


def courses(net, count: int) -> list[Course]:
    with time_machine.travel(PAST, tick=False):
        return [
            CourseFactory(owner_node=net.village, licence=Licence.CC_BY)
            for _number in range(count)
        ]


def harvested() -> dict[str, str]:
    found = HarvestedRecord.objects.order_by("pk")
    return {each.identifier.rpartition(":")[2]: each.title for each in found}


def test_a_list_of_several_pages_comes_whole(site, net, member):
    all_of_it = {f"course/{each.pk}": each.title for each in courses(net, 11)}
    run = site.harvest(member)
    assert (run.pages, run.counts) == (4, {"new": 11})
    assert harvested() == all_of_it
    assert site.harvest(member).counts.get("new") is None


def test_only_what_changed_comes_the_next_time(site, net, member):
    some = courses(net, 4)
    with time_machine.travel("2026-05-02T00:00:00Z", tick=False):
        site.harvest(member)
    with time_machine.travel(NOW, tick=False):
        some[0].title = "改过的"
        some[0].save_revision().publish()
        some[1].unpublish()
        Course.objects.get(pk=some[2].pk).delete()
        late = CourseFactory(owner_node=net.village)
        run = site.harvest(member)
    assert run.since == "2026-05-01T23:55:00Z"
    assert run.counts == {"changed": 1, "deleted": 2, "new": 1}
    waiting = {each.title for each in HarvestedRecord.objects.waiting()}
    assert waiting == {"改过的", some[3].title, late.title}


def test_an_interrupted_harvest_loses_and_doubles_nothing(
    site, net, member, monkeypatch
):
    some = courses(net, 11)
    keep, calls = running.keep, []

    def dies_once(*arguments):
        calls.append(arguments)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return keep(*arguments)

    monkeypatch.setattr(running, "keep", dies_once)
    run = begin_now(member)
    with pytest.raises(KeyboardInterrupt):
        go_on(run.pk)
    assert HarvestedRecord.objects.count() == 6
    # meanwhile the list changes on both sides of where it stands
    some[0].unpublish()
    some[9].unpublish()
    go_on(run.pk)
    run.refresh_from_db()
    assert (run.state, run.pages) == (HarvestState.DONE, 4)
    assert HarvestedRecord.objects.count() == 10
    assert harvested().keys() == {f"course/{s.pk}" for s in some} - {
        f"course/{some[9].pk}"
    }
    run = site.harvest(member)
    assert not HarvestedRecord.objects.get(title=some[0].title).record
    titles = {each.title for each in HarvestedRecord.objects.waiting()}
    assert titles == {each.title for each in some} - {some[0].title, some[9].title}


@pytest.mark.parametrize("prefix", ["oai_dc", "lom"])
def test_what_was_accepted_is_what_it_was_there(site, net, member, decision, prefix):
    AllianceMember.objects.update(harvest_prefix=prefix)
    member.refresh_from_db()
    fields = {
        "title": "八段锦<第一式> & 调息",
        "summary": "十二分钟，从站姿讲起。",
        "theme": Theme.SAFETY_HEALTH,
        "audiences": [Audience.OLDER_PEOPLE],
        "contributor": "王老师，李老师",
        "licence": Licence.CC_BY_SA,
    }
    there = ResourceFactory(
        owner_node=net.village,
        kind=ResourceKind.LINK,
        link="https://edu.example/a?b=1&c=2",
        isbn="978-7-04-012345-6",
        duration=45,
        level="beginner",
        **fields,
    )
    there.tags.add("养生")
    there.save()
    site.harvest(member)
    here = accept(HarvestedRecord.objects.get().pk, decision)
    here = Resource.objects.get(pk=here.pk)
    assert {name: getattr(here, name) for name in fields} == fields
    assert here.tag_names == ["养生"]
    assert here.isbn == "978-7-04-012345-6"
    # the page of the source comes first: there it can be asked about
    assert here.link == f"{THERE}/courses/resources/{there.pk}/"
    if prefix == "lom":
        assert (here.duration, here.level) == (45, "beginner")
    assert here.live and here.owner_node == net.village
    assert (here.source, here.source_link) == ("那边的平台", here.link)
    assert here.identifier == f"oai:there.example:resource/{there.pk}"


def test_a_member_s_token_opens_what_the_alliance_shares(site, net, member):
    shared = CourseFactory(owner_node=net.village, share_scope=ShareScope.ALLIANCE)
    assert not site.harvest(member).counts
    us = AllianceMember(name="我们")
    member.harvest_token = us.new_token()
    us.save()
    member.save()
    Harvest.objects.all().delete()
    site.harvest(member)
    assert harvested() == {f"course/{shared.pk}": shared.title}


def test_two_platforms_that_harvest_each_other_do_not_echo(site, net, member, decision):
    """Whatever is accepted and told again, neither takes back what came from it."""
    [there] = courses(net, 1)
    site.harvest(member)
    here = accept(HarvestedRecord.objects.get().pk, decision)
    # it is told as one of ours, since its licence allows it
    assert AnnouncedRecord.objects.filter(number=here.pk, state="public").exists()
    known = {f"oai:there.example:course/{there.pk}"}
    for _round in range(3):
        # there: a copy of ours comes along, and what it says is that it is theirs
        site.name, site.other = THERE, HERE
        run = site.harvest(member)
        assert run.counts.get("own"), run.counts
        Course.objects.get(pk=here.pk).save_revision().publish()
        site.name, site.other = HERE, THERE
        run = site.harvest(member)
        assert run.counts.get("own") or run.counts.get("unchanged")
        # `there` is this database too: its own course comes from here the first time
        known.add(f"oai:here.example:course/{there.pk}")
        assert set(HarvestedRecord.objects.values_list("identifier", flat=True)) == (
            known
        )


def test_what_came_by_way_of_a_third_is_known(site, net, member, decision):
    [there] = courses(net, 1)
    site.harvest(member)
    accept(HarvestedRecord.objects.get().pk, decision)
    Course.objects.get(pk=there.pk).unpublish()
    third = AllianceMember.objects.create(
        name="第三家", harvest_url=f"{site.url}/oai", harvest_set="theme:civic"
    )
    site.other = "https://third.example"
    run = site.harvest(third)
    assert run.counts["own"] == 1
    assert "new" not in run.counts
