"""A course the public reads changed: pages made before must not be found again."""

from django.db.models.signals import post_delete
from wagtail.signals import published, unpublished

from courses_catalog.models import Course
from home.models import ContentVersion


def grow(sender, **kwargs) -> None:
    ContentVersion.grow()


def connect() -> None:
    for signal in (published, unpublished, post_delete):
        signal.connect(grow, sender=Course, dispatch_uid="courses_catalog.grow")
