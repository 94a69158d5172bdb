"""What follows when the page tree changes; each in the change's own transaction."""

from django.db.models.signals import pre_delete
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from activities import leaving, publishing, tasks
from activities.models import ActivityPage, Session
from home.models import HomePage, NetworkNodePage
from home.signals import network_imported
from learners.erasure import people_leave


def connect() -> None:
    """Called once, when the app is ready."""
    page_published.connect(on_publish, sender=ActivityPage)
    page_unpublished.connect(on_unpublish, sender=ActivityPage)
    pre_delete.connect(on_delete, sender=ActivityPage)
    people_leave.connect(leaving.give_back_places)
    page_published.connect(on_node_publish, sender=NetworkNodePage)
    network_imported.connect(on_import, dispatch_uid="activities.imported")
    for sender in (ActivityPage, NetworkNodePage):
        post_page_move.connect(on_move, sender=sender)
    for sender in (NetworkNodePage, HomePage):
        page_slug_changed.connect(on_new_address, sender=sender)


def on_publish(sender, instance, **kwargs) -> None:
    """Wagtail also tells of pages that are only scheduled to go live later."""
    if instance.live:
        publishing.publish(instance)


def on_unpublish(sender, instance, **kwargs) -> None:
    publishing.hide(instance)


def on_delete(sender, instance, **kwargs) -> None:
    publishing.forget(instance)


def on_move(sender, instance, parent_page_before, parent_page_after, **kwargs) -> None:
    publishing.relocate(instance, [parent_page_before, parent_page_after])


def on_node_publish(sender, instance, **kwargs) -> None:
    publishing.rename(instance)


def on_import(sender, renamed=(), **kwargs) -> None:
    """An import writes in bulk, and below a county there may be a lot to render."""
    if renamed:
        tasks.follow_renamed_nodes.enqueue(list(renamed))


def on_new_address(sender, instance, **kwargs) -> None:
    """A new slug changes every link below; told after the commit, by Wagtail."""
    publishing.refresh(Session.objects.filter(node_path__startswith=instance.path))
