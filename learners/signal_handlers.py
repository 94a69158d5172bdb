from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from learners import staff


@receiver(user_logged_in)
def limit_staff_session(sender, request, user, **kwargs):
    """Residents stay signed in for a month, staff until they leave the desk."""
    if request is not None and hasattr(request, "session"):
        staff.limit(request, user)


@receiver(authenticator_added)
def count_enrolment_as_second_factor(sender, request, user, authenticator, **kwargs):
    """Enrolling takes a valid code: asking for another one at once would only annoy."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(
            request, user, method="mfa", type="totp", reauthenticated=True
        )
