"""A rebuild beside a site that goes on writing loses nothing."""

import uuid

import pytest
from django.core.management import CommandError, call_command

from search import engines, outbox, rebuild
from search.models import IndexState, OutboxEntry
from tests.factories import ActivityPageFactory, small_network
from tests.search.conftest import document

pytestmark = pytest.mark.django_db

LAST = 1000
GONE = f"place:{uuid.UUID(int=1)}"


@pytest.fixture
def net(engine_in_use):
    net = small_network()
    OutboxEntry.objects.create(pk=LAST, subject=GONE)
    rebuild.rebuild()
    return net


def committed_late(net):
    """An activity whose entry took its number before the rebuild began; only now its
    transaction is committed."""
    activity = ActivityPageFactory(parent=net.village, title="书法班")
    subject = f"activity:{activity.translation_key}"
    return OutboxEntry.objects.create(pk=LAST - 1, subject=subject)


@pytest.mark.parametrize("is_drained", [True, False])
def test_an_entry_of_an_older_number_committed_meanwhile_is_replayed(
    net, monkeypatch, titles_found, is_drained
):
    fill = rebuild._fill

    def fill_before_the_commit(*args):
        read = fill(*args)
        committed_late(net)
        if is_drained:
            outbox.drain()
        return read

    monkeypatch.setattr(rebuild, "_fill", fill_before_the_commit)
    rebuild.rebuild()

    assert titles_found("书法") == ["书法班"]
    assert not OutboxEntry.objects.pending().exists()


def test_an_entry_committed_during_the_replay_stays_pending(
    net, monkeypatch, titles_found
):
    apply = rebuild.apply
    committed_late(net)
    OutboxEntry.objects.pending().update(subject=GONE)

    def apply_while_somebody_commits(subjects, beside):
        apply(subjects, beside)
        activity = ActivityPageFactory(parent=net.village, title="国画班")
        OutboxEntry.objects.create(subject=f"activity:{activity.translation_key}")

    monkeypatch.setattr(rebuild, "apply", apply_while_somebody_commits)
    rebuild.rebuild()

    assert titles_found("国画") == []
    assert outbox.drain() == 1
    assert titles_found("国画") == ["国画班"]


def test_what_was_done_long_before_is_not_replayed(net):
    OutboxEntry.objects.update(done_at="2026-01-01T00:00:00+00:00")

    assert rebuild.rebuild().replayed == 0
    assert engines.current().count() == 8


# --- rollback -----------------------------------------------------------------------
@pytest.fixture
def spoilt(net, monkeypatch):
    """The network, after a rebuild that wrote nonsense."""
    wrong = [document(n, f"乱码{n}") for n in range(8)]
    monkeypatch.setattr(rebuild, "documents_of", lambda subjects: wrong)
    rebuild.rebuild()
    monkeypatch.undo()
    return net


def test_the_index_before_answers_again_with_what_changed_since(spoilt, titles_found):
    committed_late(spoilt)
    outbox.drain()

    rebuild.roll_back()

    assert titles_found("书法") == ["书法班"]
    assert "濂溪社区教学点" in titles_found("濂溪")
    assert titles_found("乱码") == []


def test_what_is_still_pending_is_done_with_it(spoilt, titles_found):
    committed_late(spoilt)

    assert rebuild.roll_back().documents == 9
    assert not OutboxEntry.objects.pending().exists()


def test_there_is_no_way_back_from_the_first_index(engine):
    with pytest.raises(CommandError, match="No earlier index"):
        call_command("search_rebuild", rollback=True)


def test_there_is_no_way_back_once_the_changes_are_forgotten(spoilt):
    IndexState.objects.update(swapped_at="2026-01-01T00:00:00+00:00")

    with pytest.raises(CommandError, match="too old"):
        call_command("search_rebuild", rollback=True)


def test_a_rebuild_that_failed_leaves_no_half_index_to_go_back_to(
    spoilt, monkeypatch, titles_found, engine_in_use
):
    monkeypatch.setattr(rebuild, "_check", fail)
    with pytest.raises(rebuild.RebuildFailed):
        rebuild.rebuild()
    monkeypatch.undo()

    if engine_in_use == "database":
        with pytest.raises(rebuild.RebuildFailed, match="No earlier index"):
            rebuild.roll_back()
    else:
        rebuild.roll_back()
        assert "濂溪社区教学点" in titles_found("濂溪")


def fail(*args):
    raise rebuild.RebuildFailed


def test_the_command_says_what_answers_again(spoilt, capsys):
    call_command("search_rebuild", rollback=True)

    assert "8 documents answer again" in capsys.readouterr().out
