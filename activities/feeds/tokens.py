"""Keys to private feeds: made, shown again to their owner, changed, taken back.

The key is 128 bits of an HMAC under FIELD_HASH_KEY over a random seed. So the owner
can be shown the same address on a second phone, while a stolen database alone opens
nothing: it holds the seed and a hash of the key.
"""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from activities.feeds.versions import grow, learner_scope
from activities.models import FeedToken
from learners.models import Learner

BYTES = 16


@transaction.atomic
def make(learner: Learner) -> str:
    """A new key for `learner`; the one before is revoked at once."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    revoke(learner)
    seed = secrets.token_hex(BYTES)
    token = _derived(seed)
    FeedToken.objects.create(learner=learner, seed=seed, token_hash=_hash(token))
    grow([learner_scope(learner.pk)])
    return token


def revoke(learner: Learner) -> None:
    """Takes the key back: its address answers 410 from now on."""
    learner.feed_tokens.filter(revoked_at=None).update(revoked_at=timezone.now())


def shown(row: FeedToken) -> str:
    """The key itself, for its owner; "" if FIELD_HASH_KEY has changed since."""
    token = _derived(row.seed)
    return token if _hash(token) == row.token_hash else ""


def find(token: str) -> FeedToken | None:
    """The row of a key, revoked or not; None for a key never given out."""
    keys = FeedToken.objects.select_related("learner")
    return keys.filter(token_hash=_hash(token)).first()


def _hash(token: str) -> str:
    # a plain digest will do: nobody tries 2^128 keys
    return hashlib.sha256(token.encode()).hexdigest()


def _derived(seed: str) -> str:
    key, label = settings.FIELD_HASH_KEY.encode(), f"feed {seed}".encode()
    digest = hmac.new(key, label, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:BYTES]).rstrip(b"=").decode()
