"""Whatever changes what the public reads grows the content version with it."""

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.images import get_image_model
from wagtail.models import Page, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from home.models import ContentVersion, NetworkNodePage, NodeRole, SiteSettings
from home.roles import join_group, leave_group
from home.visibility import keep_places_in_use


def grow(sender, **kwargs) -> None:
    ContentVersion.grow()


def grow_for_page(sender, instance, **kwargs) -> None:
    """A live page was written past publishing: an alias, a copy, a script."""
    is_page = isinstance(instance, Page)
    if is_page and instance.live and kwargs.get("update_fields") is None:
        ContentVersion.grow()


def role_given(sender, instance, **kwargs) -> None:
    join_group(instance)


def role_taken(sender, instance, **kwargs) -> None:
    leave_group(instance)


def connect() -> None:
    for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
        signal.connect(grow, dispatch_uid="home.content_version")
    for signal in (post_save, post_delete):
        signal.connect(grow_for_page, dispatch_uid="home.content_version.page")
        for model in (SiteSettings, Site, get_image_model()):
            signal.connect(grow, sender=model, dispatch_uid="home.content_version.site")
    post_save.connect(role_given, sender=NodeRole, dispatch_uid="home.role_given")
    post_delete.connect(role_taken, sender=NodeRole, dispatch_uid="home.role_taken")
    for model in (Page, NetworkNodePage):
        pre_save.connect(
            keep_places_in_use, sender=model, dispatch_uid="home.places_in_use"
        )
