"""A rebuild beside a site that goes on writing loses nothing."""

import uuid

import pytest

from search import engines, outbox, rebuild
from search.models import OutboxEntry
from tests.factories import ActivityPageFactory, small_network

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
