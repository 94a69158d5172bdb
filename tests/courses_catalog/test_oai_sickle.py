"""An independent harvester, over HTTP, against the whole provider."""

import pytest
import time_machine
from sickle import Sickle
from sickle.oaiexceptions import (
    BadArgument,
    BadResumptionToken,
    CannotDisseminateFormat,
    IdDoesNotExist,
    NoRecordsMatch,
)

from courses_catalog.models import AllianceMember, Course
from courses_catalog.vocabulary import Licence, ResourceKind, ShareScope
from tests.factories import (
    CourseFactory,
    ResourceFactory,
    SeriesFactory,
    small_network,
)

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PAST = "2026-05-01T12:00:00Z"


@pytest.fixture
def net():
    with time_machine.travel(PAST, tick=False):
        yield small_network()


@pytest.fixture
def harvester(site_url):
    return Sickle(f"{site_url}/oai", timeout=30)


def keys(records) -> list[str]:
    """With a header or a record of sickle's."""
    headers = [getattr(record, "header", record) for record in records]
    return [header.identifier.rpartition(":")[2] for header in headers]


def test_every_verb_is_understood(harvester, net, settings):
    resource = ResourceFactory(
        owner_node=net.village,
        title="八段锦\x0b<第一式> & 调息",
        kind=ResourceKind.LINK,
        link="https://example.org/a?b=1&c=2",
        contributor="王老师",
        isbn="978-7-04-012345-6",
        licence=Licence.CC_BY,
        duration=45,
        level="beginner",
    )
    key = f"oai:127.0.0.1:resource/{resource.pk}"
    assert harvester.Identify().deletedRecord == "persistent"
    formats = [each.metadataPrefix for each in harvester.ListMetadataFormats()]
    assert formats == ["oai_dc", "lom"]
    specs = [each.setSpec for each in harvester.ListSets()]
    assert len(specs) == len(set(specs)) == 16
    assert keys(harvester.ListIdentifiers(metadataPrefix="oai_dc")) == [
        f"resource/{resource.pk}"
    ]
    [record] = harvester.ListRecords(metadataPrefix="oai_dc")
    assert record.metadata["title"] == ["八段锦<第一式> & 调息"]
    assert record.metadata["creator"] == ["王老师"]
    assert record.metadata["rights"] == [Licence.CC_BY.url]
    assert record.metadata["identifier"] == [
        f"{settings.BASE_URL}/courses/resources/{resource.pk}/",
        "https://example.org/a?b=1&c=2",
        "urn:ISBN:978-7-04-012345-6",
    ]
    lom = harvester.GetRecord(identifier=key, metadataPrefix="lom").xml
    names = {"lom": "http://ltsc.ieee.org/xsd/LOM"}
    [root] = lom.iterfind(".//lom:lom", names)
    assert [child.tag.rpartition("}")[2] for child in root] == [
        "general",
        "lifeCycle",
        "technical",
        "educational",
        "rights",
    ]
    duration = root.findtext("lom:technical/lom:duration/lom:duration", None, names)
    assert duration == "PT45M"
    difficulty = root.findtext("lom:educational/lom:difficulty/lom:value", None, names)
    assert difficulty == "easy"


def test_errors_are_those_of_the_protocol(harvester, net):
    CourseFactory(owner_node=net.village)
    with pytest.raises(BadArgument):
        harvester.ListRecords(metadataPrefix="oai_dc", **{"from": "yesterday"})
    with pytest.raises(CannotDisseminateFormat):
        harvester.ListRecords(metadataPrefix="marc21")
    with pytest.raises(IdDoesNotExist):
        harvester.GetRecord(identifier="oai:x:1", metadataPrefix="oai_dc")
    with pytest.raises(NoRecordsMatch):
        harvester.ListRecords(metadataPrefix="oai_dc", until="1990-01-01")
    with pytest.raises(BadResumptionToken):
        harvester.ListRecords(resumptionToken="mine")


def test_250_records_come_whole_while_others_change(harvester, net):
    courses = [CourseFactory(owner_node=net.village) for _number in range(250)]
    records = harvester.ListRecords(metadataPrefix="oai_dc")
    found = keys([next(records) for _number in range(50)])
    # on both sides of where the harvester stands
    for course in (courses[10], courses[120], courses[240]):
        course.title = "改过的"
        course.save_revision().publish()
    courses[0].unpublish()
    courses[249].unpublish()
    Course.objects.get(pk=courses[130].pk).delete()
    late = CourseFactory(owner_node=net.village)
    rest = list(records)
    assert found + keys(rest) == [f"course/{each.pk}" for each in [*courses, late]]
    gone = keys(record for record in rest if record.deleted)
    assert gone == [f"course/{courses[at].pk}" for at in (130, 249)]


def test_only_what_changed_since_comes_again(harvester, net):
    with time_machine.travel(PAST, tick=False):
        old = CourseFactory(owner_node=net.village)
        gone = CourseFactory(owner_node=net.village)
        CourseFactory(owner_node=net.village)
    with time_machine.travel("2026-05-03T08:00:00Z", tick=False):
        old.save_revision().publish()
        gone.unpublish()
    changed = [f"course/{old.pk}", f"course/{gone.pk}"]

    def since(**bounds):
        arguments = {"metadataPrefix": "oai_dc", **bounds}
        return keys(harvester.ListIdentifiers(ignore_deleted=False, **arguments))

    assert since(**{"from": "2026-05-02"}) == changed
    assert since(**{"from": "2026-05-03T08:00:00Z"}) == changed
    assert since(until="2026-05-03")[:2] == changed
    assert len(since(until="2026-05-02")) == 1
    assert len(since(until="2026-05-01T12:00:00Z")) == 1
    with pytest.raises(NoRecordsMatch):
        since(**{"from": "2026-05-03T08:00:01Z"})
    [record] = harvester.ListRecords(
        metadataPrefix="oai_dc", ignore_deleted=True, **{"from": "2026-05-02"}
    )
    assert keys([record]) == changed[:1]


def test_a_set_is_harvested_alone(harvester, net):
    CourseFactory(owner_node=net.village)
    there = SeriesFactory(owner_node=net.other_village, theme="health")
    spec = f"node:{net.city.pk}:{net.other_county.pk}"
    arguments = {"metadataPrefix": "lom"}
    for chosen in (spec, "theme:health", f"series:{there.pk}"):
        records = harvester.ListRecords(set=chosen, **arguments)
        assert keys(records) == [f"series/{there.pk}"]


def test_a_member_harvests_what_the_alliance_shares(site_url, harvester, net):
    member = AllianceMember(name="江西社区教育网")
    token = member.new_token()
    member.save()
    CourseFactory(owner_node=net.village, share_scope=ShareScope.ALLIANCE)
    with pytest.raises(NoRecordsMatch):
        harvester.ListRecords(metadataPrefix="oai_dc")
    known = Sickle(f"{site_url}/oai", auth=("member", token), timeout=30)
    [record] = known.ListRecords(metadataPrefix="oai_dc")
    assert keys([record]) == [f"course/{Course.objects.get().pk}"]
