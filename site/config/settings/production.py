"""A public server: refuses to start with a missing secret or an unsafe default."""

from django.core.exceptions import ImproperlyConfigured

from . import dev_secrets
from .base import *  # noqa: F403
from .base import BASE_URL, SMS_BACKEND, env

if env.bool("DEBUG", False):
    raise ImproperlyConfigured("DEBUG must be off in production.")
DEBUG = False
DEMO = False


def required(name: str) -> str:
    """The value of environment variable `name`.

    Raises ImproperlyConfigured when it is missing or is a development secret.
    """
    value = env.str(name, "")
    if not value or value in dev_secrets.ALL:
        raise ImproperlyConfigured(
            f"Set the environment variable {name} to a secret of your own."
        )
    return value


SECRET_KEY = required("SECRET_KEY")
required("FIELD_ENCRYPTION_KEYS")
required("FIELD_HASH_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to this site's host names.")
if not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("Set BASE_URL to the https:// address of this site.")
CSRF_TRUSTED_ORIGINS = [BASE_URL.rstrip("/")]

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# Without a provider residents sign in by e-mail, and the form says so; the two
# backends of development would print or show people's codes.
if SMS_BACKEND in {"learners.sms.console", "learners.sms.inbox"}:
    raise ImproperlyConfigured("SMS_BACKEND must be a provider of text messages.")
REQUIRE_STAFF_MFA = env.bool("REQUIRE_STAFF_MFA", True)

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "noreply@localhost")
