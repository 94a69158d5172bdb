"""Whatever changes what can be found leaves an entry in the same transaction."""

from django.db.models.signals import post_delete, post_save
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from activities.models import ActivityPage
from courses_catalog.models import RECORDS
from courses_catalog.signals import records_imported
from home.models import ContentVersion, NetworkNodePage
from home.signals import network_imported
from search import outbox, synonyms
from search.documents import subject_of
from search.models import SynonymGroup


def changed(sender, instance, **kwargs) -> None:
    outbox.note(subject_of(instance))


def moved(sender, instance, **kwargs) -> None:
    """Everything beside it too: a new place among siblings shifts their tree paths."""
    outbox.note_subtree(instance.path[: -instance.steplen])


def imported(sender, **kwargs) -> None:
    """An import writes in bulk: one rebuild instead of thousands of entries."""
    from search.tasks import rebuild_index

    rebuild_index.enqueue()


def records_changed(sender, records, **kwargs) -> None:
    outbox.note(*map(subject_of, records))


def grow(sender, **kwargs) -> None:
    """Pages of results that are kept were searched with the words of before."""
    ContentVersion.grow()


def connect() -> None:
    """Called once, when the app is ready."""
    for page in (ActivityPage, NetworkNodePage):
        for signal in (page_published, page_unpublished, post_delete):
            signal.connect(changed, sender=page, dispatch_uid="search.changed")
        post_page_move.connect(moved, sender=page, dispatch_uid="search.moved")
    for model in RECORDS:
        for signal in (published, unpublished, post_delete):
            signal.connect(changed, sender=model, dispatch_uid="search.changed")
    for signal in (post_save, post_delete):
        for receiver in (synonyms.forget, grow):
            signal.connect(receiver, sender=SynonymGroup)
    records_imported.connect(records_changed, dispatch_uid="search.records_changed")
    network_imported.connect(imported, dispatch_uid="search.imported")
