"""An index made by an earlier version answers on, and is built anew by itself."""

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from search import engines, outbox, rebuild, tasks
from search.engines.base import EngineUnavailable, Filters
from search.engines.mapping import BETWEEN_FACTS
from search.models import IndexState, OutboxEntry
from tests.factories import ResourceFactory, small_network
from tests.search.conftest import query

pytestmark = pytest.mark.django_db
migration = importlib.import_module("search.migrations.0005_stored_facets")


def earlier_source(document) -> dict:
    from search.engines.mapping import ROW, source_of

    source = source_of(document)
    del source["traits"], source["published_on"]
    source[ROW] = BETWEEN_FACTS.join(source[ROW].split(BETWEEN_FACTS)[:-2])
    return source


@pytest.fixture
def earlier(engine_in_use, monkeypatch):
    """A site whose index was built before resources had formats in it, updated now."""
    net = small_network()
    net.film = ResourceFactory(owner_node=net.county, title="书法视频", kind="video")
    with monkeypatch.context() as patch:
        patch.setattr("search.engines.elastic.source_of", earlier_source)
        rebuild.rebuild()
    editor = SimpleNamespace(connection=connection)
    if engine_in_use == "database":
        for table in ("search_facts_a", "search_facts_b"):
            with connection.cursor() as cursor:
                for name in migration.ADDED:
                    cursor.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
        migration.add_columns(apps, editor)
    migration.ask_for_a_rebuild(apps, editor)
    return net


def videos() -> list[str]:
    filters = Filters({"format": ("video",)})
    results = engines.current().search(query("书法", filters=filters))
    return [hit.title for hit in results.hits]


def test_the_old_index_answers_on_without_the_new_facets(earlier, titles_found):
    assert titles_found("书法") == ["书法视频"]
    assert titles_found("shufa") == ["书法视频"]
    assert videos() == []


def test_the_next_tick_builds_it_anew(earlier, titles_found):
    tasks.renew()

    assert videos() == titles_found("书法") == ["书法视频"]
    assert not IndexState.is_outdated()


def test_so_does_the_command(earlier):
    call_command("search_rebuild")
    assert videos() == ["书法视频"]


def test_an_index_up_to_date_is_left_alone(earlier):
    tasks.renew()
    slot = engines.current().slot
    tasks.renew()
    assert engines.current().slot == slot


def test_what_changes_before_that_is_not_lost(earlier):
    earlier.film.title = "书法课堂"
    earlier.film.save_revision().publish()
    try:
        outbox.drain()
    except EngineUnavailable:
        assert OutboxEntry.objects.pending().exists()
    tasks.renew()
    outbox.drain()

    assert videos() == ["书法课堂"]


def test_a_rebuild_that_goes_on_is_not_begun_again(earlier, monkeypatch):
    rebuild._begin()
    begun = []
    done = SimpleNamespace(documents=0)
    monkeypatch.setattr(rebuild, "rebuild", lambda: begun.append(1) or done)
    tasks.renew()
    assert begun == []

    # unless it never came to an end
    IndexState.objects.update(rebuild_began_at="2026-01-01T00:00:00+00:00")
    tasks.renew()
    assert begun == [1]


def test_an_engine_that_is_away_is_asked_again(earlier, monkeypatch):
    def away():
        raise EngineUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr(rebuild, "rebuild", away)
        tasks.renew()
    assert IndexState.is_outdated()

    tasks.renew()
    assert videos() == ["书法视频"]


def test_there_is_no_way_back_to_it(earlier):
    tasks.renew()

    with pytest.raises(CommandError, match="stores more"):
        call_command("search_rebuild", rollback=True)


def test_the_check_says_so(earlier):
    with pytest.raises(CommandError, match="earlier version"):
        call_command("search_check")


@pytest.mark.parametrize("engine_in_use", ["database"], indirect=True)
def test_the_migration_may_run_on_tables_that_have_the_columns(earlier):
    migration.add_columns(apps, SimpleNamespace(connection=connection))
    assert engines.current().count() == 9
