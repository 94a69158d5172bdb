"""What staff sessions must fulfil: a second factor, and an end when left alone."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

SEEN_SESSION_KEY = "staff_seen_at"
# Writing the session at every click would cost a row each; once a minute is enough.
SEEN_EVERY_SECONDS = 60


def is_staff(user) -> bool:
    """Whether `user` may enter the admin."""
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def second_factor(request):
    """A redirect to the second factor, or None when this session has shown it.

    It is the session that counts: somebody enrolled who came in by a code alone is
    asked, and somebody not yet enrolled is led to enrol.
    """
    if not settings.REQUIRE_STAFF_MFA:
        return None
    records = get_authentication_records(request, request.user)
    if any(record["method"] == "mfa" for record in records):
        return None
    enrolled = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
    url = reverse("mfa_reauthenticate" if enrolled else "mfa_activate_totp")
    return redirect(f"{url}?{urlencode({'next': request.get_full_path()})}")


def limit(request, user) -> None:
    """Makes the session end `STAFF_IDLE_SECONDS` after its last act."""
    if is_staff(user):
        request.session.set_expiry(settings.STAFF_IDLE_SECONDS)


def keep_alive(request) -> None:
    """Counts this request as an act of the member of staff."""
    now = int(time.time())
    if now - request.session.get(SEEN_SESSION_KEY, 0) >= SEEN_EVERY_SECONDS:
        request.session[SEEN_SESSION_KEY] = now
        request.session.set_expiry(settings.STAFF_IDLE_SECONDS)
