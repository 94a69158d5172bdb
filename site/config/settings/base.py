"""Settings shared by every environment; one environment variable each."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from config.caches import caches, session_engine
from config.databases import database_from_url

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = BASE_DIR / "var"

env = Env()

# --- What this city is (nothing about a city is written anywhere else) -------------
SITE_NAME = env.str("SITE_NAME", "社学")
CITY_NAME = env.str("CITY_NAME", "九江")
SITE_NAME_EN = env.str("SITE_NAME_EN", "Shexue")
CITY_NAME_EN = env.str("CITY_NAME_EN", "Jiujiang")
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000")
# The domain in every calendar UID: changing it makes subscribers see every
# session twice, so it is set once and kept when the site moves.
UID_DOMAIN = env.str("UID_DOMAIN", "shexue.jiujiang.example")

INSTALLED_APPS = [
    "home",
    "learners",
    "courses_catalog",
    "activities",
    "search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "learners.users_app.AccountsConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "modelcluster",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.middleware.request_log",
    "csp.middleware.CSPMiddleware",
    "home.middleware.admin_policy",
    "home.middleware.CompressPages",
    "home.languages.LanguageOfAddress",
    "home.api_access.open_api",
    "home.middleware.public_page_cache",
    "home.language_of_parts.mark_chinese",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "learners.middleware.rate_limited",
    "learners.middleware.staff_session",
    "home.refusals.said_in_admin",
    "home.errors.gone",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["home.templatetags.look"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.site",
            ],
        },
    },
]

# --- Where data lives -----------------------------------------------------------------
DATABASES = {
    "default": database_from_url(
        env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'shexue.sqlite3'}")
    )
}
REDIS_URL = env.str("REDIS_URL", "")
SEARCH_URL = env.str("SEARCH_URL", "database://")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_ENGINE = session_engine(REDIS_URL)
CACHES = caches(REDIS_URL)
SESSION_SERIALIZER = "learners.sessions.EncryptedSerializer"

# Hosts of one's own network that may be harvested and whose links may be looked at.
FETCH_PRIVATE_HOSTS = env.list("FETCH_PRIVATE_HOSTS", [])

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "notices", "search", "bulk", "outside"],
    }
}

# --- People ---------------------------------------------------------------------------
AUTH_USER_MODEL = "learners.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
# Keys that encrypt phone numbers and other sensitive fields, newest first.
FIELD_ENCRYPTION_KEYS = env.list("FIELD_ENCRYPTION_KEYS", [])
# The key of the look-up column beside an encrypted field. It cannot be rotated
# without rewriting that column.
FIELD_HASH_KEY = env.str("FIELD_HASH_KEY", "")
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_registrations"
# A function of (phone, text); empty: codes by e-mail only. See learners/sms.py.
SMS_BACKEND = env.str("SMS_BACKEND", "")
# Staff show a second factor in every session before they enter the admin.
REQUIRE_STAFF_MFA = env.bool("REQUIRE_STAFF_MFA", False)
STAFF_IDLE_SECONDS = env.int("STAFF_IDLE_SECONDS", 30 * 60)

ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
# Reverse proxies in front that append to X-Forwarded-For; 0 takes the peer's address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
ACCOUNT_ADAPTER = "learners.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone", "email", "username"}
# There is no sign-up form: the sign-in makes the account (learners/sign_in.py). The
# package wants these two, and "mandatory", before it verifies e-mails by code.
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Ten minutes: an elder finds the phone, her glasses and the message.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_LOGIN_TIMEOUT = 45 * 60
# Per phone or e-mail first: a whole centre, or a mobile operator's customers, share
# one address. Failed passwords lock that name for five minutes after five.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "5/5m/key,60/m/ip",
    "request_login_code": "1/m/key,8/h/key,120/m/ip,2000/h/ip",
    "verify_phone": "1/m/key,8/h/key,120/m/ip",
    "change_phone": "5/m/user",
    "confirm_email": "1/m/key",
}
ACCOUNT_FORMS = {
    "verify_phone": "learners.sign_in_forms.PhoneCodeForm",
    "confirm_email_verification_code": "learners.sign_in_forms.EmailCodeForm",
    "add_email": "learners.sign_in_forms.NewEmailForm",
    "change_password": "learners.sign_in_forms.ChangePasswordForm",
    "set_password": "learners.sign_in_forms.SetPasswordForm",
}
MFA_ADAPTER = "learners.mfa_adapter.MFAAdapter"
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1
CSRF_FAILURE_VIEW = "home.errors.csrf_failure"

# --- Languages and time ---------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("zh-hans", _("简体中文")),
    ("en", _("English")),
]
LOCALE_PATHS = [BASE_DIR / "site" / "locale"]
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Files ----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "site" / "static"]
_FILES = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
STORAGES = {
    "default": _FILES,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Without a collected manifest: the first run and the tests.
STORAGES_PLAIN = {
    "default": _FILES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_URL = "/media/"
# A real server lets its web server or object storage hand out uploads.
SERVE_MEDIA = env.bool("SERVE_MEDIA", False)
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
RESOURCE_ROOT = env.path("RESOURCE_ROOT", VAR_DIR / "resources")
# How long the proofs of a nomination are kept once it is decided.
PROOF_DAYS = env.int("PROOF_DAYS", 30)

# --- Wagtail --------------------------------------------------------------------------
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = True
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database.fallback"}
}
# staff have passwords; the page leads on to sign-in by code
WAGTAILADMIN_LOGIN_URL = "account_password_login"
# A draft saved by itself in the middle of a thought becomes a second activity.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_PASSWORD_RESET_ENABLED = False

# --- Security -------------------------------------------------------------------------
# Wagtail allows its own preview, and that alone, to be framed.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    },
}

LOGGING_CONFIG = "config.logs.configure"
# Django calls LOGGING_CONFIG only where LOGGING says something.
LOGGING = {"level": env.str("LOG_LEVEL", "INFO")}
