"""A public server: refuses to start with a missing secret or an unsafe default."""

from django.core.exceptions import ImproperlyConfigured

from . import dev_secrets
from .base import *  # noqa: F403
from .base import BASE_URL, REDIS_URL, SMS_BACKEND, UID_DOMAIN, env

if env.bool("DEBUG", False):
    raise ImproperlyConfigured("DEBUG must be off in production.")
DEBUG = False
DEMO = False


def required(name: str) -> str:
    """The value of environment variable `name`.

    Raises ImproperlyConfigured when it is missing or is a development secret.
    """
    value = env.str(name, "")
    if not is_own(value):
        raise ImproperlyConfigured(
            f"Set the environment variable {name} to a secret of your own."
        )
    return value


def is_own(secret: str) -> bool:
    return bool(secret.strip()) and secret.strip() not in dev_secrets.ALL


SECRET_KEY = required("SECRET_KEY")
# an empty key between two commas, or an old one of development, opens everything
if not all(map(is_own, required("FIELD_ENCRYPTION_KEYS").split(","))):
    raise ImproperlyConfigured(
        "Each key of FIELD_ENCRYPTION_KEYS must be a secret of your own."
    )
required("FIELD_HASH_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to this site's host names.")
if not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("Set BASE_URL to the https:// address of this site.")
if UID_DOMAIN.endswith(".example"):
    raise ImproperlyConfigured(
        "Set UID_DOMAIN to a domain of this site's own, once and for all: it is part "
        "of every calendar event's identity."
    )
if not REDIS_URL and env.int("WEB_WORKERS", 2) > 1:
    raise ImproperlyConfigured(
        "Set REDIS_URL, or WEB_WORKERS=1 on a single machine: several processes "
        "would each count sign-in attempts for themselves."
    )
CSRF_TRUSTED_ORIGINS = [BASE_URL.rstrip("/")]

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
# Off where the domain has subdomains that still answer without TLS.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# Without a provider residents sign in by e-mail, and the form says so; the two
# backends of development would print or show people's codes.
if SMS_BACKEND in {"learners.sms.console", "learners.sms.inbox"}:
    raise ImproperlyConfigured("SMS_BACKEND must be a provider of text messages.")
# One proxy does TLS; with 0 the whole city would share the proxy's own limit.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1)
REQUIRE_STAFF_MFA = env.bool("REQUIRE_STAFF_MFA", True)

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "")
if not DEFAULT_FROM_EMAIL or "@localhost" in DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured("Set DEFAULT_FROM_EMAIL to the sender of this site.")
