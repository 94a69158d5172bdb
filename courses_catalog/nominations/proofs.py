"""The proofs people hand in: what may be one, kept encrypted, gone when they go.

They lie below `RESOURCE_ROOT`, where nothing is served by its path, and hold nothing
that can be read without the keys.
"""

import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from courses_catalog.files import FIRST_BYTES, SIGNATURES, TYPES, kept_files
from courses_catalog.models import Nomination, Proof
from learners.encryption import decrypted, encrypted, keys_changed
from learners.models import User

# a photo of a telephone at its best, a scan of some pages
MOST_BYTES = 8 * 1024 * 1024
MOST_FILES = 6
SUFFIXES = (".jpg", ".png", ".pdf")
LONGEST_NAME = 80
FOLDER = "proofs"


def check(file) -> str:
    """The media type `file` has by its content, whatever it is called.

    Raises ValidationError with what to do.
    """
    name = {"name": file.name[:LONGEST_NAME]}
    if file.size > MOST_BYTES:
        size = name | {"size": filesizeformat(MOST_BYTES)}
        raise ValidationError(
            _("“%(name)s”太大了，一份最多 %(size)s。拍照时选小一点的照片再传。") % size
        )
    file.seek(0)
    begin = file.read(FIRST_BYTES)
    file.seek(0)
    for suffix in SUFFIXES:
        at, signature = SIGNATURES[suffix]
        if begin[at:].startswith(signature):
            return TYPES[suffix]
    raise ValidationError(
        _("“%(name)s”不是照片，也不是 PDF。请传 jpg、png 照片或者 PDF 文件。") % name
    )


def of_form(user: User, nomination: Nomination | None = None):
    """What the form of `user` holds already: of her nomination, and not yet in one."""
    here = Q(nomination=None)
    if nomination is not None:
        here |= Q(nomination=nomination)
    return Proof.objects.filter(here, user=user).order_by("pk")


def keep(user: User, files: Iterable) -> None:
    """Keeps `files`, which `check` has let pass, until her form is sent."""
    for file in files:
        content = ContentFile(encrypted(file.read()))
        Proof.objects.create(
            user=user,
            name=file.name[-LONGEST_NAME:],
            media_type=check(file),
            size=file.size,
            stored_as=kept_files().save(f"{FOLDER}/{uuid.uuid4().hex}", content),
        )


def content_of(proof: Proof) -> bytes:
    """Raises FileNotFoundError where the file is gone."""
    with kept_files().open(proof.stored_as) as file:
        return decrypted(file.read())


def remove(proofs: Iterable[Proof]) -> None:
    """The rows now, the files once that is certain."""
    for proof in list(proofs):
        proof.delete()
        name = proof.stored_as
        transaction.on_commit(lambda name=name: kept_files().delete(name))


@receiver(keys_changed)
def write_anew(sender, **kwargs) -> None:
    """With the first key, when keys are exchanged."""
    for proof in Proof.objects.iterator(chunk_size=100):
        path = kept_files().path(proof.stored_as)
        content = encrypted(content_of(proof))
        with open(path, "wb") as file:
            file.write(content)
