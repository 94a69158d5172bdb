"""Whether the addresses that resources point at still answer."""

from django.db import models


class LinkCheck(models.Model):
    """One address, however many records point at it."""

    url = models.CharField(max_length=500, unique=True)
    host = models.CharField(max_length=255, db_index=True)
    checked_at = models.DateTimeField(null=True, db_index=True)
    # of the last look; 0 where nobody answered
    status = models.PositiveSmallIntegerField(null=True)
    # the first of the failures in a row
    failing_since = models.DateTimeField(null=True)
    # failed twice, a day or more apart
    is_broken = models.BooleanField(default=False, db_index=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.url
