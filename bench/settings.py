"""Production's stack without its https redirect, on the measure's own database."""

from config.settings.dev import *  # noqa: F403

DEMO = False
ROOT_URLCONF = "bench.urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
