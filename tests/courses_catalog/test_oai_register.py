"""Who is told of which record, and what remains of one that went."""

import base64
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Locale

from courses_catalog.bulk.importing import carry_out, check, confirm_now
from courses_catalog.models import (
    AllianceMember,
    AnnouncedRecord,
    Course,
    ImportJob,
    Series,
    SeriesCourse,
)
from courses_catalog.oai import register
from courses_catalog.vocabulary import ShareScope
from tests.courses_catalog.oai_requests import (
    NAMES,
    PROVIDER,
    asked,
    error_of,
    headers_of,
    texts,
)
from tests.factories import (
    CourseFactory,
    ResourceFactory,
    SeriesFactory,
    TeacherFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db
DC = {"metadataPrefix": "oai_dc"}
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def kept_in_tmp(settings, tmp_path):
    settings.RESOURCE_ROOT = tmp_path


@pytest.fixture
def token():
    member = AllianceMember(name="江西社区教育网")
    token = member.new_token()
    member.save()
    return token


def listed(client, token="", **arguments):
    headers = {"authorization": f"Bearer {token}"} if token else None
    return headers_of(
        asked(client, "ListIdentifiers", headers=headers, **DC, **arguments)
    )


def publish(record, **values) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    record.save_revision().publish()


@pytest.mark.parametrize("scope", ShareScope)
def test_the_scope_says_who_is_told(client, net, token, scope):
    course = CourseFactory(owner_node=net.village, share_scope=scope)
    key = f"course/{course.pk}"
    assert (key in listed(client)) == (scope == ShareScope.PUBLIC)
    shared = scope in (ShareScope.PUBLIC, ShareScope.ALLIANCE)
    assert (key in listed(client, token)) == shared


def test_drafts_and_teachers_are_told_to_nobody(client, net, token):
    CourseFactory(owner_node=net.village, live=False)
    TeacherFactory(owner_node=net.village)
    assert not listed(client, token)


def test_what_was_never_public_leaves_no_trace_for_everybody(client, net, token):
    course = CourseFactory(owner_node=net.village, share_scope=ShareScope.ALLIANCE)
    course.unpublish()
    assert listed(client, token) == {f"course/{course.pk}": "deleted"}
    assert error_of(asked(client, "ListIdentifiers", **DC)) == "noRecordsMatch"
    identifier = f"oai:127.0.0.1:course/{course.pk}"
    root = asked(client, "GetRecord", identifier=identifier, **DC)
    assert error_of(root) == "idDoesNotExist"


def test_a_narrower_scope_is_a_deletion_for_whoever_is_left_out(client, net, token):
    course = CourseFactory(owner_node=net.village)
    key = f"course/{course.pk}"
    publish(course, share_scope=ShareScope.ALLIANCE)
    assert listed(client) == {key: "deleted"}
    assert listed(client, token) == {key: ""}
    publish(course, share_scope=ShareScope.OWN)
    assert listed(client, token) == {key: "deleted"}
    publish(course, share_scope=ShareScope.PUBLIC)
    assert listed(client) == {key: ""}


@pytest.mark.parametrize("factory", [CourseFactory, ResourceFactory, SeriesFactory])
def test_what_was_deleted_stays_in_its_sets_as_deleted(client, net, factory):
    record = factory(owner_node=net.village, theme="health")
    key = f"{record._meta.model_name}/{record.pk}"
    record.delete()
    assert listed(client) == {key: "deleted"}
    assert listed(client, set="theme:health") == {key: "deleted"}
    assert listed(client, set=f"node:{net.city.pk}") == {key: "deleted"}
    root = asked(client, "GetRecord", identifier=f"oai:127.0.0.1:{key}", **DC)
    assert not error_of(root) and not root.findall(".//oai:metadata", NAMES)


def test_the_stamp_grows_with_everything_that_is_told(client, net):
    def stamp():
        return AnnouncedRecord.objects.get(kind="course", number=number).stamp

    with time_machine.travel(NOON, tick=False) as clock:
        course = CourseFactory(owner_node=net.village)
        number = course.pk
        series = SeriesFactory(owner_node=net.village)
        acts = [
            lambda: publish(course, title="剪纸"),
            lambda: publish(course, share_scope=ShareScope.ALLIANCE),
            course.unpublish,
            lambda: publish(course, share_scope=ShareScope.PUBLIC),
            lambda: publish(translated(course)),
            lambda: put_into(series, course),
            lambda: Series.objects.get(pk=series.pk).unpublish(),
            course.delete,
        ]
        for hour, act in enumerate(acts, 1):
            clock.move_to(NOON + timedelta(hours=hour, microseconds=5))
            act()
            assert stamp() == NOON + timedelta(hours=hour), hour


def translated(course):
    english = course.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title = "Paper cutting"
    english.save()
    return english


def put_into(series, course) -> None:
    series.series_courses = [SeriesCourse(course=course)]
    publish(series)


def test_a_draft_changes_nothing(client, net):
    with time_machine.travel(NOON, tick=False) as clock:
        course = CourseFactory(owner_node=net.village)
        clock.move_to(NOON + timedelta(hours=1))
        course.title = "还没发布"
        course.save_revision()
    assert AnnouncedRecord.objects.get(number=course.pk).stamp == NOON
    titles = texts(asked(client, "ListRecords", **DC), ".//dc:title")
    assert "还没发布" not in titles


def test_a_translation_is_told_with_its_original(client, net):
    course = CourseFactory(owner_node=net.village, title="剪纸")
    publish(translated(course))
    assert listed(client) == {f"course/{course.pk}": ""}
    titles = asked(client, "ListRecords", **DC).findall(".//dc:title", NAMES)
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [(each.get(language), each.text) for each in titles] == [
        ("zh-Hans", "剪纸"),
        ("en", "Paper cutting"),
    ]


def test_a_course_is_in_the_set_of_its_series(client, net, token):
    course = CourseFactory(owner_node=net.village)
    series = SeriesFactory(owner_node=net.village, share_scope=ShareScope.ALLIANCE)
    put_into(series, course)
    spec = f"series:{series.pk}"
    assert f"course/{course.pk}" in listed(client, token, set=spec)
    for verb in ("ListRecords", "ListIdentifiers"):
        root = asked(client, verb, **DC)
        assert spec not in texts(root, ".//oai:setSpec")
    root = asked(client, "ListIdentifiers", set=spec, **DC)
    assert error_of(root) == "noRecordsMatch"
    publish(series, share_scope=ShareScope.PUBLIC)
    assert f"course/{course.pk}" in listed(client, set=spec)
    series.delete()
    assert AnnouncedRecord.objects.get(kind="course").series == ""


def test_what_the_register_missed_is_not_given_away(client, net):
    course = CourseFactory(owner_node=net.village)
    type(course).objects.filter(pk=course.pk).update(share_scope=ShareScope.OWN)
    assert listed(client) == {f"course/{course.pk}": "deleted"}


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "Basic"])
def test_a_member_says_its_token_in_the_header(client, net, token, scheme):
    CourseFactory(owner_node=net.village, share_scope=ShareScope.ALLIANCE)
    if scheme == "Basic":
        token = base64.b64encode(f"member:{token}".encode()).decode()
    headers = {"authorization": f"{scheme} {token}"}
    assert headers_of(asked(client, "ListIdentifiers", headers=headers, **DC))


@pytest.mark.parametrize(
    "authorization", ["Bearer wrong", "Basic wrong", "Basic d3Jvbmc6d3Jvbmc="]
)
def test_a_wrong_token_is_refused(client, net, token, authorization):
    response = client.get(
        f"{PROVIDER}?verb=Identify", headers={"authorization": authorization}
    )
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Basic ")


def test_a_token_ends_with_its_member_and_with_the_next_token(client, net, token):
    member = AllianceMember.objects.get()
    assert token not in str(vars(member))
    renewed = member.new_token()
    member.save()
    query = f"{PROVIDER}?verb=Identify"

    def status(key):
        headers = {"authorization": f"Bearer {key}"}
        return client.get(query, headers=headers).status_code

    assert (status(token), status(renewed)) == (401, 200)
    member.is_active = False
    member.save()
    assert status(renewed) == 401


def test_what_was_shared_before_is_announced_by_the_migration(net):
    series = SeriesFactory(owner_node=net.city)
    course = CourseFactory(owner_node=net.village, share_scope=ShareScope.ALLIANCE)
    put_into(series, course)
    publish(translated(course))
    CourseFactory(owner_node=net.village, live=False)
    CourseFactory(owner_node=net.village, share_scope=ShareScope.NETWORK)
    known = ("kind", "number", "state", "was_public", "node", "theme", "series")
    before = set(AnnouncedRecord.objects.values_list(*known))
    AnnouncedRecord.objects.all().delete()
    migration = import_module("courses_catalog.migrations.0003_alliance")
    migration.announce(apps, None)
    assert set(AnnouncedRecord.objects.values_list(*known)) == before
    assert len(before) == 2


def bring(net, *rows) -> None:
    """An import of courses: number, scope."""
    lines = ["名称,主题,编号,share_scope"]
    lines += [f"课程{number},公民素养,{number},{scope}" for number, scope in rows]
    file = SimpleUploadedFile("a.csv", "\n".join(lines).encode())
    job = ImportJob.objects.create(
        kind="course",
        file=file,
        created_by=UserFactory(is_superuser=True),
        owner_node=net.village,
    )
    check(job)
    assert not job.errors and not job.reason
    confirm_now(job)
    carry_out(job)


def key_of(number: str) -> str:
    return f"course/{Course.objects.get(identifier=number).pk}"


def test_what_is_imported_is_told_with_its_stamp(client, net, token, kept_in_tmp):
    with time_machine.travel(NOON, tick=False) as clock:
        bring(net, ("A1", "公开"), ("A2", "共享联盟的成员"), ("A3", "全市网点"))
        assert listed(client) == {key_of("A1"): ""}
        assert listed(client, token) == {key_of("A1"): "", key_of("A2"): ""}
        clock.move_to(NOON + timedelta(hours=1))
        bring(net, ("A1", "全市网点"), ("A2", "公开"))
    since = {"from_": "2026-05-01T12:30:00Z"}
    assert listed(client, **since) == {key_of("A1"): "deleted", key_of("A2"): ""}


def test_an_import_leaves_stamps_of_what_it_does_not_change(client, net, kept_in_tmp):
    with time_machine.travel(NOON, tick=False) as clock:
        bring(net, ("A1", "公开"), ("A2", "公开"))
        clock.move_to(NOON + timedelta(hours=1))
        bring(net, ("A1", "公开"), ("A2", "共享联盟的成员"))
    assert listed(client, from_="2026-05-01T12:30:00Z") == {key_of("A2"): "deleted"}


def test_an_imported_change_keeps_the_sets_of_series(
    client, net, kept_in_tmp, django_assert_max_num_queries
):
    bring(net, ("A1", "公开"))
    series = SeriesFactory(owner_node=net.village)
    put_into(series, Course.objects.get())
    bring(net, ("A1", "共享联盟的成员"))
    bring(net, ("A1", "公开"))
    spec = f"series:{series.pk}"
    assert key_of("A1") in listed(client, set=spec)
    courses = [CourseFactory(owner_node=net.village) for _number in range(30)]
    with django_assert_max_num_queries(6):
        register.note_all(Course, courses)


def test_what_another_platform_made_is_told_where_its_licence_allows(client, net):
    for licence in ("", "CC-BY-4.0", "CC-BY-NC-ND-4.0", "reserved"):
        CourseFactory(owner_node=net.village, source="别的平台", licence=licence)
    told = Course.objects.get(licence="CC-BY-4.0")
    assert listed(client) == {f"course/{told.pk}": ""}


def test_what_was_imported_before_is_announced_by_the_migration(client, net):
    told = CourseFactory(owner_node=net.village)
    forgotten = [CourseFactory(owner_node=net.village) for _number in range(3)]
    forgotten.append(ResourceFactory(owner_node=net.village))
    CourseFactory(owner_node=net.village, live=False)
    CourseFactory(owner_node=net.village, share_scope=ShareScope.NETWORK)
    announced = AnnouncedRecord.objects
    announced.exclude(kind="course", number=told.pk).delete()
    stamp = announced.get().stamp
    migration = import_module("courses_catalog.migrations.0008_announce_imported")
    for _twice in range(2):
        migration.announce(apps, None)
    keys = {f"{each._meta.model_name}/{each.pk}" for each in (told, *forgotten)}
    assert set(listed(client)) == keys
    assert announced.get(kind="course", number=told.pk).stamp == stamp
