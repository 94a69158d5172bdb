"""What a feed's validators come from, and the keys to private feeds."""

from django.db import models


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
    """Opens one learner's private feed; only a hash of the 128-bit token is kept."""

    learner = models.ForeignKey(
        "learners.Learner", on_delete=models.CASCADE, related_name="feed_tokens"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)
