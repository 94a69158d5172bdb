"""The account: whoever signs in, resident or staff."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from learners.encryption import EncryptedTextField, keyed_hash


class User(AbstractUser):
    """Signs in by a code to phone or e-mail (residents) or by password (staff)."""

    phone = EncryptedTextField(_("手机号"), blank=True, default="")
    # NULL, unlike "", may stand on any number of accounts without a phone
    phone_hash = models.CharField(  # noqa: DJ001
        max_length=64, null=True, unique=True, editable=False
    )
    is_phone_verified = models.BooleanField(_("手机号已验证"), default=False)

    def save(self, *args, **kwargs):
        self.phone_hash = keyed_hash(self.phone) or None
        super().save(*args, **kwargs)
