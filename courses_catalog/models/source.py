"""Where a record comes from that another platform made."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sourced(models.Model):
    """Abstract. Written when a harvested record is accepted, and kept whatever becomes
    of the member: whose it is, where it stands, under what terms. Empty for our own."""

    source = models.CharField(_("来源"), max_length=120, blank=True, editable=False)
    source_link = models.CharField(max_length=500, blank=True, editable=False)
    # in the words of the source, where they are no licence we know by name
    source_rights = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True
