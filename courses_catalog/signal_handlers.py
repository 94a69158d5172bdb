"""A record the public reads changed: pages made before must not be found again."""

from django.db.models.signals import post_delete, post_save
from wagtail.signals import published, unpublished

from courses_catalog.models import RECORDS
from courses_catalog.oai import register
from courses_catalog.signals import records_imported
from home.models import ContentVersion


def grow(sender, **kwargs) -> None:
    ContentVersion.grow()


def withdraw_translations(sender, instance, **kwargs) -> None:
    """Nothing is left that they are translations of; whoever wants to keep one
    publishes it again."""
    versions = sender.objects.filter(translation_key=instance.translation_key)
    if not versions.filter(pk__lt=instance.pk).exists():
        for translation in versions.filter(live=True):
            translation.unpublish()


def announce(sender, instance, update_fields=None, **kwargs) -> None:
    """Named fields alone are written for drafts and locks, which are nobody's yet."""
    if update_fields is None:
        register.note(instance)


def announce_imported(sender, records, **kwargs) -> None:
    if sender in register.KINDS:
        register.note_all(sender, records)


def connect() -> None:
    for model in RECORDS:
        for signal in (published, unpublished, post_delete):
            signal.connect(grow, sender=model, dispatch_uid="courses_catalog.grow")
        post_delete.connect(
            withdraw_translations, sender=model, dispatch_uid="courses_catalog.withdraw"
        )
    for model in register.KINDS:
        for signal in (published, unpublished, post_delete, post_save):
            signal.connect(
                announce, sender=model, dispatch_uid="courses_catalog.announce"
            )
    records_imported.connect(
        announce_imported, dispatch_uid="courses_catalog.announce_imported"
    )
