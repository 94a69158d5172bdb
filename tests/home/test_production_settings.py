"""A public server starts only when it is safe, and says what is missing."""

import pytest

from config.settings import dev_secrets
from tests.production import refusal, settings

DEV_KEY = dev_secrets.FIELD_ENCRYPTION_KEY


def test_it_starts_with_the_least_that_must_be_set():
    assert refusal() == ""


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", None, "SECRET_KEY to a secret"),
        ("SECRET_KEY", dev_secrets.SECRET_KEY, "SECRET_KEY to a secret"),
        ("FIELD_HASH_KEY", dev_secrets.FIELD_HASH_KEY, "FIELD_HASH_KEY to a secret"),
        ("FIELD_ENCRYPTION_KEYS", "", "FIELD_ENCRYPTION_KEYS to a secret"),
        ("FIELD_ENCRYPTION_KEYS", f"own,{DEV_KEY}", "Each key of FIELD_ENCRYPTION"),
        ("FIELD_ENCRYPTION_KEYS", f"{DEV_KEY},own", "Each key of FIELD_ENCRYPTION"),
        ("FIELD_ENCRYPTION_KEYS", f"own, {DEV_KEY} ", "Each key of FIELD_ENCRYPTION"),
        ("FIELD_ENCRYPTION_KEYS", "own,,older", "Each key of FIELD_ENCRYPTION"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS"),
        ("BASE_URL", "http://shexue.example", "https://"),
        ("DEBUG", "true", "DEBUG must be off"),
        ("UID_DOMAIN", None, "Set UID_DOMAIN"),
        ("UID_DOMAIN", "shexue.jiujiang.example", "Set UID_DOMAIN"),
        ("DEFAULT_FROM_EMAIL", None, "Set DEFAULT_FROM_EMAIL"),
        ("DEFAULT_FROM_EMAIL", "noreply@localhost", "Set DEFAULT_FROM_EMAIL"),
        ("REDIS_URL", None, "Set REDIS_URL, or WEB_WORKERS=1"),
        ("SMS_BACKEND", "learners.sms.inbox", "SMS_BACKEND must be a provider"),
        ("SMS_BACKEND", "learners.sms.console", "SMS_BACKEND must be a provider"),
    ],
)
def test_it_refuses_what_is_missing_or_known_to_everybody(name, value, sentence):
    assert sentence in refusal(**{name: value})


def test_several_own_keys_are_taken():
    assert refusal(FIELD_ENCRYPTION_KEYS="newest,older, oldest") == ""


@pytest.mark.parametrize(
    ("redis", "workers", "cache", "sessions"),
    [
        ("redis://127.0.0.1:1/0", None, "redis.RedisCache", "cached_db"),
        ("redis://127.0.0.1:1/0", "4", "redis.RedisCache", "cached_db"),
        # signing out must end the session in every process
        (None, "1", "locmem.LocMemCache", "db"),
    ],
)
def test_what_processes_count_and_remember_is_shared(redis, workers, cache, sessions):
    read = settings("CACHES", "SESSION_ENGINE", REDIS_URL=redis, WEB_WORKERS=workers)
    for alias in ("default", "pages"):
        backend = read["CACHES"][alias]["BACKEND"]
        assert backend == f"django.core.cache.backends.{cache}"
    assert read["SESSION_ENGINE"] == f"django.contrib.sessions.backends.{sessions}"


@pytest.mark.parametrize(("given", "count"), [(None, 1), ("0", 0), ("2", 2)])
def test_one_proxy_is_expected_unless_told(given, count):
    read = settings("ALLAUTH_TRUSTED_PROXY_COUNT", TRUSTED_PROXY_COUNT=given)
    assert read == {"ALLAUTH_TRUSTED_PROXY_COUNT": count}


@pytest.mark.parametrize(("given", "on"), [(None, True), ("false", False)])
def test_subdomains_may_be_left_out_of_https_only(given, on):
    names = ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    assert settings(*names, HSTS_SUBDOMAINS=given) == dict.fromkeys(names, on)
    assert settings("SECURE_HSTS_SECONDS") == {"SECURE_HSTS_SECONDS": 31_536_000}
