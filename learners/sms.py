"""Text messages: one way out, chosen by `SMS_BACKEND`.

`SMS_BACKEND` is the dotted path of a function of (phone, text). No provider is built
in yet; with an empty setting codes go by e-mail only and the forms say so.
"""

import datetime as dt
import sys

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from learners.models import SmsMessage

# How long the demo's inbox keeps what it shows.
KEPT = dt.timedelta(hours=1)


def is_available() -> bool:
    """Whether this site can send texts at all."""
    return bool(settings.SMS_BACKEND)


def send(phone: str, text: str) -> bool:
    """Hands `text` over for `phone`; False when this site sends no texts.

    Errors of the provider come through to the caller.
    """
    if not is_available():
        return False
    import_string(settings.SMS_BACKEND)(phone, text)
    return True


def console(phone: str, text: str) -> None:
    """Backend of development: prints to standard output, on purpose not to a log."""
    sys.stdout.write(f"SMS {phone}: {text}\n")


def inbox(phone: str, text: str) -> None:
    """Backend of the demo: keeps the message an hour, encrypted, for /demo/inbox/."""
    SmsMessage.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    SmsMessage.objects.create(phone=phone, text=text)
