"""One number that grows whenever anything the public reads was published."""

from django.db import models
from django.db.models import F


class ContentVersion(models.Model):
    """A single row; cached public pages carry its number in their key.

    Grown in the transaction of the change itself, so a page rendered from the old
    data is never found again once the change is committed.
    """

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """The number now; 0 before anything was published."""
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    @classmethod
    def grow(cls) -> None:
        """Makes every cached public page stale as soon as this commits."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.get_or_create(pk=1, defaults={"number": 1})
