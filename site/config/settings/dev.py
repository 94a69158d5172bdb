"""A first run on one's own machine: embedded database, messages on screen."""

from . import dev_secrets
from .base import *  # noqa: F403
from .base import (
    FIELD_ENCRYPTION_KEYS,
    FIELD_HASH_KEY,
    STORAGES_PLAIN,
    VAR_DIR,
    env,
)

# Off by default even here: a first run shows the pages people will see.
DEBUG = env.bool("DEBUG", False)
DEMO = True
SERVE_MEDIA = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
VAR_DIR.mkdir(exist_ok=True)
SECRET_KEY = env.str("SECRET_KEY", dev_secrets.SECRET_KEY)
FIELD_ENCRYPTION_KEYS = FIELD_ENCRYPTION_KEYS or [dev_secrets.FIELD_ENCRYPTION_KEY]
FIELD_HASH_KEY = FIELD_HASH_KEY or dev_secrets.FIELD_HASH_KEY
ALLOWED_HOSTS = ["*"]
SMS_BACKEND = env.str("SMS_BACKEND", "learners.sms.inbox")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES = STORAGES_PLAIN
