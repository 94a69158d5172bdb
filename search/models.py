"""What keeps the index right. The index itself is the engine's (`search.engines`)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class OutboxQuerySet(models.QuerySet):
    def pending(self):
        """Not in the index yet, oldest first."""
        return self.filter(done_at=None).order_by("pk")

    def not_done_before(self, moment):
        """Whatever an index that was begun at `moment` may not know of.

        Primary keys say nothing about that: they are given out before the commit.
        """
        recent = models.Q(done_at=None) | models.Q(done_at__gte=moment)
        return self.filter(recent).order_by("pk")


class OutboxEntry(models.Model):
    """Says that a subject changed; written in the transaction of the change.

    `subject` is that of `search.documents`, or "subtree:<tree path>" where
    everything below a node is to be read again.
    """

    subject = models.CharField(max_length=255)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("待更新的搜索条目")
        verbose_name_plural = _("待更新的搜索条目")
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(done_at=None),
                name="search_outbox_pending",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class SynonymGroup(models.Model):
    """Words of one meaning: whoever types one of them finds the others too.

    Used when a query is read, so a change needs no new index.
    """

    words = models.CharField(
        _("同义词"),
        max_length=200,
        help_text=_("意思一样的词，用空格分开，例如：防诈骗 反诈 防骗。"),
    )

    panels = [FieldPanel("words")]

    class Meta:
        verbose_name = _("同义词")
        verbose_name_plural = _("同义词")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    def clean(self):
        super().clean()
        if len(self.words.split()) < 2:
            raise ValidationError({"words": _("请至少写两个词，中间用空格分开。")})


class SearchedWords(models.Model):
    """How often something was searched on one day, by whomever: no person, no
    address, no time of day."""

    day = models.DateField()
    # folded, so that one thing is counted once
    words = models.CharField(_("搜的是"), max_length=64)
    asked = models.PositiveIntegerField()
    # how much the last of these searches found
    found = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("搜索词")
        verbose_name_plural = _("搜索词")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "words"], name="searched_words_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.words


# What an index stores of a document. To be counted up, with a migration, whenever
# `search.engines.columns` stores more: the worker then builds the index anew.
INDEX_SCHEMA = 1


class IndexState(models.Model):
    """The single row that says which of the two indexes answers: "a" or "b".

    Whoever writes to the index locks it first.
    """

    slot = models.CharField(max_length=1, default="a")
    swapped_at = models.DateTimeField(null=True)
    # of the index that answers, and of the one that did so before
    schema = models.PositiveSmallIntegerField(default=INDEX_SCHEMA)
    schema_before = models.PositiveSmallIntegerField(default=INDEX_SCHEMA)
    rebuild_began_at = models.DateTimeField(null=True)
    # of the rebuild begun last, until it is done; an earlier one that is still going
    # on gives up
    rebuild_token = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.slot

    @classmethod
    def is_outdated(cls) -> bool:
        """The index that answers was made before more was stored in it."""
        return cls.objects.filter(schema__lt=INDEX_SCHEMA).exists()

    @classmethod
    def locked(cls) -> "IndexState":
        """The row, held until the end of the transaction."""
        cls.objects.get_or_create(pk=1)
        return cls.objects.select_for_update().get(pk=1)

    @classmethod
    def current_slot(cls) -> str:
        return cls.objects.filter(pk=1).values_list("slot", flat=True).first() or "a"
