"""Finds the account that owns a proved phone or e-mail, or makes it on the spot."""

import secrets

from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from learners.encryption import keyed_hash
from learners.models import User

# How the user names of residents begin; nobody sees them.
RESIDENT_PREFIX = "r-"


def with_phone(phone: str) -> User:
    """The account of a normalised number its owner has just proved.

    Two windows at once make one account: the hash is unique.
    """
    user, _made = User.objects.get_or_create(
        phone_hash=keyed_hash(phone), defaults={**_blank(), "phone": phone}
    )
    if not user.is_phone_verified:
        user.is_phone_verified = True
        user.save(update_fields=["is_phone_verified"])
    return user


def with_email(email: str) -> User:
    """The account of an address its owner has just proved, marked as verified.

    An address an administrator wrote on a staff account counts as hers.
    """
    try:
        return _claim(email)
    except IntegrityError:  # the same person in a second window was quicker
        return _claim(email)


@transaction.atomic
def _claim(email: str) -> User:
    found = filter_users_by_email(email, prefer_verified=True, for_login=True)
    user = min(found, key=lambda one: one.pk, default=None)
    if user is None:
        user = User.objects.create(**_blank(), email=email)
    EmailAddress.objects.update_or_create(
        user=user,
        email=email,
        defaults={"verified": True},
        create_defaults={"verified": True, "primary": not _has_primary(user)},
    )
    return user


def _has_primary(user: User) -> bool:
    return EmailAddress.objects.filter(user=user, primary=True).exists()


def _blank() -> dict:
    # it must not be made of the phone or the e-mail
    name = f"{RESIDENT_PREFIX}{secrets.token_hex(8)}"
    return {"username": name, "password": make_password(None)}
