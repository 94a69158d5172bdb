"""What a feed's validators come from, and the keys to private feeds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedVersion(models.Model):
    """Grows in the transaction of every change a feed shows.

    `scope` names the feed: "city", "node:<pk>", "theme:<value>",
    "activity:<pk>", "learner:<pk>".
    """

    scope = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField(default=1)
    modified_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.scope} {self.number}"


class FeedToken(models.Model):
    """Opens one learner's private feed; only a hash of the 128-bit token is kept.

    `seed` gives the token back under FIELD_HASH_KEY alone (`feeds.tokens`), so its
    owner can see the address again and the database by itself opens nothing.
    """

    # NULL once she is gone: her address says so for good, and whose it was nobody knows
    learner = models.ForeignKey(
        "learners.Learner",
        on_delete=models.SET_NULL,
        null=True,
        related_name="feed_tokens",
    )
    seed = models.CharField(max_length=32, default="")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner"],
                condition=models.Q(revoked_at=None),
                name="one_living_feed_token_per_learner",
                violation_error_message=_("已经有一个日历地址了。"),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
