"""Encrypts sensitive fields, and makes the keyed hash to look them up by.

个人信息保护法 art. 51 asks for encryption of personal data at rest. Fernet
(AES-128-CBC with HMAC-SHA-256) under rotating keys; HMAC-SHA-256 for equality
look-ups, keyed so that eleven-digit phone numbers cannot be found by trying all.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.dispatch import Signal

# What is encrypted and no field of a model is to be written with the first key.
keys_changed = Signal()


def _cipher() -> MultiFernet:
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
        for key in settings.FIELD_ENCRYPTION_KEYS
    )


def encrypted(data: bytes) -> bytes:
    return _cipher().encrypt(data)


def decrypted(data: bytes) -> bytes:
    """Raises InvalidToken when no configured key opens `data`."""
    return _cipher().decrypt(data)


def keyed_hash(value: str) -> str:
    """64 hexadecimal digits, equal for equal values; "" stays ""."""
    if not value:
        return ""
    return hmac.new(
        settings.FIELD_HASH_KEY.encode(), value.encode(), hashlib.sha256
    ).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that only ciphertext of is stored; filters on it find nothing.

    Reading a value that no configured key opens raises InvalidToken.
    """

    def get_prep_value(self, value):
        if not value:
            return value
        return encrypted(str(value).encode()).decode()

    def from_db_value(self, value, expression, connection):
        if not value:
            return value
        return decrypted(value.encode()).decode()


__all__ = [
    "EncryptedTextField",
    "InvalidToken",
    "decrypted",
    "encrypted",
    "keyed_hash",
    "keys_changed",
]
