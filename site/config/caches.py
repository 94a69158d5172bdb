"""Where sessions and caches live: in Redis, or beside the database.

Rate limits and the lock-out count in the cache, so several processes share one. Pages
have a cache of their own: reading many must push out no count.
"""


def session_engine(redis_url: str) -> str:
    # without Redis a cached session would outlive signing out in every other process
    kind = "cached_db" if redis_url else "db"
    return f"django.contrib.sessions.backends.{kind}"


def caches(redis_url: str) -> dict[str, dict]:
    """Django's CACHES; "" for one process that remembers by itself."""
    if not redis_url:
        return {
            "default": _local("shexue"),
            "pages": _local("pages"),
        }
    redis = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": redis_url,
    }
    return {"default": redis, "pages": {**redis, "KEY_PREFIX": "pages"}}


def _local(name: str) -> dict:
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
