"""What `search_check` says to whoever runs the site."""

import pytest
from django.core.management import CommandError, call_command

from search import engines, outbox, rebuild
from search.models import OutboxEntry
from tests import services
from tests.factories import ActivityPageFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def net(engine_in_use):
    net = small_network()
    rebuild.rebuild()
    return net


def test_an_index_that_says_what_the_site_says_is_well(net, capsys):
    call_command("search_check")

    said = capsys.readouterr().out
    assert "place: 8 live on the site, 8 in the index." in said
    assert "No change waits" in said
    assert "rebuilt last at" in said
    assert "All is well." in said


def test_what_was_written_past_the_outbox_is_missed(net):
    activity = ActivityPageFactory(parent=net.village, title="书法班")

    with pytest.raises(CommandError, match="Live and not to be found: 1") as e:
        call_command("search_check")
    assert f"activity:{activity.translation_key}" in str(e.value)
    assert "search_rebuild" in str(e.value)


def test_what_is_gone_and_still_found_is_told(net):
    type(net.village).objects.filter(pk=net.village.pk).update(live=False)

    with pytest.raises(CommandError, match="Still found and no longer live: 1"):
        call_command("search_check")


def test_changes_that_wait_long_ask_for_the_worker(net, capsys):
    outbox.note(f"place:{net.village.translation_key}")
    call_command("search_check")
    assert "Changes that wait to be sent: 1" in capsys.readouterr().out

    OutboxEntry.objects.update(created_at="2026-01-01T00:00:00+00:00")
    with pytest.raises(CommandError, match="manage.py worker"):
        call_command("search_check")


def test_a_translation_whose_original_is_hidden_is_not_missed(net):
    from wagtail.models import Locale

    english = Locale.objects.get(language_code="en")
    copy = net.village.copy_for_translation(english, copy_parents=True)
    copy.save_revision().publish()
    type(net.village).objects.filter(pk=net.village.pk).update(live=False)
    rebuild.rebuild()

    call_command("search_check")


def test_an_engine_that_does_not_answer_is_told(db, settings):
    settings.SEARCH_URL = f"opensearch://127.0.0.1:{services.free_port()}/away"

    with pytest.raises(CommandError, match="does not answer.*correct SEARCH_URL"):
        call_command("search_check")


def test_an_index_never_built_is_told(engine, capsys):
    assert list(engines.current().subjects()) == []
    call_command("search_check")

    assert "never been rebuilt" in capsys.readouterr().out
