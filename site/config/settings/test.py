"""The suite: quick hashing, tasks at once, the database its fixture started."""

from .base import *  # noqa: F403
from .base import STORAGES_PLAIN, VAR_DIR

DEBUG = False
DEMO = False
SECRET_KEY = "tests"  # noqa: S105 - guards nothing
FIELD_ENCRYPTION_KEYS = ["dGVzdHMtdGVzdHMtdGVzdHMtdGVzdHMtdGVzdHMtdGU="]
FIELD_HASH_KEY = "tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SMS_BACKEND = "learners.sms.inbox"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default", "notices", "search", "bulk", "outside"],
    }
}
MEDIA_ROOT = VAR_DIR / "test-media"
RESOURCE_ROOT = VAR_DIR / "test-resources"
STORAGES = STORAGES_PLAIN
SERVE_MEDIA = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
