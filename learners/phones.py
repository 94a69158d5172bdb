"""Phone numbers as people type them, and the one form they are stored in."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOBILE = re.compile(r"1[3-9]\d{9}")
# area code and number: 0792-858 0000
LANDLINE = re.compile(r"0[1-9]\d{8,10}")
COUNTRY_CODE = re.compile(r"(\+|00)?86(?=1[3-9]\d{9}$|0?[1-9]\d{8,10}$)")


def normalise(text: str) -> str:
    """Digits only: full width, spaces, hyphens and +86 are taken away.

    What is no number of this country comes back as its digits, for the caller to
    refuse.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"[\s\-‐-―.()_]", "", plain)
    if len(plain) > 12:
        plain = COUNTRY_CODE.sub("", plain)
    return plain


def is_mobile(phone: str) -> bool:
    """Whether texts can be sent to the normalised number."""
    return bool(MOBILE.fullmatch(phone))


def clean_mobile(text: str) -> str:
    """The normalised mobile number. Raises ValidationError with what to do."""
    phone = normalise(text)
    if not is_mobile(phone):
        raise ValidationError(
            _("手机号是 11 位数字，以 1 开头。请再看一遍。"), code="invalid_phone"
        )
    return phone


def clean_phone(text: str) -> str:
    """A mobile, or a landline with area code. Raises ValidationError."""
    phone = normalise(text)
    if not (is_mobile(phone) or LANDLINE.fullmatch(phone)):
        raise ValidationError(
            _("请写 11 位手机号，或带区号的座机号，例如 0792 8580000。"),
            code="invalid_phone",
        )
    return phone


def masked(phone: str) -> str:
    """139****0000: enough to recognise a number one knows, too little to call it."""
    return f"{phone[:3]}****{phone[-4:]}" if phone else ""


def spaced(phone: str) -> str:
    """139 0000 0000: how a mobile number is read out; others are left alone."""
    if is_mobile(phone):
        return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    return phone
