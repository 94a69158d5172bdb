"""What whoever runs the site should know before residents do."""

from django.conf import settings
from django.core.checks import Info, register


@register()
def sms_backend(app_configs, **kwargs):
    """Sites without a provider of text messages run, with e-mail codes only."""
    if settings.SMS_BACKEND:
        return []
    return [
        Info(
            "SMS_BACKEND is empty: codes and notices go by e-mail only.",
            hint="Set it to the dotted path of a function of (phone, text).",
            id="learners.I001",
        )
    ]
