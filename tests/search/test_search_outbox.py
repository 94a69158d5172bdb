"""Nothing that changed is lost, whatever dies in between."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from home import ticks
from home.models import ContentVersion
from home.signals import network_imported
from search import engines, outbox, rebuild, tasks
from search.models import OutboxEntry
from tests.factories import ActivityPageFactory, CourseFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def net(engine_in_use):
    net = small_network()
    rebuild.rebuild()
    return net


def published(instance):
    instance.save_revision().publish()
    return instance


def test_publishing_leaves_an_entry_in_the_same_transaction(net):
    class Undone(Exception):
        pass

    activity = ActivityPageFactory(parent=net.village, title="书法班")
    with pytest.raises(Undone), transaction.atomic():
        published(activity)
        assert OutboxEntry.objects.pending().exists()
        raise Undone

    assert not OutboxEntry.objects.pending().exists()


def test_after_the_commit_it_is_found(
    net, titles_found, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        published(ActivityPageFactory(parent=net.village, title="书法班"))

    assert titles_found("书法") == ["书法班"]
    assert not OutboxEntry.objects.pending().exists()


def test_what_a_killed_worker_left_is_sent_by_the_next_tick(net, titles_found):
    published(ActivityPageFactory(parent=net.village, title="书法班"))
    assert titles_found("书法") == []

    # not through run_all, which closes the connection this test's transaction is on
    ticks._TICKS["search.tasks.catch_up"]()

    assert titles_found("书法") == ["书法班"]


def test_a_worker_killed_half_way_has_done_nothing(
    net, engine_in_use, monkeypatch, titles_found
):
    published(ActivityPageFactory(parent=net.village, title="书法班"))
    engine = type(engines.current())
    index = engine.index

    def killed(self, documents):
        index(self, documents)
        raise KeyboardInterrupt

    monkeypatch.setattr(engine, "index", killed)
    with pytest.raises(KeyboardInterrupt):
        outbox.drain()
    monkeypatch.undo()

    # a server of its own has no part in the transaction: there it may be found early
    if engine_in_use == "database":
        assert titles_found("书法") == []
    assert outbox.drain() == 1
    assert titles_found("书法") == ["书法班"]


def test_draining_twice_changes_nothing(net, titles_found):
    activity = published(ActivityPageFactory(parent=net.village, title="书法班"))
    outbox.drain()
    published(activity)
    outbox.drain()

    assert titles_found("书法") == ["书法班"]
    assert outbox.drain() == 0


@pytest.mark.parametrize("end", ["unpublish", "delete"])
def test_what_is_gone_is_not_found(net, titles_found, end):
    activity = published(ActivityPageFactory(parent=net.village, title="书法班"))
    course = published(CourseFactory(owner_node=net.village, title="书法课"))
    outbox.drain()
    assert len(titles_found("书法")) == 2

    for instance in (activity, course):
        getattr(instance, end)()
    outbox.drain()

    assert titles_found("书法") == []


def test_a_draft_changes_nothing(net, titles_found):
    course = published(CourseFactory(owner_node=net.village, title="书法课"))
    outbox.drain()
    course.title = "国画课"
    course.save_revision()
    outbox.drain()

    assert titles_found("书法") == ["书法课"]
    assert titles_found("国画") == []


def test_renaming_a_place_reaches_everything_below_it(net, titles_found):
    published(ActivityPageFactory(parent=net.village, title="书法班"))
    outbox.drain()
    assert titles_found("五里 书法", is_exact=True) == []

    net.township.title = net.township.short_name = "五里街道社区学校"
    published(net.township)
    outbox.drain()

    assert titles_found("五里 书法", is_exact=True) == ["书法班"]
    assert "濂溪社区教学点" in titles_found("五里")


def test_moving_a_place_takes_everything_below_along(net, titles_found):
    published(ActivityPageFactory(parent=net.village, title="书法班"))
    outbox.drain()

    net.village.move(net.other_township, pos="last-child")
    outbox.drain()

    assert titles_found("修水 书法", is_exact=True) == ["书法班"]
    assert titles_found("“十里街道” 书法") == []


def test_a_change_of_the_index_makes_result_pages_stale(net):
    before = ContentVersion.current()
    published(CourseFactory(owner_node=net.village))
    outbox.drain()

    assert ContentVersion.current() > before


# --- rebuild ------------------------------------------------------------------------
def test_a_rebuild_finds_what_was_written_in_bulk(net, titles_found):
    ActivityPageFactory(parent=net.village, title="书法班")
    slot = engines.current().slot

    rebuilt = rebuild.rebuild()

    assert rebuilt.documents == engines.current().count() == 9
    assert titles_found("书法") == ["书法班"]
    assert engines.current().slot != slot


def test_what_changes_during_a_rebuild_is_replayed(net, monkeypatch, titles_found):
    fill = rebuild._fill

    def fill_while_somebody_publishes(*args):
        read = fill(*args)
        published(ActivityPageFactory(parent=net.village, title="书法班"))
        outbox.drain()
        return read

    monkeypatch.setattr(rebuild, "_fill", fill_while_somebody_publishes)

    assert rebuild.rebuild().replayed == 1
    assert titles_found("书法") == ["书法班"]


def test_a_rebuild_that_lost_documents_leaves_the_old_index(
    net, monkeypatch, titles_found
):
    engine = type(engines.current())
    monkeypatch.setattr(engine, "index", lambda self, documents: None)

    with pytest.raises(CommandError, match="8 documents were read"):
        call_command("search_rebuild")
    monkeypatch.undo()

    assert "濂溪社区教学点" in titles_found("濂溪")


def test_the_later_of_two_rebuilds_wins(net, monkeypatch):
    begin = rebuild._begin

    def begun_twice():
        token, start, beside = begin()
        monkeypatch.setattr(rebuild, "_begin", begin)
        rebuild.rebuild()
        return token, start, beside

    monkeypatch.setattr(rebuild, "_begin", begun_twice)

    with pytest.raises(rebuild.RebuildFailed, match="Another rebuild"):
        rebuild.rebuild()
    assert engines.current().count() == 8


def test_the_command_says_what_it_did(net, capsys):
    call_command("search_rebuild")

    assert "8 documents indexed" in capsys.readouterr().out


def test_an_import_rebuilds_the_index(db, titles_found):
    net = small_network()
    network_imported.send(sender=type(net.city))

    assert "濂溪社区教学点" in titles_found("濂溪")


def test_entries_done_long_ago_are_forgotten(net):
    published(CourseFactory(owner_node=net.village))
    outbox.drain()
    OutboxEntry.objects.update(done_at="2020-01-01T00:00:00+00:00")

    tasks.catch_up()

    assert not OutboxEntry.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_index_tables_go_and_come_back():
    call_command("migrate", "search", "zero", verbosity=0)
    call_command("migrate", "search", verbosity=0)

    assert engines.current().count() == 0
